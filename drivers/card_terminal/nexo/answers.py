"""Answers: what the terminal says, typed, out of a message of either binding.

Whatever is missing or of another kind is read as absent: what an answer must have to be believed is decided where it
is believed (`payment`, `recovery`). Only what says whose answer it is must be there.
"""

from typing import Any, Literal

import msgspec

from drivers.card_terminal.nexo import receipts
from drivers.card_terminal.nexo.amounts import minor_of
from drivers.card_terminal.nexo.binding import NotNexo
from drivers.card_terminal.nexo.messages import Message
from drivers.events import TerminalRecord

Copy = Literal["customer", "merchant"]
_COPIES: dict[str, Copy] = {"CustomerReceipt": "customer", "CashierReceipt": "merchant"}
SHOWN_AT_MOST = 10
"""Digits of a card number that a masked one may show."""
_TEXT = 200
"""Characters of a text that are kept."""


class Header(msgspec.Struct, frozen=True):
    """Whose message it is."""

    category: str
    service_id: str
    sale_id: str
    poi_id: str


class Transaction(msgspec.Struct, frozen=True):
    """A payment, refund or reversal as the terminal answers it, at once or when it is asked again."""

    header: Header
    result: str
    condition: str
    detail: str
    transaction_id: str = ""
    timestamp: str = ""
    amount_minor: int | None = None
    currency: str = ""
    payment_type: str = ""
    card_name: str = ""
    pan: str = ""
    authorization: str = ""
    papers: tuple[tuple[Copy, tuple[str, ...]], ...] = ()
    signature: bool = False

    @property
    def approved(self) -> bool:
        """Whether it says so."""
        return self.result == "Success"


class Totals(msgspec.Struct, frozen=True):
    """Of one brand of cards: how many transactions, and their sum; below zero for what was given."""

    brand: str
    count: int
    amount_minor: int


class Reply(msgspec.Struct, frozen=True):
    """An answer."""

    header: Header
    result: str
    condition: str = ""
    """ErrorCondition; empty if there is none."""
    detail: str = ""
    transaction: Transaction | None = None
    """The transaction itself; of a status, the repeated one."""
    global_status: str = ""
    totals: tuple[Totals, ...] = ()

    @property
    def success(self) -> bool:
        """Whether what was asked was done."""
        return self.result == "Success"


def read(message: Message) -> Reply:
    """The message, typed. Raises NotNexo if it does not say whose answer it is, or how the request went."""
    header = _header(message, None)
    body = _dict(message.get(f"{header.category}Response"))
    result, condition, detail = _response(body)
    if not result:
        raise NotNexo("the answer has no result")
    transaction = None
    if header.category in ("Payment", "Reversal"):
        transaction = _transaction(header, body)
    elif header.category == "TransactionStatus":
        transaction = _repeated(_dict(body.get("RepeatedMessageResponse")), header)
    return Reply(
        header,
        result,
        condition,
        detail,
        transaction,
        global_status=_text(_at(body, "POIStatus", "GlobalStatus")),
        totals=tuple(one for entry in _list(body.get("TransactionTotals")) for one in _totals(entry)),
    )


def answer_to(question: Header, message: Message) -> Reply:
    """The answer to that request. Raises NotNexo for one that cannot be read, or is to another or of another."""
    reply = read(message)
    found = reply.header
    if (found.category, found.service_id) != (question.category, question.service_id):
        raise NotNexo("the answer is that to another request")
    if found != question:
        raise NotNexo(f"the answer is for {found.sale_id} of terminal {found.poi_id}")
    return reply


def record_of(transaction: Transaction, amount_minor: int, original: str = "") -> TerminalRecord:
    """As all card terminals report it. The terminal's own name of it is both receipt number and trace; its timestamp
    is kept letter by letter, since a reversal must repeat it. `original`: the transaction that it takes back."""
    date, _, time = transaction.timestamp.partition("T")
    return TerminalRecord(
        amount_minor=amount_minor,
        terminal_id=transaction.header.poi_id,
        receipt=transaction.transaction_id,
        trace=transaction.transaction_id,
        original_trace=original,
        date=date,
        time=time,
        card_name=transaction.card_name,
        pan=transaction.pan,
        authorization=transaction.authorization,
        result="00" if transaction.approved else transaction.condition or "Failure",
        signature=transaction.signature,
    )


# --- reading ---------------------------------------------------------------------------------------------------------


