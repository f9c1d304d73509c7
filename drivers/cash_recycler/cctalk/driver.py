"""Coin acceptor and hoppers on one ccTalk line: one machine that takes coins and gives change; `driver = "cctalk"`."""

import secrets

import msgspec

from drivers.cash_recycler.cctalk.codes import POSITIONS
from drivers.cash_recycler.cctalk.parts import Hopper
from drivers.cash_recycler.cctalk.protocol import Host
from drivers.cash_recycler.cctalk.simulator import CoinSetSimulator
from drivers.cash_recycler.driver import Recycler
from drivers.device import Device, DeviceError
from drivers.ports.open import open_port
from drivers.settings import NotNegative
from drivers.simulated import SimulatedDevice

LAST_ADDRESS = 255


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.cash_recycler]`. `acceptor`: its address, 0: there is none. `coins`: minor units by the acceptor's
    position, where it does not say them itself. `box_path`: the sorter's path into the box, for coins whose hopper is
    full. `crc`: the line's parts want the CRC in place of the simple checksum."""

    port: str
    baud: int = 9600
    currency: str = ""
    acceptor: NotNegative = 2
    coins: dict[str, int] = {}
    box_path: NotNegative = 0
    crc: bool = False
    hoppers: tuple[Hopper, ...] = ()


def make(name: str, settings: Settings) -> Device:
    """The parts at `settings.port`. Raises DeviceError."""
    host = host_of(name, settings)
    opening = open_port(settings.port, baud=settings.baud, bytesize=8, parity="N", stopbits=1)
    return Recycler(name, opening, host)


def make_simulated(name: str, settings: Settings) -> tuple[Device, CoinSetSimulator]:
    """The same driver with simulated parts at the other end of the line."""
    settings = msgspec.structs.replace(settings, currency=settings.currency or "SEK")
    simulator = CoinSetSimulator(settings.hoppers, settings.currency, wide=settings.crc)
    return SimulatedDevice(simulator, lambda opening: Recycler(name, opening, host_of(name, settings))), simulator


def host_of(name: str, settings: Settings) -> Host:
    """The till's end. Raises DeviceError for what cannot be meant."""
    if len(settings.currency) != 3:
        raise DeviceError(f"{name}: no currency; write its three letters, such as SEK")
    if not settings.acceptor and not settings.hoppers:
        raise DeviceError(f"{name}: there is nothing on the line; name the acceptor's address, or hoppers")
    addresses = [one.address for one in settings.hoppers] + ([settings.acceptor] if settings.acceptor else [])
    for address in addresses:
        if address == 1 or address > LAST_ADDRESS or addresses.count(address) > 1:
            raise DeviceError(f"{name}: address {address} cannot be; each part has its own, from 2 to {LAST_ADDRESS}")
    return Host(
        name,
        settings.currency,
        acceptor=settings.acceptor,
        hoppers=settings.hoppers,
        random=secrets.token_bytes,
        coins=_coins(name, settings.coins),
        box_path=settings.box_path,
        wide=settings.crc,
    )


def _coins(name: str, table: dict[str, int]) -> dict[int, int]:
    for position, minor in table.items():
        if not position.isdecimal() or not 1 <= int(position) <= POSITIONS or minor < 1:
            raise DeviceError(
                f"{name}: coins: {position} = {minor} is no coin; write the acceptor's position, 1 to {POSITIONS}, and"
                " what the coin is worth in minor units, such as 1 = 100"
            )
    return {int(position): minor for position, minor in table.items()}
