"""For all tests in the guest: the kernel's modules, which no udev loads here."""

import subprocess

import pytest

INPUT = ("evdev", "uinput", "hid_generic", "usbhid")
USB = ("xhci_pci", "cdc_acm", "usblp", "ftdi_sio")
GADGET = ("dummy_hcd", "libcomposite", "usb_f_hid", "usb_f_acm", "usb_f_printer")


@pytest.fixture(scope="session", autouse=True)
def modules() -> None:
    """As udev would load them."""
    subprocess.run(["modprobe", "-a", *INPUT, *USB, *GADGET], check=True)