def _header(message: Message, around: Header | None) -> Header:
    """Of an answer; inside a status, the ids `around` it stand for those that are left out."""
    found = _dict(message.get("MessageHeader"))
    category, service_id = _text(found.get("MessageCategory")), _text(found.get("ServiceID"))
    sale_id, poi_id = _text(found.get("SaleID")), _text(found.get("POIID"))
    if around is not None:
        sale_id, poi_id = sale_id or around.sale_id, poi_id or around.poi_id
    elif found.get("MessageType") != "Response":
        raise NotNexo("the message is no answer")
    if not category or not service_id:
        raise NotNexo("the answer does not say whose it is")
    return Header(category, service_id, sale_id, poi_id)


def _response(body: Message) -> tuple[str, str, str]:
    found = _dict(body.get("Response"))
    detail = found.get("AdditionalResponse")
    detail = detail.get("Text") if isinstance(detail, dict) else detail
    return _text(found.get("Result")), _text(found.get("ErrorCondition")), _text(detail)


def _repeated(found: Message, around: Header) -> Transaction | None:
    """In JSON the body is one level deeper than in XML."""
    if not found:
        return None
    header = _header(found, around)
    within = _dict(found.get("RepeatedResponseMessageBody")) or found
    body = _dict(within.get(f"{header.category}Response"))
    return _transaction(header, body) if body else None


def _transaction(header: Header, body: Message) -> Transaction:
    result, condition, detail = _response(body)
    named, outcome = _dict(_at(body, "POIData", "POITransactionID")), _dict(body.get("PaymentResult"))
    amounts, card = _dict(outcome.get("AmountsResp")), _dict(_at(outcome, "PaymentInstrumentData", "CardData"))
    papers, signature = _papers(body)
    return Transaction(
        header,
        result,
        condition,
        detail,
        transaction_id=_text(named.get("TransactionID")),
        timestamp=_text(named.get("TimeStamp")),
        amount_minor=minor_of(amounts.get("AuthorizedAmount")),
        currency=_text(amounts.get("Currency")),
        payment_type=_text(outcome.get("PaymentType")),
        card_name=_text(card.get("PaymentBrand")).rpartition(",")[2].strip(),
        pan=_masked(_text(card.get("MaskedPAN")) or _text(card.get("MaskedPan"))),
        authorization=_text(_at(outcome, "PaymentAcquirerData", "ApprovalCode")),
        papers=papers,
        signature=signature,
    )


def _papers(body: Message) -> tuple[tuple[tuple[Copy, tuple[str, ...]], ...], bool]:
    papers: list[tuple[Copy, tuple[str, ...]]] = []
    signature = False
    for one in _list(body.get("PaymentReceipt")):
        copy = _COPIES.get(_text(one.get("DocumentQualifier")))
        texts = _at(one, "OutputContent", "OutputText")
        found = receipts.read([_line(text) for text in (texts if isinstance(texts, list) else [texts]) if text])
        signature = signature or found.signature or str(one.get("RequiredSignatureFlag")).lower() == "true"
        if copy is not None and any(found.lines):
            papers.append((copy, found.lines))
    return tuple(papers), signature


def _line(text: object) -> str:
    """The text of an OutputText, which may be as long as a whole paper."""
    inner = text.get("Text") if isinstance(text, dict) else text
    return inner if isinstance(inner, str) else ""


def _totals(entry: Message) -> list[Totals]:
    brand = _text(entry.get("CardBrand")) or _text(entry.get("PaymentInstrumentType")) or "card"
    found = []
    for one in _list(entry.get("PaymentTotals")):
        count, amount = _text(one.get("TransactionCount")), minor_of(one.get("TransactionAmount"))
        sign = {"Debit": 1, "Credit": -1, "ReverseDebit": -1, "ReverseCredit": 1}.get(_text(one.get("TransactionType")))
        if count.isascii() and count.isdigit() and amount is not None and sign is not None:
            found.append(Totals(brand, int(count), sign * amount))
    return found


def _masked(pan: str) -> str:
    """Never a whole card number, whoever sends one."""
    digits = sum(letter.isdigit() for letter in pan)
    return pan[:40] if digits <= SHOWN_AT_MOST else f"{'*' * max(0, len(pan) - 4)}{pan[-4:]}"[-40:]


def _at(found: object, *path: str) -> Any:
    for name in path:
        found = _dict(found).get(name)
    return found


def _dict(found: object) -> Message:
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[Message]:
    """Of mappings; one alone is a list of one."""
    return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]


def _text(found: object) -> str:
    """A scalar as text; empty for everything else."""
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found)[:_TEXT] if isinstance(found, str) or abs(found) < 10**18 else ""
