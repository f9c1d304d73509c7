"""Network: what kiosk.toml says of network and time servers, as settings of systemd-networkd, wpa_supplicant and
systemd-timesyncd.

    network.py /etc/kassa /run

They are written below /run, in memory, each time anew: at boot, and when kiosk.toml has changed. Nothing is written for
what is not set, so a machine whose operator has written nothing runs on the image's own settings (DHCP on any cable).
What has changed is told to who uses it, without waiting. What cannot be used is told (`kiosk.app.troubles`), and the
machine goes on with what it can: Wi-Fi trouble never stops a lane. The Wi-Fi's password is in one file that only root
reads, and in no log.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from kiosk.app.config_network import ClockTable, NetworkTable, passphrase
from kiosk.app.troubles import Trouble, tell
from kiosk.values.settings import BadSettings, decode_table

WIRED = "systemd/network/10-kassa-wired.network"
WIFI = "systemd/network/10-kassa-wifi.network"
TIME = "systemd/timesyncd.conf.d/kassa.conf"
SUPPLICANT = "kassa/wifi.conf"
FILES = (WIRED, WIFI, TIME, SUPPLICANT)
USERS = {
    WIRED: "systemd-networkd.service",
    WIFI: "systemd-networkd.service",
    TIME: "systemd-timesyncd.service",
    SUPPLICANT: "kassa-wifi@*.service",
}
_DHCP = "DHCP=yes\n"
_CLOSED = "LLMNR=no\nMulticastDNS=no\nLLDP=no\n"


def settings(text: str, folder: Path) -> tuple[dict[str, str], str]:
    """What each file is to say (one that is not named is not to be there), and what could not be done. BadSettings."""
    tables = decode_table(text, "kiosk.toml")
    clock, network = _table(tables, "clock", ClockTable), _table(tables, "network", NetworkTable)
    for problem in (*clock.problems(), *network.problems()):
        raise BadSettings(problem)
    files: dict[str, str] = {}
    if clock.ntp:
        files[TIME] = f"[Time]\nNTP={' '.join(clock.ntp)}\n"
    if not network.ssid:
        if network.address or network.dns:
            files[WIRED] = _network("Type=ether", network)
        return files, ""
    try:
        password = passphrase(folder / network.psk_file)
    except (ValueError, OSError) as problem:
        return files, str(problem)
    return {**files, WIFI: _network("Type=wlan", network), SUPPLICANT: supplicant(network, password)}, ""


def _table(tables: Mapping[str, Any], name: str, kind: type[msgspec.Struct]) -> Any:
    try:
        return msgspec.convert(tables.get(name, {}), kind)
    except msgspec.ValidationError as error:
        raise BadSettings(f"{name}: {error}") from None


def _network(match: str, network: NetworkTable) -> str:
    """systemd.network(5)."""
    ours = f"Address={network.address}\n" if network.address else _DHCP
    ours += f"Gateway={network.gateway}\n" if network.gateway else ""
    ours += "".join(f"DNS={server}\n" for server in network.dns)
    leases = "" if network.address else f"\n[DHCPv4]\nUseHostname=no\nUseDomains=yes\nUseDNS={_yes(not network.dns)}\n"
    return f"[Match]\n{match}\n\n[Link]\nRequiredForOnline=no\n\n[Network]\n{ours}{_CLOSED}{leases}"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def supplicant(network: NetworkTable, password: str) -> str:
    """wpa_supplicant.conf(5): a name in hexadecimal can hold anything; a password ends at the last quotation mark."""
    raw = len(password) == 64
    return (
        f"country={network.country}\n"
        "network={\n"
        f"ssid={network.ssid.encode().hex()}\n"
        f"scan_ssid={int(network.hidden)}\n"
        f"key_mgmt={'WPA-PSK' if raw else 'WPA-PSK SAE'}\n"
        f"ieee80211w=1\n"
        f"psk={password if raw else chr(34) + password + chr(34)}\n"
        "}\n"
    )


def write(files: Mapping[str, str], run: Path) -> list[str]:
    """Bring the files to this; the units that must hear of it. OSError."""
    changed = []
    for name in FILES:
        path, text = run / name, files.get(name)
        before = path.read_text() if path.exists() else None
        if text == before:
            continue
        changed.append(USERS[name])
        if text is None:
            path.unlink()
            continue
        path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.touch(0o600 if name == SUPPLICANT else 0o644)
        part.write_text(text)
        part.replace(path)
    return sorted(set(changed))


def main(folder: Path, run: Path) -> int:
    """0, also with trouble: it is told."""
    try:
        files, why = settings((folder / "kiosk.toml").read_text(encoding="utf-8"), folder)
    except (BadSettings, UnicodeDecodeError, OSError) as problem:
        files, why = {}, str(problem)
    changed = write(files, run)
    tell("network", Trouble("network", "Network or clock cannot be set as kiosk.toml says", (why,)) if why else None)
    if why:
        sys.stderr.write(f"network: {why}\n")
    if changed:
        sys.stdout.write(f"network: {', '.join(changed)} told\n")
        subprocess.run(["systemctl", "--no-block", "restart", *_there(changed)], check=False)
    return 0


def _there(units: list[str]) -> list[str]:
    """A Wi-Fi's unit for each of its devices."""
    radios = sorted(path.parent.name for path in Path("/sys/class/net").glob("*/wireless"))
    wifi = [f"kassa-wifi@{name}.service" for name in radios]
    return [each for unit in units for each in (wifi if unit.startswith("kassa-wifi@") else [unit])]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
