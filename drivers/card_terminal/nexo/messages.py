"""Messages: what the till says, as one model for both bindings (nexo Sale to POI protocol, 3.0 and 3.1).

A message is a mapping of names as the standard writes them, in the order of its schema: the XML parser of some
terminals insists on that order. Its values are text, whole numbers, decimals, yes or no, mappings, and lists of them.
"""

from decimal import Decimal
from typing import Any, Literal

import msgspec

from drivers.card_terminal.nexo.amounts import decimal_of

Message = dict[str, Any]
Category = Literal[
    "Login", "Logout", "Payment", "Reversal", "Abort", "TransactionStatus", "Reconciliation", "Diagnosis"
]
APPLICATION, VERSION = "Kassa", "1"


class Parties(msgspec.Struct, frozen=True):
    """Who talks to whom, in which version of the protocol. The ids are agreed between the shop and its acquirer."""

    version: Literal["3.0", "3.1"]
    sale_id: str
    poi_id: str


def request(parties: Parties, category: Category, service_id: str, body: Message) -> Message:
    """The whole message, without the root element that its binding puts around it."""
    header = {
        "ProtocolVersion": parties.version,
        "MessageClass": "Service",
        "MessageCategory": category,
        "MessageType": "Request",
        "ServiceID": service_id,
        "SaleID": parties.sale_id,
        "POIID": parties.poi_id,
    }
    return {"MessageHeader": header, f"{category}Request": body}


def login(parties: Parties, when: str, language: str, *, listens: bool = False) -> Message:
    """Begin a session. `PrinterReceipt` alone: the terminal asks nothing of us, so we need not listen."""
    capabilities = ["CashierDisplay", "PrinterReceipt"] if listens else ["PrinterReceipt"]
    maker = {"ProviderIdentification": APPLICATION} if parties.version == "3.1" else {"ManufacturerID": APPLICATION}
    software = {**maker, "ApplicationName": APPLICATION, "SoftwareVersion": VERSION}
    if parties.version == "3.0":
        software["CertificationCode"] = "0"
    return {
        "OperatorLanguage": language,
        "DateTime": when,
        "SaleSoftware": software,
        "SaleTerminalData": {"TerminalEnvironment": "Attended", "SaleCapabilities": capabilities},
    }


def logout() -> Message:
    """End it. Until the next login the terminal may look after itself: it must have an hour of that each day."""
    return {"MaintenanceAllowed": True}


def payment(ticket: str, when: str, amount_minor: int, currency: str, kind: Literal["Normal", "Refund"]) -> Message:
    """Take this amount, or give it."""
    amount: Decimal = decimal_of(amount_minor)
    return {
        "SaleData": {"SaleTransactionID": {"TransactionID": ticket, "TimeStamp": when}},
        "PaymentTransaction": {"AmountsReq": {"Currency": currency, "RequestedAmount": amount}},
        "PaymentData": {"PaymentType": kind},
    }


def reversal(parties: Parties, transaction_id: str, timestamp: str) -> Message:
    """Take back the whole of that transaction."""
    original = {
        "SaleID": parties.sale_id,
        "POIID": parties.poi_id,
        "POITransactionID": {"TransactionID": transaction_id, "TimeStamp": timestamp},
    }
    return {"ReversalReason": "MerchantCancel", "OriginalPOITransaction": original}


def reference(parties: Parties, category: Category, service_id: str) -> Message:
    """Which message is meant."""
    return {
        "MessageCategory": category,
        "ServiceID": service_id,
        "SaleID": parties.sale_id,
        "POIID": parties.poi_id,
    }


def status(of: Message | None = None) -> Message:
    """What became of that message; without a reference, of the last payment or reversal of ours."""
    return {} if of is None else {"MessageReference": of}


def abort(of: Message) -> Message:
    """Please stop that one."""
    return {"MessageReference": of, "AbortReason": "MerchantAbort"}


def reconciliation() -> Message:
    """Close the period of the totals."""
    return {"ReconciliationType": "SaleReconciliation"}


def diagnosis() -> Message:
    """How are you? The acquirers' computers need not be asked."""
    return {"HostDiagnosisFlag": False}
