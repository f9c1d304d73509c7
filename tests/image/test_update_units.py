"""Units of an update: as little as each needs, and what the lane's account may ask of whom. systemd judges."""

import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from image import layout
from image.device import health
from image.rauc_config import system_conf
from kiosk.app.errands import GOOD_FILE, RESTART_FILE
from kiosk.app.update_command import ON_A_STICK
from tests.image.test_root import ROOT, UNITS

OURS = ("rauc.service", "kiosk-health.service", "kassa-restart.service", "kassa-stick@.service")
MOST_EXPOSED = 2.0
POLICY = ROOT / "usr/share/dbus-1/system.d/de.pengutronix.rauc.conf"


def said(unit: str) -> list[str]:
    return [line for line in (UNITS / unit).read_text().splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("unit", OURS)
def test_a_unit_may_do_what_it_needs(unit: str) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--no-pager", str(UNITS / unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    level = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert level is not None and float(level[1]) <= MOST_EXPOSED, done.stdout[-300:] + done.stderr


def test_only_rauc_has_any_privilege() -> None:
    for unit in OURS[1:]:
        assert "CapabilityBoundingSet=" in said(unit)
    assert "CapabilityBoundingSet=CAP_SYS_ADMIN CAP_DAC_READ_SEARCH" in said("rauc.service")


def test_the_lane_may_have_a_bundle_installed_and_say_nothing_of_slots() -> None:
    policies = {policy.get("user"): policy.findall("allow") for policy in ET.parse(POLICY).getroot()}
    assert set(policies) == {"root", "kassa"}, "nobody else speaks with RAUC"
    members = {(rule.get("send_interface"), rule.get("send_member")) for rule in policies["kassa"]}
    assert members == {
        ("de.pengutronix.rauc.Installer", "InstallBundle"),
        ("org.freedesktop.DBus.Properties", "Get"),
        ("org.freedesktop.DBus.Properties", "GetAll"),
    }


def test_rauc_is_started_by_whoever_asks_first() -> None:
    name = "de.pengutronix.rauc"
    started = (ROOT / f"usr/share/dbus-1/system-services/{name}.service").read_text().splitlines()
    assert f"Name={name}" in started and "SystemdService=rauc.service" in started
    assert f"BusName={name}" in said("rauc.service")
    assert not list((ROOT / "etc/systemd/system").glob("*.wants/rauc.service")), "no memory for it before"


def test_rauc_may_write_where_its_slots_and_its_records_are() -> None:
    folders = re.search(r"^data-directory=(.*)$", system_conf("1.0.0"), re.MULTILINE)
    assert folders is not None and f"ReadWritePaths=/boot/firmware {folders[1]}" in said("rauc.service")
    assert f"d {folders[1]} " in (ROOT / "usr/lib/kassa/data.conf").read_text()


def test_the_lane_and_the_machines_services_speak_of_the_same_files() -> None:
    assert f"PathExists={RESTART_FILE}" in said("kassa-restart.path")
    assert str(health.GOOD) == GOOD_FILE
    assert "RuntimeDirectory=kassa" in said("kiosk-health.service")
    assert "RuntimeDirectoryPreserve=yes" in said("kiosk-health.service"), "it is to be seen when the unit has ended"
    assert f"d {health.PROVEN} " in (ROOT / "usr/lib/kassa/data.conf").read_text()


def test_health_does_not_hold_up_the_lane() -> None:
    assert any(line.startswith("After=kiosk.service") for line in said("kiosk-health.service"))
    started = {path.name for path in (ROOT / "etc/systemd/system").glob("*.wants/*")}
    assert {"kiosk-health.service", "kassa-restart.path"} <= started


def test_a_sticks_first_partition_is_read_and_never_written_nor_run() -> None:
    rules = ROOT / "etc/udev/rules.d/90-kassa-stick.rules"
    assert rules.name > "60-persistent-storage.rules", "what a disk is, that file finds out"
    rule = next(line for line in rules.read_text().splitlines() if "kassa-stick@" in line)
    assert 'ENV{ID_BUS}=="usb"' in rule and 'ENV{ID_PART_ENTRY_NUMBER}=="|1"' in rule
    assert f'ENV{{ID_PART_ENTRY_UUID}}!="{layout.SIGNATURE:08x}-*"' in rule, "a card of ours in a reader is no stick"
    mounts = said("kassa-stick-mount@.service")
    mount = next(line for line in mounts if line.startswith("ExecStart=mount "))
    assert {"ro", "nodev", "nosuid", "noexec", "uid=kassa"} <= set(re.split(r"[ ,]", mount))
    assert {"BindsTo=dev-%i.device", "StopWhenUnneeded=yes"} <= set(mounts)
    own = "(Private|Protect|ReadOnly|ReadWrite|Inaccessible|Temporary|BindPaths|BindReadOnly)"
    assert [line for line in mounts if re.match(own, line)] == [], "what it mounts is for another unit to see"
    reads = said("kassa-stick@.service")
    assert {"User=kassa", "Requires=kassa-stick-mount@%i.service"} <= set(reads)
    ends = next(line for line in mounts if line.startswith("ExecStop="))
    assert "umount --lazy" in ends, "whoever has pulled it does not wait for us"
    assert Path("kassa-1.0.0-arm64.raucb").match(ON_A_STICK)
