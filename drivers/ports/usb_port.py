"""USB: the bulk endpoints of a device without a kernel driver, through libusb; it blocks, so behind a worker.

The interface is the printer one if there is any (class 7, USB Device Class Definition for Printing Devices), else the
first that takes bytes. A kernel driver that holds it (usblp) is asked to let go and gets it back at the end. A device
without an IN endpoint has nothing to say: reading waits a moment and gives nothing.
"""

import errno
import threading
from collections.abc import Callable
from typing import Any

import usb.core
import usb.util

from drivers.ports.port import PortLost
from drivers.ports.worker import GLANCE_S

PRINTER_CLASS = 7
READ_LARGEST_PACKETS = 64
WRITE_TIMEOUT_MS = 5_000
_NOTHING_YET = (errno.ETIMEDOUT, errno.EAGAIN)


class UsbTransport:
    """One claimed interface. Raises PortLost if the device is away, OSError (USBError) if it fails."""

    def __init__(self, vendor: int, product: int, find: Callable[..., Any] = usb.core.find) -> None:
        where = f"usb:{vendor:04x}:{product:04x}"
        try:
            device = find(idVendor=vendor, idProduct=product)
        except usb.core.NoBackendError as trouble:
            raise PortLost("libusb is missing: install the package libusb-1.0-0") from trouble
        if device is None:
            raise PortLost(f"{where} is not there: is the device plugged in and on?")
        self._device = device
        self._silent = threading.Event()
        interface = _interface(device, where)
        self._number = interface.bInterfaceNumber
        self._detached = _detach(device, self._number)
        usb.util.claim_interface(device, self._number)
        self._out = _bulk(interface, usb.util.ENDPOINT_OUT)
        self._in = _bulk(interface, usb.util.ENDPOINT_IN)

    def read(self) -> bytes:
        """As Transport."""
        if self._in is None:
            self._silent.wait(GLANCE_S)
            return b""
        try:
            return bytes(self._in.read(self._in.wMaxPacketSize * READ_LARGEST_PACKETS, int(GLANCE_S * 1_000)))
        except usb.core.USBError as trouble:
            if trouble.errno in _NOTHING_YET:
                return b""
            raise

    def write(self, data: bytes) -> None:
        """As Transport."""
        while data:
            data = data[self._out.write(data, WRITE_TIMEOUT_MS) :]

    def close(self) -> None:
        """Give the interface back; a device that has been pulled has nothing to give back."""
        self._silent.set()
        try:
            usb.util.release_interface(self._device, self._number)
            if self._detached:
                self._device.attach_kernel_driver(self._number)
        except usb.core.USBError:
            self._detached = False
        usb.util.dispose_resources(self._device)


def _interface(device: Any, where: str) -> Any:
    able = [interface for interface in device.get_active_configuration() if _bulk(interface, usb.util.ENDPOINT_OUT)]
    if not able:
        raise PortLost(f"{where} has no endpoint that takes bytes: it is not this kind of device")
    return next((i for i in able if i.bInterfaceClass == PRINTER_CLASS), able[0])


def _bulk(interface: Any, direction: int) -> Any:
    return next(
        (e for e in interface if _is_bulk(e) and usb.util.endpoint_direction(e.bEndpointAddress) == direction), None
    )


def _is_bulk(endpoint: Any) -> bool:
    return bool(usb.util.endpoint_type(endpoint.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK)


def _detach(device: Any, number: int) -> bool:
    try:
        if not device.is_kernel_driver_active(number):
            return False
    except NotImplementedError:  # not a system with kernel drivers
        return False
    device.detach_kernel_driver(number)
    return True
