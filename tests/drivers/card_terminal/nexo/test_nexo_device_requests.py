"""What the terminal shows and prints through the till: on screen 11, and merged into the receipt."""

import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest

from drivers.card_terminal.nexo import driver_json, driver_xml
from drivers.device import DeviceError
from drivers.events import Authorize, TerminalCompleted, TerminalPrint, TerminalText
from drivers.ports.listening_socket import LOOKS_APART, ListeningSocket, listening_address
from kiosk.demo.ports import free_port

HERE = "127.0.0.1:11001"
POI = "P400Plus-275008565"


@pytest.fixture
def till(nexo_till: Callable[..., Any], kind: str) -> Any:
    """One that the terminal finds."""
    return nexo_till(kind, listen=HERE)


def shown(till: Any) -> list[tuple[str, str]]:
    return [(event.text, event.step) for event in till.seen(TerminalText)]


def test_where_the_card_holder_stands_is_told_as_the_terminal_says_it(till: Any) -> None:
    till.terminal.pin_above_minor = 0
    assert isinstance(till.pay(1_250), TerminalCompleted)
    if till.terminal.kind == "xml":
        assert [text for text, _ in shown(till) if text] == ["Insert or tap card", "Enter PIN", "Please wait"]
    else:
        assert [step for _, step in shown(till)][-3:] == ["card", "pin", "bank"]
    assert {status for status, _ in till.terminal.caller.answers} == {204}


def test_a_paper_that_the_terminal_asks_for_is_told_once(till: Any) -> None:
    till.terminal.caller.prints = True
    assert isinstance(till.pay(1_250), TerminalCompleted)
    copies = [event.copy for event in till.seen(TerminalPrint)]
    assert sorted(copies) == ["customer", "merchant"], "the customer's by request, the merchant's with the answer"
    assert any("12.50" in line or "12,50" in line for line in till.seen(TerminalPrint)[0].lines)
    status, body = till.terminal.caller.answers[-1]
    assert status == 200
    if till.terminal.kind == "xml":
        assert b'Result="Success"' in body and b"PrintResponse" in body


def test_a_terminal_that_does_not_find_the_till_is_told_of_no_display(nexo_till: Callable[..., Any], kind: str) -> None:
    till = nexo_till(kind)
    till.terminal.caller.listened_to = True
    assert isinstance(till.pay(1_250), TerminalCompleted)
    assert [text for text, _ in shown(till) if text] == []
    assert till.terminal.caller.answers == []


def test_nothing_is_shown_or_printed_that_belongs_to_no_payment(till: Any) -> None:
    till.rest(100)
    till.terminal.caller.prints = True
    till.terminal._sale_id = "1"
    till.terminal._tells = True
    till.terminal.show(0x0A)
    till.terminal.caller.print("CustomerReceipt", ("Free money",))
    till.rest(5_000)
    assert shown(till) == [] and till.seen(TerminalPrint) == []
    assert [status for status, _ in till.terminal.caller.answers] == [204, 200]


DISPLAY = {"DisplayOutput": {"OutputContent": {"OutputText": {"Text": "Type your PIN on this screen"}}}}
EVENT = {"DisplayOutput": {"OutputContent": {"PredefinedContent": {"ReferenceID": "a=b&event=WAIT_FOR_PIN"}}}}
PAPER = {"PrintOutput": {"DocumentQualifier": "CustomerReceipt", "OutputContent": {"OutputText": {"Text": "Paid"}}}}


