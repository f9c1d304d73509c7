"""Signing desk: the signer of a world's shop, with the troubles that signers have and a memory that finds out cheats.

It is the simulated signer that ships. `mood`: it `works`, `fails`, or `says nothing`. What it was once told under a
number it never hears otherwise: that would be a second, different signature.
"""

import base64
import hashlib
import hmac
from datetime import tzinfo
from typing import Literal

from kiosk.app.signer import SIMULATED_KEY, simulated_signer
from kiosk.checkout.effects import SignSale
from kiosk.checkout.events import Event, SignerFailed


class SigningDesk:
    """A Signer."""

    def __init__(self, zone: tzinfo) -> None:
        self._signer = simulated_signer(zone)
        self.method = self._signer.method
        self.mood: Literal["works", "fails", "says nothing"] = "works"
        self.told: dict[int, SignSale] = {}

    def sign(self, order: SignSale) -> list[Event]:
        """As its mood is."""
        number = order.request.number
        assert self.told.setdefault(number, order).request == order.request, f"number {number} is signed as two sales"
        if self.mood == "says nothing":
            return []
        if self.mood == "fails":
            return [SignerFailed(number=number, why="the signer is out of order")]
        return self._signer.sign(order)


def holds(text: str, signature: str) -> bool:
    """Whether the simulated signer has signed this text so."""
    given = hmac.new(SIMULATED_KEY, text.encode(), hashlib.sha1).digest()
    return base64.b64encode(given).decode() == signature
