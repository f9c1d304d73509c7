"""Device requests: what the terminal asks of the till while it works: to show a text, or to print a paper. Pure.

Only a terminal that knows where to find us asks, and only if the login says that we have a display (`CashierDisplay`;
Swedbank Pay's Quick Guide calls it the full integration). A Display request is answered with nothing (HTTP 204), unless
it wants an answer; a Print request is answered when the paper is kept.

    <DisplayOutput Device="CashierDisplay"><OutputContent><OutputText>Enter PIN     a text, as PAX terminals send it
    PredefinedContent.ReferenceID = "TransactionID=..&TimeStamp=..&event=WAIT_FOR_PIN"      an event, as Adyen's do

An event is where the card holder stands; a text is shown as it is. What came in the clear where messages are sealed may
only say an event: nobody on the network puts words on our screen, or paper into our receipts.
"""

from typing import Any, Literal
from urllib.parse import parse_qs

import msgspec

from drivers.card_terminal.nexo import receipts
from drivers.card_terminal.nexo.binding import NotNexo
from drivers.card_terminal.nexo.messages import Message, Parties
from drivers.card_terminal.nexo.session import Session
from drivers.events import TerminalPrint, TerminalText

Step = Literal["card", "pin", "bank", "done", "remove"]
Copy = Literal["customer", "merchant", "admin"]
TEXT_LONGEST = 120
PAPERS_MOST = 4
"""That one payment may ask for."""
STEPS: dict[str, Step] = {
    "TENDER_CREATED": "card",
    "CARD_INSERTED": "card",
    "CARD_PRESENTED": "card",
    "CARD_SWIPED": "card",
    "WAIT_FOR_APP_SELECTION": "card",
    "APPLICATION_SELECTED": "card",
    "WAIT_FOR_PIN": "pin",
    "PIN_ENTERED": "bank",
    "CARD_REMOVED": "done",
    "TENDER_FINAL": "done",
}
"""Of Adyen's display notifications (DisplayNotificationEvent in its API library); the others say nothing of this."""
_COPIES: dict[str, Copy] = {"CustomerReceipt": "customer", "CashierReceipt": "merchant"}


class Shown(msgspec.Struct, frozen=True):
    """A text, or a step that has no words; `answers`: it wants to be told that it is shown."""

    text: str
    step: Step | None
    answer: Message


class Printed(msgspec.Struct, frozen=True):
    """A paper."""

    copy: Copy
    lines: tuple[str, ...]
    answer: Message
    refusal: Message
    """What is answered where the paper cannot be kept."""


class Noted(msgspec.Struct, frozen=True):
    """Something that needs no answer and changes nothing."""


Request = Shown | Printed | Noted


def read(message: Message, parties: Parties, *, sealed: bool) -> Request:
    """What it asks. Raises NotNexo for what is no request, is of another terminal, or may not be said so openly."""
    header = _dict(message.get("MessageHeader"))
    if header.get("POIID") != parties.poi_id:
        raise NotNexo("the request is of another terminal")
    category = header.get("MessageCategory")
    if category == "Display" and header.get("MessageType") == "Request":
        return _shown(header, message, sealed=sealed)
    if category == "Print" and header.get("MessageType") == "Request":
        if not sealed:
            raise NotNexo("a paper came in the clear")
        return _printed(header, message)
    return Noted()


def carry_out(session: Session, ticket: str, wanted: Request) -> Message:
    """Tell it of the payment or refund that runs (`ticket`; empty: none does). What is answered; empty: nothing."""
    match wanted:
        case Shown(text, step, answer):
            if ticket:
                can_cancel = step in (None, "card", "pin")
                told = TerminalText(
                    device=session.device, ticket=ticket, text=text, step=step or "card", can_cancel=can_cancel
                )
                session.report(told)
            return answer
        case Printed(copy, lines, answer, refusal):
            if not ticket or not any(lines) or len(session.papers) >= PAPERS_MOST:
                return refusal
            session.papers.append((ticket, copy))
            session.report(TerminalPrint(device=session.device, ticket=ticket, copy=copy, lines=lines, message=0))
            return answer
        case _:
            return {}


def _shown(header: Message, message: Message, *, sealed: bool) -> Request:
    outputs = _list(_dict(message.get("DisplayRequest")).get("DisplayOutput"))
    output: Message = next((one for one in outputs if one.get("Device") != "CustomerDisplay"), {})
    content = _dict(output.get("OutputContent"))
    event = _event(_dict(content.get("PredefinedContent")).get("ReferenceID"))
    text = " ".join(" ".join(_texts(content)).split())[:TEXT_LONGEST] if sealed else ""
    if not any(letter.isprintable() for letter in text) and event not in STEPS:
        return Noted()
    wants = str(output.get("ResponseRequiredFlag")).lower() == "true"
    result = {
        "Device": output.get("Device", "CashierDisplay"),
        "InfoQualify": output.get("InfoQualify", "Status"),
        "Response": {"Result": "Success"},
    }
    told = _answer(header, "Display", {"OutputResult": result}) if wants else {}
    return Shown("".join(letter for letter in text if letter.isprintable()), STEPS.get(event), told)


def _printed(header: Message, message: Message) -> Printed:
    output = _dict(_dict(message.get("PrintRequest")).get("PrintOutput"))
    qualifier = output.get("DocumentQualifier")
    paper = receipts.read(_texts(_dict(output.get("OutputContent"))))

    def answer(response: Message) -> Message:
        named = qualifier if isinstance(qualifier, str) else "Document"
        return _answer(header, "Print", {"DocumentQualifier": named, "Response": response})

    return Printed(
        _COPIES.get(str(qualifier), "admin"),
        paper.lines,
        answer({"Result": "Success"}),
        answer({"Result": "Failure", "ErrorCondition": "UnavailableDevice"}),
    )


def _answer(header: Message, category: str, body: Message) -> Message:
    names = ("MessageClass", "MessageCategory", "ServiceID", "DeviceID", "SaleID", "POIID")
    same = {name: header[name] for name in names if isinstance(header.get(name), str)}
    return {"MessageHeader": {**same, "MessageType": "Response"}, f"{category}Response": body}


def _event(reference: object) -> str:
    fields = parse_qs(reference, max_num_fields=20) if isinstance(reference, str) and reference.count("&") < 20 else {}
    return fields.get("event", [""])[0]


def _texts(content: Message) -> list[str]:
    """Of an OutputContent, whichever way its binding nests them."""
    found = content.get("OutputText")
    texts = [
        one.get("Text") if isinstance(one, dict) else one for one in (found if isinstance(found, list) else [found])
    ]
    return [text for text in texts if isinstance(text, str)]


def _dict(found: Any) -> Message:
    return found if isinstance(found, dict) else {}


def _list(found: Any) -> list[Message]:
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]
