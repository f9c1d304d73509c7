"""Bundle: what RAUC reads of it and of the appliance; the hook, run as RAUC runs it; whose signature counts."""

import configparser
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from image import layout
from image.bundle import HOOK, boot_tar, bundle_name, manifest
from image.rauc_config import BACKEND, COMPATIBLE, system_conf
from image.signing import make_pair, signing
from image.tree import OVERLAY, Release
from image.workplace import BuildError, Workplace

RELEASE = Release("1.4.0", "0123456789ab", 1_790_000_000)
REJECTED = 10
"""From this exit code on RAUC calls a bundle rejected, and hands on the last line of the standard error."""


def parsed(text: str) -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=True)
    found.read_string(text)
    return found


class Till:
    """A machine whose slot A runs, with its FAT partition as a folder, and a bundle that RAUC has mounted."""

    def __init__(self, folder: Path) -> None:
        self.firmware, self.bundle, self.new = folder / "firmware", folder / "bundle", folder / "new"
        for path in (self.firmware / "A", self.bundle, self.new):
            path.mkdir(parents=True)
        (self.firmware / "A/vmlinuz").write_text("the kernel that runs")
        (self.new / "vmlinuz").write_text("the new kernel")
        (self.new / "initrd.img").write_text("the new RAM disk")
        boot_tar(self.new, self.bundle / "boot.tar", RELEASE.epoch)
        shutil.copy(HOOK, self.bundle / "hook")
        self.cmdline = folder / "cmdline"
        self.cmdline.write_text("quiet kassa.slot=A rauc.slot=A\n")

    def hook(self, word: str, compatible: str = COMPATIBLE, **more: str) -> subprocess.CompletedProcess[str]:
        environ = {
            "PATH": os.environ["PATH"],
            "KASSA_FIRMWARE": str(self.firmware),
            "KASSA_CMDLINE": str(self.cmdline),
            "RAUC_SYSTEM_COMPATIBLE": COMPATIBLE,
            "RAUC_MF_COMPATIBLE": compatible,
            "RAUC_SLOT_BOOTNAME": "B",
            "RAUC_IMAGE_NAME": str(self.bundle / "boot.tar"),
            **more,
        }
        return subprocess.run([self.bundle / "hook", word], env=environ, capture_output=True, text=True, check=False)

    def files(self) -> dict[str, str]:
        return {
            str(path.relative_to(self.firmware)): path.read_text()
            for path in self.firmware.rglob("*")
            if path.is_file()
        }


@pytest.fixture
def till(tmp_path: Path) -> Till:
    return Till(tmp_path)


def test_the_appliance_has_a_slot_for_all_that_a_bundle_holds() -> None:
    system, update = parsed(system_conf("1.4.0")), parsed(manifest(RELEASE))
    classes = {name.split(".")[1] for name in update.sections() if name.startswith("image.")}
    assert {f"slot.{one}.{n}" for one in classes for n in (0, 1)} == {s for s in system.sections() if "slot." in s}
    assert update["update"]["compatible"] == system["system"]["compatible"]
    assert (update["update"]["version"], update["update"]["build"]) == ("1.4.0", "0123456789ab")
    assert update["bundle"]["format"] == system["system"]["bundle-formats"] == "verity"


def test_slots_are_the_partitions_of_the_card_and_the_boot_scripts_names() -> None:
    system = parsed(system_conf("1.4.0"))
    for number, (name, root) in enumerate((("A", layout.ROOT_A), ("B", layout.ROOT_B))):
        slot, boot = system[f"slot.rootfs.{number}"], system[f"slot.boot.{number}"]
        assert (slot["bootname"], slot["device"]) == (name, layout.link(root))
        assert (boot["parent"], boot["device"]) == (
            f"rootfs.{number}",
            layout.link(layout.BOOT),
        )
        assert boot["allow-mounted"] == "true", "the FAT partition is in use while it is written"


def test_an_older_system_is_refused_by_the_one_that_runs_and_a_clock_that_is_wrong_is_no_reason() -> None:
    system = parsed(system_conf("1.4.0"))
    assert system["system"]["min-bundle-version"] == "1.4.0"
    assert system["keyring"]["use-bundle-signing-time"] == "true"
    assert system["keyring"]["check-purpose"] == "codesign"
    assert system["system"]["perform-pre-check"] == "true", "a damaged one is found before anything is written"


def test_the_boot_backend_is_there_and_may_be_run() -> None:
    assert parsed(system_conf("1.4.0"))["handlers"]["bootloader-custom-backend"] == BACKEND
    assert (OVERLAY / BACKEND.lstrip("/")).stat().st_mode & 0o111 == 0o111


def test_kernel_and_ram_disk_are_in_the_slots_folder_and_the_running_one_is_not_touched(till: Till) -> None:
    (till.firmware / "B").mkdir()
    (till.firmware / "B/of-an-older-one").write_text("old")
    assert till.hook("install-check").returncode == 0
    assert till.hook("slot-install").returncode == 0
    assert till.files() == {
        "A/vmlinuz": "the kernel that runs",
        "B/vmlinuz": "the new kernel",
        "B/initrd.img": "the new RAM disk",
    }


def test_a_cut_while_they_are_written_is_mended_by_the_next_try(till: Till) -> None:
    (till.firmware / "B").mkdir()
    (till.firmware / "B/vmlinuz").write_text("the new ker")
    assert till.hook("slot-install").returncode == 0
    assert till.files()["B/vmlinuz"] == "the new kernel"


