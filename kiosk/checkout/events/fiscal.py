"""Fiscal events: what the signer of sales has answered (`signing`)."""

from kiosk.checkout.events.fact import Fact


class SaleSigned(Fact, frozen=True, kw_only=True):
    """The sale with this number is signed: by which version of the key, with which local date and time in it."""

    number: int
    date: str
    time: str
    signature: str
    key: str


class SignerFailed(Fact, frozen=True, kw_only=True):
    """The signer cannot sign this number now."""

    number: int
    why: str


FiscalEvent = SaleSigned | SignerFailed
