"""`driver = "nexo-json"`: nexo 3.0 in encrypted JSON over HTTPS, as terminals with a local Terminal API speak it."""

import re

from drivers.card_terminal.nexo.dialect import Common, Dialect
from drivers.card_terminal.nexo.json_binding import JsonBinding, Key
from drivers.card_terminal.nexo.session import Surroundings
from drivers.card_terminal.nexo.simulator import NexoSimulator
from drivers.device import DeviceError
from drivers.ports.open import open_port
from drivers.settings import NotNegative
from drivers.simulated import OpenPort

_CERTIFIED = r"({poi_id}|legacy-terminal-certificate)\.(test|live)\.terminal\.adyen\.com"
"""The common name of a terminal's certificate: its own POIID, or one for all terminals of an older make."""


class Settings(Common, frozen=True, forbid_unknown_fields=True):
    """`[devices.card_terminal]` with `driver = "nexo-json"`, beside the keys of both.

    `port`: `https://host[:port]` (8443 if not named), or `socket://host:port` to a proxy on this machine. `poi_id` is
    the terminal's model and serial number (`P400Plus-275008565`). `key_id`, `key_version`, `passphrase`: the shared
    key, as the terminal has it. `ca`: the PEM file of its maker's root certificate.
    """

    sale_id: str = "Kassa"
    key_id: str = ""
    key_version: NotNegative = 1
    passphrase: str = ""
    ca: str = ""


def key_of(settings: Settings) -> Key:
    """The shared key."""
    return Key(settings.key_id, settings.key_version, settings.passphrase)


def _binding(name: str, settings: Settings, surroundings: Surroundings) -> JsonBinding:
    if not settings.key_id or not settings.passphrase:
        raise DeviceError(f"{name}: no shared key; write key_id, key_version and passphrase as the terminal has them")
    return JsonBinding(key_of(settings), surroundings.chance)


def _opening(where: str, settings: Settings) -> OpenPort:
    certified = _CERTIFIED.format(poi_id=re.escape(settings.poi_id))
    return open_port(where, ca=settings.ca, name=certified)


def _simulator(settings: Settings, currency: str) -> NexoSimulator:
    key = key_of(settings)
    return NexoSimulator("json", currency=currency, language=settings.language, poi_id=settings.poi_id, key=key)


DIALECT = Dialect[Settings](
    kind="json",
    version="3.0",
    tcp_port=8_443,
    schemes=("https", "socket"),
    login_first=False,
    diagnoses=True,
    binding=_binding,
    simulator=_simulator,
    opening=_opening,
)
make, make_simulated, assemble = DIALECT.make, DIALECT.make_simulated, DIALECT.assemble
