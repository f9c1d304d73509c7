"""Serving events: staff take over a lane, and give it back to self-service."""

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.events.staff import LaneReason


class AssistedBegan(Fact, frozen=True):
    """Whoever is signed in serves from now on: they scan, key and take the money."""


class AssistedEnded(Fact, frozen=True):
    """Back to self-service, in the middle of a basket too. Whoever is signed in stays so."""


class LanePaused(Fact, frozen=True, kw_only=True):
    """Staff pause the lane for so many minutes, 1 to 240; it opens again by itself."""

    minutes: int
    reason: LaneReason = ""
    """Also said to shoppers, in the shop's own fixed words."""


class TrainingBegan(Fact, frozen=True):
    """From now on whoever is signed in practises: nothing of it reaches the books."""


class TrainingEnded(Fact, frozen=True):
    """In earnest again, wherever the practising stands."""


class TrainingCardAnswered(Fact, frozen=True, kw_only=True):
    """Whoever practises lets the card be approved, or declined."""

    approved: bool


ServingEvent = TrainingBegan | TrainingEnded | TrainingCardAnswered | AssistedBegan | AssistedEnded | LanePaused
