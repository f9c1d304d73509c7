"""The terminal's XML, written apart from the till's: a mistake in one is not repeated in the other."""

import base64
import json
from collections.abc import Callable
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from drivers.card_terminal.nexo.simulated.speech import Asked, Deal, Said, money

Write = Callable[[Said], bytes]
_PATHS = {
    "amount": ("PaymentTransaction/AmountsReq", "RequestedAmount"),
    "currency": ("PaymentTransaction/AmountsReq", "Currency"),
    "kind": ("PaymentData", "PaymentType"),
    "category": ("MessageReference", "MessageCategory"),
    "service_id": ("MessageReference", "ServiceID"),
    "sale_id": ("MessageReference", "SaleID"),
    "poi_id": ("MessageReference", "POIID"),
    "original": ("OriginalPOITransaction/POITransactionID", "TransactionID"),
    "timestamp": ("OriginalPOITransaction/POITransactionID", "TimeStamp"),
}


def read(body: bytes) -> Asked | None:
    """A request; None for what is none."""
    try:
        root = ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError):
        return None
    header = root.find("MessageHeader")
    if root.tag != "SaleToPOIRequest" or header is None or header.get("ProtocolVersion") != "3.1":
        return None
    content = root.find(f"{header.get('MessageCategory')}Request")
    if content is None:
        return None
    fields = {}
    for name, (path, attribute) in _PATHS.items():
        place = content.find(path)
        if place is not None and attribute in place.attrib:
            fields[name] = place.attrib[attribute]
    capabilities = content.find("SaleTerminalData/SaleCapabilities")
    if capabilities is not None:
        fields["capabilities"] = capabilities.text or ""
    ids = (header.get("MessageCategory", ""), header.get("ServiceID", ""), header.get("SaleID", ""))
    return Asked(*ids, header.get("POIID", ""), fields)


def write(said: Said) -> bytes:
    """An answer."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<SaleToPOIResponse>{_message(said)}</SaleToPOIResponse>'.encode()


def ask(asked: Asked, content: dict[str, object]) -> bytes:
    """A request of the terminal's own."""
    header = _tag(
        "MessageHeader",
        MessageClass="Device",
        MessageCategory=asked.category,
        MessageType="Request",
        ServiceID=asked.service_id,
        DeviceID=asked.service_id,
        SaleID=asked.sale_id,
        POIID=asked.poi_id,
    )
    inner = "".join(_nested(name, value) for name, value in content.items())
    body = f"<{asked.category}Request>{inner}</{asked.category}Request>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<SaleToPOIRequest>{header}{body}</SaleToPOIRequest>'.encode()


def _nested(name: str, value: object) -> str:
    """Texts and what has parts are elements, all else is an attribute of what it is in."""
    if isinstance(value, list):
        return "".join(_nested(name, one) for one in value)
    if not isinstance(value, dict):
        return f"<{name}>{escape(str(value))}</{name}>"
    plain = {key: str(one) for key, one in value.items() if not isinstance(one, dict | list) and key != "OutputText"}
    inner = "".join(_nested(key, one) for key, one in value.items() if key not in plain)
    return _tag(name, inner, **{key: one.lower() if one in ("True", "False") else one for key, one in plain.items()})


def reject(why: str) -> bytes:
    """What is said of a message that cannot be read."""
    event = f'<EventNotification EventToNotify="Reject"><EventDetails>{escape(why)}</EventDetails></EventNotification>'
    header = '<MessageHeader MessageClass="Event" MessageCategory="Event" MessageType="Notification"/>'
    return f"<SaleToPOIRequest>{header}{event}</SaleToPOIRequest>".encode()


def _message(said: Said) -> str:
    asked = said.asked
    header = _tag(
        "MessageHeader",
        MessageClass="Service",
        MessageCategory=asked.category,
        MessageType="Response",
        ServiceID=asked.service_id,
        SaleID=asked.sale_id,
        POIID=asked.poi_id,
    )
    detail = f"<AdditionalResponse>{escape(said.detail)}</AdditionalResponse>" if said.detail else ""
    response = _tag("Response", detail, Result=said.result, ErrorCondition=said.condition) if said.result else ""
    inner = response + _body(said)
    return f"{header}<{asked.category}Response>{inner}</{asked.category}Response>"


def _body(said: Said) -> str:
    if said.repeated is not None:
        return f"<RepeatedMessageResponse>{_message(said.repeated)}</RepeatedMessageResponse>"
    if said.asked.category == "Login":
        serial = _tag("POITerminalData", TerminalEnvironment="Attended", POISerialNumber="1710000520")
        return f"<POISystemData><DateTime>2026-11-23T10:00:00.000Z</DateTime>{serial}</POISystemData>"
    if said.sums:
        return "".join(
            _tag(
                "TransactionTotals",
                _tag(
                    "PaymentTotals",
                    TransactionType=one.kind,
                    TransactionCount=str(one.count),
                    TransactionAmount=money(one.amount_minor),
                ),
                PaymentInstrumentType="Card",
                CardBrand=one.brand,
            )
            for one in said.sums
        )
    return _deal(said.deal, said.asked.category) if said.deal is not None else ""


def _deal(deal: Deal, category: str) -> str:
    named = _tag("POITransactionID", TransactionID=deal.transaction_id, TimeStamp=deal.timestamp)
    text = f"<POIData>{named}</POIData>"
    if category == "Payment":
        card = _tag("CardData", PaymentBrand=f"01,{deal.brand}", MaskedPAN=deal.pan, EntryMode=deal.entry_mode)
        instrument = _tag("PaymentInstrumentData", card, PaymentInstrumentType="Card")
        amount = money(deal.amount_minor) if deal.amount_minor is not None else ""
        amounts = _tag("AmountsResp", Currency=deal.currency, AuthorizedAmount=amount, CashBackAmount="0.00")
        approval = f"<ApprovalCode>{deal.approval}</ApprovalCode>" if deal.approval else ""
        acquirer = _tag("PaymentAcquirerData", approval, MerchantID="10020001", AcquirerPOIID="877888")
        text += _tag("PaymentResult", instrument + amounts + acquirer, PaymentType=deal.payment_type)
    papers = (("CashierReceipt", "Merchant", deal.merchant), ("CustomerReceipt", "Cardholder", deal.customer))
    return text + "".join(_paper(*paper, signature=deal.signature) for paper in papers if paper[2])


def _paper(qualifier: str, owner: str, lines: tuple[str, ...], *, signature: bool) -> str:
    data = {
        owner: {
            "Mandatory": {"Payment": {"SignatureBlock": signature and owner == "Merchant"}},
            "Optional": {"ReceiptString": list(lines)},
        }
    }
    text = base64.b64encode(json.dumps(data, ensure_ascii=False).encode()).decode()
    content = _tag("OutputContent", f"<OutputText>{text}</OutputText>", OutputFormat="Text")
    return _tag("PaymentReceipt", content, DocumentQualifier=qualifier)


def _tag(tag: str, content: str = "", /, **attributes: str) -> str:
    written = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items() if value)
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"