@pytest.mark.parametrize(
    ("compatible", "cmdline", "told"),
    [
        ("kassa-riscv64", "kassa.slot=A", "this update is for kassa-riscv64; this machine is kassa-arm64"),
        (COMPATIBLE, "root=/dev/sda2", "the boot loader did not say which slot runs"),
    ],
)
def test_a_bundle_of_another_machine_is_refused_in_one_line_with_nothing_written(
    till: Till, compatible: str, cmdline: str, told: str
) -> None:
    before = till.files()
    till.cmdline.write_text(cmdline)
    done = till.hook("install-check", compatible)
    assert done.returncode == REJECTED and done.stderr.splitlines()[-1] == told
    assert till.files() == before


def test_a_block_that_cannot_be_read_is_told_before_anything_is_written(till: Till) -> None:
    """RAUC's own check passes over it. What dm-verity does with a bad block, a `cat` does here."""
    before, programs = till.files(), till.bundle.parent / "programs"
    programs.mkdir()
    fails = 'case "$*" in *boot.tar*) exit 1 ;; esac; exec /bin/cat "$@"'
    (programs / "cat").write_text(f"#!/bin/sh\n{fails}\n")
    (programs / "cat").chmod(0o755)
    done = till.hook("install-check", PATH=f"{programs}:{os.environ['PATH']}")
    assert done.returncode == REJECTED and "the file of this update is damaged" in done.stderr.splitlines()[-1]
    assert till.files() == before


def test_a_partition_that_is_too_full_is_told_with_what_it_lacks_before_anything_is_written(till: Till) -> None:
    programs = till.bundle / "programs"
    programs.mkdir()
    (programs / "df").write_text("#!/bin/sh\necho head\necho /dev/sda1 262144 250000 700 99% /boot/firmware\n")
    (programs / "df").chmod(0o755)
    done = till.hook("install-check", PATH=f"{programs}:{os.environ['PATH']}")
    assert done.returncode == REJECTED and "KASSA is too full: 1 MiB are needed, 0 MiB are free" in done.stderr
    # What the slot has now makes room.
    (till.firmware / "B").mkdir()
    (till.firmware / "B/vmlinuz").write_bytes(bytes(1 << 20))
    assert till.hook("install-check", PATH=f"{programs}:{os.environ['PATH']}").returncode == 0


def test_a_tar_that_is_cut_off_is_an_error(till: Till) -> None:
    whole = (till.bundle / "boot.tar").read_bytes()
    (till.bundle / "boot.tar").write_bytes(whole[:700])
    assert till.hook("slot-install").returncode != 0


def test_the_same_files_are_the_same_tar(tmp_path: Path) -> None:
    tars = []
    for n, mode in enumerate((0o600, 0o755)):
        folder = tmp_path / str(n)
        folder.mkdir()
        for name in ("vmlinuz", "initrd.img") if n else ("initrd.img", "vmlinuz"):
            (folder / name).write_text(name)
            (folder / name).chmod(mode)
        boot_tar(folder, tmp_path / f"{n}.tar", RELEASE.epoch)
        tars.append((tmp_path / f"{n}.tar").read_bytes())
    assert tars[0] == tars[1]
    with tarfile.open(tmp_path / "0.tar") as archive:
        assert archive.getnames() == ["initrd.img", "vmlinuz"]


def test_its_name_is_what_a_stick_is_searched_for() -> None:
    assert bundle_name("1.4.0") == "kassa-1.4.0-arm64.raucb"


def test_a_pair_for_trying_signs_code_and_openssl_agrees(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    make_pair(Workplace(tmp_path), key, cert)
    assert key.stat().st_mode & 0o077 == 0
    loaded = x509.load_pem_x509_certificate(cert.read_bytes())
    assert list(loaded.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
        ExtendedKeyUsageOID.CODE_SIGNING
    ]
    (tmp_path / "text").write_text("update")
    sign = ["openssl", "cms", "-sign", "-binary", "-nodetach", "-signer", cert, "-inkey", key, "-outform", "DER"]
    signed = subprocess.run([*sign, "-in", tmp_path / "text"], capture_output=True, check=True)
    verify = ["openssl", "cms", "-verify", "-inform", "DER", "-CAfile", cert, "-purpose", "any"]
    assert subprocess.run(verify, input=signed.stdout, capture_output=True, check=True).stdout.startswith(b"update")


def test_without_a_key_one_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KASSA_SIGN", raising=False)
    first = signing(Workplace(tmp_path))
    assert first.ours and first.keyring == first.cert
    before = first.cert.read_bytes()
    assert signing(Workplace(tmp_path)).cert.read_bytes() == before


def test_the_operators_key_is_taken_and_a_folder_without_one_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "keys"
    folder.mkdir()
    monkeypatch.setenv("KASSA_SIGN", str(folder))
    with pytest.raises(BuildError, match=r"key\.pem is missing"):
        signing(Workplace(tmp_path / "work"))
    make_pair(Workplace(tmp_path), folder / "key.pem", folder / "cert.pem")
    (folder / "ca.pem").write_text("the issuer")
    found = signing(Workplace(tmp_path / "work"))
    assert (found.key, found.keyring, found.ours) == (folder / "key.pem", folder / "ca.pem", False)
