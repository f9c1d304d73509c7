# Kassa's boot script for U-Boot: chooses a slot, uses up one of its tries, and starts it.
#
# The state is in state1.env and state2.env (image/device/boot_state.py has the theory): the one with the higher BOOT_SEQ
# counts, and the other is written. A try is given back by the appliance when it has come up well. All numbers are
# hexadecimal, as U-Boot's are.

if test "${board}" = "rpi"; then
    # U-Boot's own addresses would lay the RAM disk into the end of the kernel.
    setenv kernel_addr_r 0x00200000
    setenv ramdisk_addr_r 0x06000000
    # What is left of U-Boot on the screen is its mark (image/uboot_env.py); only a console there can take it away.
    setenv stdout serial,vidconsole
    cls
    setenv stdout serial
fi
setenv part ${devtype} ${devnum}:${distro_bootpart}

# 1. What counts?
setenv BOOT_SEQ 0
setenv BOOT_ORDER "A B"
setenv BOOT_A_LEFT 3
setenv BOOT_B_LEFT 3
setenv seq1 0
setenv seq2 0
setenv names BOOT_SEQ BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT
setenv read_1 'load ${part} ${kernel_addr_r} state1.env && env import -c ${kernel_addr_r} 0x1000 ${names}'
setenv read_2 'load ${part} ${kernel_addr_r} state2.env && env import -c ${kernel_addr_r} 0x1000 ${names}'
if run read_1; then
    setenv seq1 ${BOOT_SEQ}
fi
if run read_2; then
    setenv seq2 ${BOOT_SEQ}
fi
setenv other state1.env
if itest ${seq1} -gt ${seq2}; then
    run read_1
    setenv other state2.env
fi

# 2. The first slot with tries left.
setenv slot
for each in ${BOOT_ORDER}; do
    if test "${slot}" = ""; then
        if test "${each}" = "A"; then
            if itest ${BOOT_A_LEFT} -gt 0; then
                setenv slot A
                setenv number 02
                setexpr BOOT_A_LEFT ${BOOT_A_LEFT} - 1
            fi
        else
            if itest ${BOOT_B_LEFT} -gt 0; then
                setenv slot B
                setenv number 03
                setexpr BOOT_B_LEFT ${BOOT_B_LEFT} - 1
            fi
        fi
    fi
done
if test "${slot}" = ""; then
    echo "Kassa: no slot came up well; both are tried again"
    setenv BOOT_A_LEFT 3
    setenv BOOT_B_LEFT 3
fi

# 3. Used up before it is started: a slot that hangs is not tried for ever.
setexpr BOOT_SEQ ${BOOT_SEQ} + 1
env export -c -s 0x1000 ${kernel_addr_r} ${names}
fatwrite ${part} ${kernel_addr_r} ${other} 0x1000
if test "${slot}" = ""; then
    reset
fi

# 4. Start it.
setenv root "root=PARTUUID=4b415341-${number}"
setenv root_hash
if load ${part} ${kernel_addr_r} ${slot}/verity.env; then
    env import -t ${kernel_addr_r} ${filesize} root_blocks root_hash
fi
if test "${root_hash}" != ""; then
    setenv root "root=/dev/mapper/root kassa.root=4b415341-${number},${root_blocks},${root_hash}"
fi
setenv turn 0
if load ${part} ${kernel_addr_r} screen.env; then
    env import -t ${kernel_addr_r} ${filesize} turn
fi
setenv bootargs "${root} rootfstype=squashfs ro rootwait panic=10 systemd.volatile=state quiet loglevel=3 vt.global_cursor_default=0 logo.nologo consoleblank=0 kassa.slot=${slot} rauc.slot=${slot} kassa.disk=${devtype} kassa.turn=${turn}"
if test "${board}" = "qemu-arm"; then
    setenv bootargs "${bootargs} console=ttyAMA0"
    if load ${part} ${kernel_addr_r} test.env; then
        env import -t ${kernel_addr_r} ${filesize} more_args
        setenv bootargs "${bootargs} ${more_args}"
    fi
fi
echo "Kassa: slot ${slot}"
if load ${part} ${kernel_addr_r} ${slot}/vmlinuz; then
    if load ${part} ${ramdisk_addr_r} ${slot}/initrd.img; then
        booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr}
    fi
fi
echo "Kassa: slot ${slot} cannot be started"
reset
