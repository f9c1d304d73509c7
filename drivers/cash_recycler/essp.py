"""Encrypted SSP: the recycler's driver for machines that want encryption before they move money; `driver = "essp"`."""

import secrets

import msgspec

from drivers.cash_recycler import driver
from drivers.cash_recycler.driver import Recycler
from drivers.cash_recycler.essp_simulator import EsspSimulator
from drivers.cash_recycler.protocol import Host
from drivers.cash_recycler.seal import FACTORY_KEY, Seal
from drivers.device import Device, DeviceError
from drivers.ports.open import open_port
from drivers.settings import NotNegative
from drivers.simulated import SimulatedDevice

_DIGITS = 16


class Settings(driver.Settings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.cash_recycler]`. `key`: the fixed key, 16 digits of 0 to 9 and a to f; `address`: 0 is a machine that
    takes notes, 16 a hopper."""

    key: str = f"{FACTORY_KEY:016x}"
    address: NotNegative = 0


def make(name: str, settings: Settings) -> Device:
    """The machine at `settings.port`. Raises DeviceError."""
    if len(settings.currency) != 3:
        raise DeviceError(f"{name}: no currency; write its three letters, such as SEK")
    if settings.address > 0x7D:
        raise DeviceError(f"{name}: address = {settings.address} is none; 0 takes notes, 16 is a hopper, 125 the last")
    opening = open_port(settings.port, baud=settings.baud, bytesize=8, parity="N", stopbits=2)
    return Recycler(name, opening, _host(name, settings))


def make_simulated(name: str, settings: Settings) -> tuple[Device, EsspSimulator]:
    """The same driver with a simulated machine at the other end."""
    settings = msgspec.structs.replace(settings, currency=settings.currency or "SEK", address=0)
    simulator = EsspSimulator(settings.currency, fixed=_key(name, settings.key))
    return SimulatedDevice(simulator, lambda opening: Recycler(name, opening, _host(name, settings))), simulator


def _host(name: str, settings: Settings) -> Host:
    seal = Seal(_key(name, settings.key), secrets.token_bytes)
    return Host(name, settings.currency, settings.unit_minor, address=settings.address, seal=seal)


def _key(name: str, text: str) -> int:
    if len(text) != _DIGITS or any(letter not in "0123456789abcdefABCDEF" for letter in text):
        raise DeviceError(
            f"{name}: key = {text!r} is no key; write 16 digits of 0 to 9 and a to f, as in {FACTORY_KEY:016x}"
        )
    return int(text, 16)