def in_the_clear(category: str, content: dict[str, Any], poi_id: str = POI) -> bytes:
    header = {"MessageClass": "Device", "MessageCategory": category, "MessageType": "Request", "ServiceID": "1"}
    message = {"MessageHeader": {**header, "POIID": poi_id}, f"{category}Request": content}
    return json.dumps({"SaleToPOIRequest": message}).encode()


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (in_the_clear("Display", DISPLAY), 204, []),
        (in_the_clear("Display", EVENT), 204, [("", "pin")]),
        (in_the_clear("Display", EVENT, "ANOTHER-1"), 400, []),
        (in_the_clear("Print", PAPER), 400, []),
        (b"\x00\xff", 400, []),
        (b"[]", 400, []),
        (b"{}", 400, []),
    ],
)
def test_where_messages_are_sealed_nobody_else_puts_words_on_the_screen(
    nexo_till: Callable[..., Any], body: bytes, status: int, told: list[tuple[str, str]]
) -> None:
    till = nexo_till("json", listen=HERE)
    till.taps = False
    till.prepare()
    till.command(Authorize("a1", 1_250, ""))
    till.rest(1_000)
    before = len(shown(till))
    till.terminal.caller.say_as_it_is(body)
    till.rest(1_000)
    assert shown(till)[before:] == told and till.seen(TerminalPrint) == []
    assert till.terminal.caller.answers[-1][0] == status


# --- over real sockets ------------------------------------------------------------------------------------------------


def test_another_http_client_is_answered() -> None:
    """Python's own: a text while nothing is paid, garbage, and another method."""
    port = free_port()
    settings = driver_xml.Settings(
        port="socket://127.0.0.1:9", poi_id="LANE4", currency="SEK", listen=f"127.0.0.1:{port}"
    )
    device = driver_xml.make("card", settings)
    device.service(0)
    body = (
        b'<SaleToPOIRequest><MessageHeader MessageClass="Device" MessageCategory="Display" MessageType="Request" '
        b'POIID="LANE4"/><DisplayRequest><DisplayOutput Device="CashierDisplay"><OutputContent OutputFormat="Text">'
        b"<OutputText>Welcome</OutputText></OutputContent></DisplayOutput></DisplayRequest></SaleToPOIRequest>"
    )
    try:
        assert answered(device, port, body) == 204
        assert answered(device, port, b"<a/>") == 400
        assert answered(device, port, None) == 0
    finally:
        device.close()


def answered(device: Any, port: int, body: bytes | None) -> int:
    """The HTTP status; 0 where the connection is closed without one. The device is turned meanwhile."""
    found: list[int] = []

    def ask() -> None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", data=body, timeout=10) as answer:
                found.append(answer.status)
        except urllib.error.HTTPError as error:
            found.append(error.code)
        except OSError:
            found.append(0)

    person = threading.Thread(target=ask)
    person.start()
    now_ms = 1
    while person.is_alive():
        device.service(now_ms)
        now_ms += 1 if now_ms < 1_000 else 0
        person.join(0.001)
    return found[0]


def test_an_address_that_is_taken_is_tried_again_and_only_the_terminal_comes_in() -> None:
    port = free_port()
    first, second = ListeningSocket(("127.0.0.1", port)), ListeningSocket(("127.0.0.1", port), only="192.0.2.1")
    assert first.accept() is None and first.address == ("127.0.0.1", port)
    assert second.accept() is None and second.address is None
    first.close()
    for _ in range(LOOKS_APART):
        second.accept()
    assert second.address == ("127.0.0.1", port)
    with socket.create_connection(("127.0.0.1", port)) as stranger:
        visitor = None
        stranger.settimeout(10)
        while visitor is None and stranger_is_there(stranger):
            visitor = second.accept()
        assert visitor is None
    second.close()


def stranger_is_there(stranger: socket.socket) -> bool:
    stranger.setblocking(False)
    try:
        return stranger.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@pytest.mark.parametrize("text", ["11001", "host", "host:", "host:port", "host:99999", "http://host:1", "host:1/x"])
def test_an_address_that_is_none_is_refused_in_words(text: str) -> None:
    with pytest.raises(DeviceError, match="write one of this machine"):
        listening_address("card", text)


def test_the_json_driver_listens_too() -> None:
    port = free_port()
    settings = driver_json.Settings(
        port="socket://127.0.0.1:9",
        poi_id=POI,
        currency="SEK",
        key_id="k",
        passphrase="p",
        listen=f"127.0.0.1:{port}",
    )
    device = driver_json.make("card", settings)
    device.service(0)
    try:
        assert answered(device, port, in_the_clear("Display", EVENT)) == 204
    finally:
        device.close()
