"""The boot script speaks of the same files, names and tries as the programs that write its state."""

import re
from pathlib import Path

import pytest

from image.device import boot_state
from image.device.splash import TURN
from image.device.takeover import SCREEN
from image.verity import ENV

SCRIPT = (Path(boot_state.__file__).parents[1] / "boot/boot.cmd").read_text()


def test_it_reads_both_files_and_writes_the_other() -> None:
    assert set(re.findall(r"\w+\.env", SCRIPT)) - {"test.env", ENV, SCREEN} == set(boot_state.NAMES)
    assert re.findall(r"env (?:im|ex)port -c (?:-s )?(?:\S+ )?0x(\w+)", SCRIPT) == [f"{boot_state.SIZE:x}"] * 3


def test_it_knows_every_name_of_a_state_file() -> None:
    names = re.findall(rb"(\w+)=", boot_state.encode(boot_state.BootState(), 1)[4:])
    told = re.search(r"setenv names (.*)", SCRIPT)
    assert told is not None and set(told[1].encode().split()) == set(names)


def test_lost_files_mean_the_same_to_it() -> None:
    said = dict(re.findall(r'^setenv (BOOT_\w+) "?([^"\n]*)"?$', SCRIPT, re.MULTILINE))
    fresh = boot_state.BootState()
    assert said["BOOT_ORDER"].split() == list(fresh.order)
    assert [int(said[name], 16) for name in ("BOOT_A_LEFT", "BOOT_B_LEFT")] == [fresh.a_left, fresh.b_left]


def test_a_try_is_used_up_before_the_kernel_starts() -> None:
    assert SCRIPT.index("- 1") < SCRIPT.index("fatwrite") < SCRIPT.index("booti")


@pytest.mark.parametrize(
    "word",
    [
        "quiet",
        "systemd.volatile=state",
        "rootwait",
        "panic=10",
        "kassa.disk=${devtype}",
        "vt.global_cursor_default=0",
        f"{TURN}${{turn}}",
    ],
)
def test_the_kernel_is_told(word: str) -> None:
    told = re.search(r'setenv bootargs "(\$\{root\} [^"]*)"', SCRIPT)
    assert told is not None and word in told[1].split()


def test_nothing_but_how_the_screen_hangs_is_taken_from_the_file_of_the_start_before() -> None:
    assert re.search(rf"setenv turn 0\nif load \S+ \S+ {SCREEN}; then\n\s+env import -t \S+ \S+ turn\n", SCRIPT)


def test_only_the_emulated_machine_has_a_console_and_takes_more_arguments() -> None:
    real, _, emulated = SCRIPT.partition('if test "${board}" = "qemu-arm"')
    assert "ttyAMA0" not in real and "test.env" not in real
    assert "ttyAMA0" in emulated


def test_what_uboot_has_drawn_is_taken_away_and_nothing_is_written_there() -> None:
    """`cls` reaches the screen only as text on a console there; after it, all text goes to the serial line again."""
    assert re.search(r"setenv stdout serial,vidconsole\n\s+cls\n\s+setenv stdout serial\n", SCRIPT)
    assert SCRIPT.index("    cls\n") < SCRIPT.index("echo")
