"""The answers that are damaged by the thousand (`tests/drivers/parsers/terminals.py`): whole, each is what it says."""

import pytest

from drivers.card_terminal.nexo.xml_binding import XmlBinding
from drivers.events import TerminalCompleted, TerminalDeclined, TerminalRefused
from tests.drivers.parsers.terminals import JSON, XML, Payment, json


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_whole_answers_are_an_approval_a_decline_and_a_refusal(kind: str) -> None:
    payments = [Payment(XmlBinding()) if kind == "xml" else json() for _ in XML]
    heard = [one.receive(answer) for one, answer in zip(payments, XML if kind == "xml" else JSON, strict=True)]
    assert [[type(event) for event in events] for events in heard] == [
        [TerminalCompleted],
        [TerminalDeclined],
        [TerminalRefused],
    ]
