"""Config network: what an operator writes of the machine's clock and network. The lane itself uses neither: on the
appliance a program of root's turns them into systemd's settings (`image/device/network.py`); elsewhere they mean
nothing.
"""

import ipaddress
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

_LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
_MOST_SERVERS = 4
_SSID_BYTES = 32
"""IEEE 802.11, 9.4.2.2: an SSID has 0 to 32 octets; an empty one names no network."""
_PASSPHRASE = re.compile(r"[ -~]{8,63}|[0-9A-Fa-f]{64}")
"""IEEE 802.11, annex J.4: a passphrase of 8 to 63 printable ASCII characters, or the 256-bit key itself."""


class ClockTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[clock]`"""

    ntp: tuple[str, ...] = ()
    """Time servers; empty: the network's own (DHCP), else Debian's."""
    rtc: Literal["", "ds1307", "ds3231", "pcf8523"] = ""
    """The chip of a battery clock on the I2C pins."""

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        if len(self.ntp) > _MOST_SERVERS:
            yield f"clock.ntp: at most {_MOST_SERVERS} servers"
        for server in self.ntp:
            if not _HOST.fullmatch(server) and _address(server) is None:
                yield f"clock.ntp: {server!r} is no name or address of a server"


class NetworkTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[network]`: nothing in it is DHCP on any cable. `address` is the cable's, or with `ssid` Wi-Fi's."""

    address: str = ""
    """With its prefix: `192.168.1.20/24`; empty: DHCP."""
    gateway: str = ""
    dns: tuple[str, ...] = ()
    ssid: str = ""
    """The Wi-Fi's name; empty: none is used."""
    hidden: bool = False
    """Whether it does not tell its name."""
    psk_file: str = ""
    """A file with nothing but the Wi-Fi's password, beside this one."""
    country: str = ""
    """ISO 3166-1: which channels the law allows."""

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        if self.address and ("/" not in self.address or _interface(self.address) is None):
            yield f"network.address: {self.address!r} is no address with its prefix such as 192.168.1.20/24"
        elif self.gateway and not self._reaches(self.gateway):
            yield f"network.gateway: {self.gateway!r} is no address in the network of network.address"
        for server in self.dns:
            if _address(server) is None:
                yield f"network.dns: {server!r} is no address such as 192.168.1.1"
        yield from self._of_wifi()

    def _of_wifi(self) -> Iterator[str]:
        if not self.ssid:
            if self.psk_file or self.country or self.hidden:
                yield "network.ssid: psk_file, country and hidden are about a Wi-Fi: write its name"
            return
        if len(self.ssid.encode()) > _SSID_BYTES or not self.ssid.isprintable():
            yield f"network.ssid: at most {_SSID_BYTES} bytes of text"
        if not self.psk_file:
            yield "network.psk_file: name the file with the Wi-Fi's password; an open network is nothing for a checkout"
        if not re.fullmatch(r"[A-Z]{2}", self.country):
            yield f"network.country: {self.country!r} is no country such as SE: Wi-Fi needs to know its law"

    def _reaches(self, gateway: str) -> bool:
        here, there = _interface(self.address), _address(gateway)
        return here is not None and there is not None and there in here.network


def passphrase(path: Path) -> str:
    """The Wi-Fi's password. ValueError in words; OSError."""
    text = path.read_text(encoding="utf-8-sig", errors="replace").rstrip("\r\n")
    if not _PASSPHRASE.fullmatch(text):
        raise ValueError(f"network.psk_file: {path.name} has no Wi-Fi password: 8 to 63 letters, or 64 digits 0 to f")
    return text


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _interface(text: str) -> ipaddress.IPv4Interface | ipaddress.IPv6Interface | None:
    try:
        return ipaddress.ip_interface(text)
    except ValueError:
        return None
