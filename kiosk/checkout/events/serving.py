"""Serving events: staff take over a lane, and give it back to self-service."""

from kiosk.checkout.events.fact import Fact


class AssistedBegan(Fact, frozen=True):
    """Whoever is signed in serves from now on: they scan, key and take the money."""


class AssistedEnded(Fact, frozen=True):
    """Back to self-service, in the middle of a basket too. Whoever is signed in stays so."""


ServingEvent = AssistedBegan | AssistedEnded
