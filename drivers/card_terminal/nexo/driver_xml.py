"""`driver = "nexo-xml"`: nexo 3.1 in XML over HTTP, as PAX terminals in the Nordic countries speak it."""

from typing import Literal

from drivers.card_terminal.nexo.dialect import Common, Dialect
from drivers.card_terminal.nexo.simulator import NexoSimulator
from drivers.card_terminal.nexo.xml_binding import XmlBinding
from drivers.settings import Positive


class Settings(Common, frozen=True, forbid_unknown_fields=True):
    """`[devices.card_terminal]` with `driver = "nexo-xml"`, beside the keys of both.

    `port`: `socket://host[:port]` (11000 if not named). `poi_id` chooses the terminal's parameters.
    `operator_language`: that of the terminal's own menus.
    """

    sale_id: str = "1"
    operator_language: Literal["sv", "no", "fi", "da", "en"] = "sv"
    connect_ms: Positive = 3_000
    finish_ms: Positive = 180_000


def _simulator(settings: Settings, currency: str) -> NexoSimulator:
    return NexoSimulator("xml", currency=currency, language=settings.language, poi_id=settings.poi_id)


DIALECT = Dialect[Settings](
    kind="xml",
    version="3.1",
    tcp_port=11_000,
    schemes=("socket",),
    login_first=True,
    diagnoses=False,
    binding=lambda name, settings, surroundings: XmlBinding(),
    simulator=_simulator,
    operator_language=lambda settings: settings.operator_language,
)
make, make_simulated, assemble = DIALECT.make, DIALECT.make_simulated, DIALECT.assemble
