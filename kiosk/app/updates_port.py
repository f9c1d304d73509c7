"""Updates port: what loop, link and announcer need of whoever updates the machine; and a lane where nobody does."""

from typing import Literal, Protocol

import msgspec
from msgspec import UNSET, UnsetType

from kiosk.app.update_order import Order
from kiosk.checkout.effects import TellResult
from kiosk.checkout.events import Event
from kiosk.checkout.state import State
from kiosk.values.moment import Moment
from kiosk.wire.asking import UpdateAsk, UpdatePart
from kiosk.wire.messages import UpdateReport

WELL = "well"


class Worked(msgspec.Struct, frozen=True):
    """From the background: a job is done; `why` says why it is not."""

    job: Literal["saved", "wrote", "hashed", "brought"]
    size: int = 0
    sha256: str = ""
    why: str = ""


class Said(msgspec.Struct, frozen=True):
    """What the lane says of its version, in its state."""

    image: str = ""
    slot: str = ""
    since: str = ""
    update: UpdateReport | UnsetType = UNSET


class Updating(Protocol):
    """What loop, link and announcer need of it."""

    def turn(self, state: State, now: Moment) -> list[Event]:
        """What is to be done at this moment; events for the loop."""
        ...

    def heard(self, worked: Worked) -> None:
        """A job of the background is done."""
        ...

    def deadline_ms(self) -> int | None:
        """When it wants to be turned, whatever else happens."""
        ...

    def order(self, order: Order) -> str:
        """Take it; or why not, in words."""
        ...

    def told(self) -> list[TellResult]:
        """What the store is to hear of its orders now."""
        ...

    def ask(self, state: State, now: Moment) -> UpdateAsk | None:
        """The next part to ask the store for."""
        ...

    def part(self, part: UpdatePart | None, now: Moment) -> None:
        """Its answer; None: it did not have it."""
        ...

    def lost(self) -> None:
        """Nothing is on its way any more."""
        ...

    def said(self) -> Said:
        """For the lane's state."""
        ...

    def condition(self) -> str:
        """`well`, or what a new version waits for before it counts."""
        ...


class NoUpdates:
    """A lane that has no folder for it."""

    def turn(self, state: State, now: Moment) -> list[Event]:
        """Nothing."""
        return []

    def heard(self, worked: Worked) -> None:
        """Nothing works."""

    def deadline_ms(self) -> int | None:
        """Never."""
        return None

    def order(self, order: Order) -> str:
        """Refused."""
        return "this lane installs no updates"

    def told(self) -> list[TellResult]:
        """Nothing."""
        return []

    def ask(self, state: State, now: Moment) -> UpdateAsk | None:
        """Nothing."""
        return None

    def part(self, part: UpdatePart | None, now: Moment) -> None:
        """Nothing was asked."""

    def lost(self) -> None:
        """Nothing is."""

    def said(self) -> Said:
        """Nothing."""
        return Said()

    def condition(self) -> str:
        """Nobody installs anything: always well."""
        return WELL
