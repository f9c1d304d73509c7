"""Damaged answers: a damaged one is never an approval, never another amount, and never an exception out of the driver.

KASSA_FUZZ=2000000 tries that many instead of 20,000. The seed is the number of the try, so each can be tried again.
"""

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from drivers.card_terminal.nexo.answers import Header, Reply, answer_to
from drivers.card_terminal.nexo.binding import NotNexo
from drivers.card_terminal.nexo.call import Silence
from drivers.card_terminal.nexo.json_binding import JsonBinding, Key
from drivers.card_terminal.nexo.messages import Parties
from drivers.card_terminal.nexo.names import service_id
from drivers.card_terminal.nexo.payment import pay
from drivers.card_terminal.nexo.protocol import Client
from drivers.card_terminal.nexo.session import Session, Surroundings, Terms
from drivers.card_terminal.nexo.simulated.speech import Asked, Deal, Said
from drivers.card_terminal.nexo.simulated.wire_json import Sealed
from drivers.card_terminal.nexo.simulated.wire_xml import write
from drivers.card_terminal.nexo.xml_binding import XmlBinding
from drivers.events import Authorize, TerminalCompleted, TerminalDeclined, TerminalInDoubt, TerminalRefused

TIMES = int(os.environ.get("KASSA_FUZZ", "20000"))
THROUGH_HTTP = TIMES // 20
SHARED = ("k", 1, "p")
ORDER = Authorize("a1", 1_250, "")
QUESTION = Header("Payment", service_id("a1"), "Kassa", "P400Plus-1")
SURROUNDINGS = Surroundings(lambda: "2026-11-23T10:00:00+01:00", lambda size: bytes(size))
TERMS = Terms(Parties("3.0", "Kassa", "P400Plus-1"), "SEK", login_first=False)
LINES = ("CUSTOMER COPY", "Total   12,50")
DEAL = Deal("0000000002", "2026-11-23T10:00:00Z", 1_250, "SEK", "Normal", "Visa", "****4021", "1", "ICC", LINES, LINES)
ASKED = Asked("Payment", QUESTION.service_id, QUESTION.sale_id, QUESTION.poi_id, {})
PAID = Said(ASKED, deal=DEAL)
SAID = (
    PAID,
    Said(ASKED, "Failure", "Refusal", "The bank says no", deal=replace(DEAL, approval="")),
    Said(ASKED, "Failure", "Busy", "Another request"),
)
OUTCOMES = (TerminalCompleted, TerminalDeclined, TerminalInDoubt, TerminalRefused)


def damaged(chance: Random, body: bytes) -> bytes:
    """The body with one to three wounds."""
    data = bytearray(body)
    for _ in range(chance.randint(1, 3)):
        at, size = chance.randrange(len(data) + 1), chance.randint(1, 12)
        match chance.randrange(6):
            case 0 if at < len(data):
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = chance.randbytes(size)
            case 3:
                data[at:at] = data[at : at + size]
            case 4:
                del data[at:]
            case _:
                data[at : at + 1] = chance.choice((b"<", b">", b"&", b'"', b"{", b"}", b"0", b"9", b"-", b".", b"\0"))
    return bytes(data)


def outcome(reply: Reply | Silence) -> Any:
    """What the driver says of a payment that was answered so."""
    session = Session("card", TERMS, SURROUNDINGS)
    procedure = pay(session, ORDER)
    next(procedure)
    with pytest.raises(StopIteration):
        procedure.send(reply)
    return session.take_events()[-1]


def read(binding: Any, body: bytes) -> Reply | Silence:
    try:
        return answer_to(QUESTION, binding.decode(body))
    except NotNexo as wrong:
        return Silence(str(wrong), sent=True)


def tries(times: int) -> Iterator[tuple[int, Random, Said]]:
    for number in range(times):
        chance = Random(number)
        yield number, chance, SAID[chance.randrange(len(SAID))]


def test_damaged_xml_never_becomes_an_approval_or_another_amount() -> None:
    good, seen = {id(said): write(said) for said in SAID}, set()
    for number, chance, said in tries(TIMES):
        found = outcome(read(XmlBinding(), damaged(chance, good[id(said)])))
        seen.add(type(found))
        assert isinstance(found, OUTCOMES), number
        if isinstance(found, TerminalCompleted):
            assert said is PAID, number
            assert (found.record.amount_minor, found.record.terminal_id) == (1_250, "P400Plus-1"), number
    assert seen == set(OUTCOMES), "the wounds are not all deadly: the test tries something"


def test_damaged_seals_are_worth_nothing() -> None:
    """What was not sealed so by the terminal is a doubt; what is believed is word by word what was sealed."""
    good = {id(said): Sealed(*SHARED).write(said) for said in SAID}
    binding = JsonBinding(Key(*SHARED), bytes)
    whole = {}
    for said in SAID:
        binding._used.clear()
        whole[id(said)] = outcome(read(binding, good[id(said)]))
    assert {type(found) for found in whole.values()} == {TerminalCompleted, TerminalDeclined, TerminalRefused}
    for number, chance, said in tries(TIMES):
        binding._used.clear()
        found = outcome(read(binding, damaged(chance, good[id(said)])))
        assert isinstance(found, TerminalInDoubt) or found == whole[id(said)], number


@pytest.mark.parametrize("kind", ["xml", "json"])
def test_damage_on_the_way_never_gets_through_to_money(kind: str) -> None:
    """The same through the whole client, HTTP around it, in pieces of any size."""
    body: Callable[[Said], bytes] = write if kind == "xml" else Sealed(*SHARED).write
    good = {id(said): http(body(said)) for said in SAID}
    binding: Any = XmlBinding() if kind == "xml" else JsonBinding(Key(*SHARED), bytes)
    for number, chance, said in tries(THROUGH_HTTP):
        client = Client("card", TERMS, binding, SURROUNDINGS)
        events = client.command(ORDER, 0) + client.opened("main", 0)
        assert client.take("main").startswith(b"POST ")
        getattr(binding, "_used", []).clear()
        rest = damaged(chance, good[id(said)])
        while rest:
            size = chance.randint(1, len(rest))
            events += client.received("main", rest[:size], 0)
            rest = rest[size:]
        events += client.lost("main", "closed", 0)
        found = events[-1]
        assert isinstance(found, OUTCOMES), number
        if isinstance(found, TerminalCompleted):
            assert said is PAID, number
            assert (found.record.amount_minor, found.record.terminal_id) == (1_250, "P400Plus-1"), number


def http(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%s" % (len(body), body)
