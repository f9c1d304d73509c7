"""Units: a lane that boots without a network sells, comes back after a crash, and may touch only its own things."""

from pathlib import Path

import pytest

from kiosk.app.main import RESTART
from kiosk.checkout.commanding import RESTART_REST_MS

NEEDED = {"kiosk.service", "kiosk-closed.service", "store.service"}
HARDENING = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "RestrictSUIDSGID": "yes",
    "CapabilityBoundingSet": "",
}
WAITS = ("network-online.target", "network.target", "NetworkManager-wait-online", "systemd-networkd-wait-online")
ORDERING = ("After", "Wants", "Requires", "BindsTo", "Requisite")


def settings(unit: str) -> list[tuple[str, str]]:
    """(key, value) of every line, comments and sections left out."""
    lines = (line.strip() for line in unit.splitlines())
    return [
        (k.strip(), v.strip()) for k, _, v in (line.partition("=") for line in lines if line[:1] not in ("#", "[", ""))
    ]


def unit_faults(unit: str) -> list[str]:
    """What a service file lacks or has too much."""
    said = settings(unit)
    last = dict(said)
    faults = [f"{k}={v}: waits for the network" for k, v in said if k in ORDERING and any(w in v for w in WAITS)]
    faults += [f"{key} should be {value!r}" for key, value in HARDENING.items() if last.get(key) != value]
    faults += [f"{key} is missing" for key in ("User", "Description", "ExecStart") if not last.get(key)]
    if last.get("Type") != "oneshot" and last.get("Restart") != "always":
        faults.append("Restart should be 'always': nobody is there to start it")
    if last.get("Type") == "notify" and "WatchdogSec" not in last:
        faults.append("says Type=notify and has no WatchdogSec: a hang would last")
    return faults


def test_every_unit_keeps_the_rules(root: Path) -> None:
    units = {path.name: path.read_text() for path in (root / "systemd").glob("*.service")}
    assert units.keys() >= NEEDED
    assert {name: faults for name, unit in units.items() if (faults := unit_faults(unit))} == {}


def test_the_lane_and_the_store_are_watched(root: Path) -> None:
    for name in ("kiosk.service", "store.service"):
        said = dict(settings((root / "systemd" / name).read_text()))
        assert said["Type"] == "notify"
        assert int(said["WatchdogSec"]) <= 30


def test_the_lane_may_use_everything_that_it_drives(root: Path) -> None:
    """Debian's groups for loudspeaker, serial lines, pins, keypads and scanners, printers and screen."""
    said = dict(settings((root / "systemd/kiosk.service").read_text()))
    assert {"audio", "dialout", "gpio", "input", "lp", "video"} <= set(said["SupplementaryGroups"].split())


def test_a_lane_that_the_console_starts_anew_has_not_failed(root: Path) -> None:
    said = dict(settings((root / "systemd/kiosk.service").read_text()))
    assert (said["Restart"], int(said["SuccessExitStatus"])) == ("always", RESTART)
    assert int(said["StartLimitIntervalSec"]) * 1_000 / RESTART_REST_MS < int(said["StartLimitBurst"]) - 1


def test_a_crash_loop_ends_in_a_screen_that_says_so(root: Path) -> None:
    said = dict(settings((root / "systemd/kiosk.service").read_text()))
    assert said["OnFailure"] == "kiosk-closed.service"
    assert int(said["StartLimitBurst"]) * int(said["RestartSec"]) < int(said["StartLimitIntervalSec"])


GOOD = """
[Unit]
Description=x
[Service]
Type=notify
WatchdogSec=5
ExecStart=/bin/true
User=kassa
Restart=always
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
RestrictSUIDSGID=yes
CapabilityBoundingSet=
"""


def test_a_good_unit_has_no_faults() -> None:
    assert unit_faults(GOOD) == []


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("Description=x", "Description=x\nAfter=network-online.target"),
        ("Description=x", "Description=x\nWants=time-sync.target network-online.target"),
        ("Restart=always", "Restart=on-failure"),
        ("User=kassa", ""),
        ("WatchdogSec=5", ""),
        ("ProtectSystem=strict", "ProtectSystem=full"),
        ("CapabilityBoundingSet=", "CapabilityBoundingSet=CAP_SYS_ADMIN"),
    ],
)
def test_a_fault_is_seen(line: str, instead: str) -> None:
    assert unit_faults(GOOD.replace(line, instead))
