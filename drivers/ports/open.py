"""Open: what `port = "..."` in the configuration means.

| address | port |
|---|---|
| `socket://host:5001` | our own TCP port |
| `/dev/ttyUSB0`, `/dev/ttyUSB0?baud=19200&parity=E` | a serial line |
| `/dev/serial/by-id/usb-Honeywell*` | the same, the first of this pattern when it is opened |
| `file:/dev/usb/lp0`, `file:/tmp/roll.bin` | a device file, or a plain one that is appended to |
| `usb:04b8:0202` | a USB device's bulk endpoints, by vendor and product |
| `https://pay.example` | a TLS connection to port 443 or the one that is named, behind a worker |
| `rfc2217://host:port`, `spy:///dev/ttyUSB0`, ... | whatever else pyserial knows, behind a worker |

Reading the address is a matter of configuration: a bad one is a DeviceError at once. Opening it is a matter of the day:
a device that is away is a PortLost each time the line tries.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import serial

from drivers.device import DeviceError
from drivers.ports.file_port import FilePort
from drivers.ports.path import found_path
from drivers.ports.port import Port
from drivers.ports.pyserial_transport import PyserialTransport
from drivers.ports.serial_port import SerialPort, SerialSettings
from drivers.ports.tcp_port import TcpPort
from drivers.ports.tls_transport import HTTPS, TlsSettings, TlsTransport
from drivers.ports.usb_port import UsbTransport
from drivers.ports.worker import WorkerPort
from drivers.settings import decode

OpenPort = Callable[[], Port]

_USB = re.compile(r"usb:([0-9a-f]{4}):([0-9a-f]{4})", re.IGNORECASE)
_EXAMPLES = "/dev/ttyUSB0, socket://192.168.1.20:9100, file:/dev/usb/lp0, usb:04b8:0202 or rfc2217://host:port"


def open_port(url: str, **settings: object) -> OpenPort:
    """How to open the port at `url`, as often as the line wants.

    `settings` are the device's usual line settings (fields of SerialSettings); those in the address go before them, and
    what is not a serial line has none. Raises DeviceError if the address cannot be meant.
    """
    if url.startswith("/"):
        return _open_serial(url, settings)
    if url.startswith("socket://"):
        return _open_socket(url)
    if url.startswith("https://"):
        return _open_tls(url, settings)
    if url.startswith("file:/"):
        return lambda: FilePort(url.removeprefix("file:"))
    if url.startswith("usb:"):
        return _open_usb(url)
    if "://" in url:
        return _open_pyserial(url, settings)
    raise DeviceError(f"port {url!r} is no address of a device; write one like {_EXAMPLES}")


def _open_serial(url: str, settings: dict[str, object]) -> OpenPort:
    path, _, query = url.partition("?")
    where = f"port {url!r}"
    chosen = {**settings, **dict(parse_qsl(query, keep_blank_values=True))}
    words = decode(SerialSettings, chosen, where, from_text=True)
    return lambda: SerialPort(found_path(path), words)


def _open_tls(url: str, settings: dict[str, object]) -> OpenPort:
    pem = decode(TlsSettings, settings, f"port {url!r}")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or HTTPS
    except ValueError:
        host, port = None, 0
    if not host or parts.path not in ("", "/"):
        raise DeviceError(f"port {url!r} needs a host, and a port number if it is not 443, like https://pay.example")
    return lambda: WorkerPort(lambda: TlsTransport(host, port, pem))


def _open_socket(url: str) -> OpenPort:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port or parts.path not in ("", "/"):
        raise DeviceError(f"port {url!r} needs a host and a port number, like socket://192.168.1.20:9100")
    return lambda: TcpPort(host, port)


def _open_usb(url: str) -> OpenPort:
    numbers = _USB.fullmatch(url)
    if numbers is None:
        raise DeviceError(f"port {url!r} needs vendor and product as `lsusb` shows them, like usb:04b8:0202")
    vendor, product = (int(number, 16) for number in numbers.groups())
    return lambda: WorkerPort(lambda: UsbTransport(vendor, product))


def _open_pyserial(url: str, settings: dict[str, object]) -> OpenPort:
    words = decode(SerialSettings, settings, f"port {url!r}")
    try:
        serial.serial_for_url(url, do_not_open=True)
    except (ValueError, serial.SerialException) as refusal:
        raise DeviceError(f"port {url!r}: {refusal}; write one like {_EXAMPLES}") from refusal
    return lambda: WorkerPort(lambda: PyserialTransport(url, words))
