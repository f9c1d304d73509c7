"""Staff events: a PIN was checked by the gate before any of these."""

from typing import Literal

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.tuning import Tuning

LaneReason = Literal["", "break", "cash", "cleaning", "fault", "other"]
"""Why staff close, pause or open a lane; nobody has to say."""


class StaffSignedIn(Fact, frozen=True, kw_only=True):
    """Somebody proved to be staff. The PIN itself is never in an event."""

    staff: str
    name: str
    role: Literal["cashier", "supervisor", "manager", "operator"]
    where: Literal["lane", "console"] = "lane"
    numbered: bool = False
    """Whether they typed their staff number too."""


class StaffRefused(Fact, frozen=True):
    """A PIN that nobody has."""


class StaffSignedOut(Fact, frozen=True):
    """Lock."""


class KeylockTurned(Fact, frozen=True, kw_only=True):
    """The staff key was turned, or turned back."""

    turned: bool


class AgeApproved(Fact, frozen=True):
    """Staff have checked the age: they have seen an ID, or the shopper is clearly old enough by the shop's rule."""

    how: Literal["id", "clear"] = "id"


class AgeRefused(Fact, frozen=True):
    """Staff refuse the age-limited items of this basket."""


class HelpSeen(Fact, frozen=True, kw_only=True):
    """Somebody answers the call."""

    name: str


class HelpCleared(Fact, frozen=True):
    """Staff have been here."""


class BasketRecalled(Fact, frozen=True, kw_only=True):
    """Staff bring a suspended basket back by its code. `till`: the lane that set it aside; empty: this one."""

    code: str
    till: str = ""


class BasketsListed(Fact, frozen=True):
    """Staff look which baskets were set aside."""


class DoubtSettled(Fact, frozen=True, kw_only=True):
    """Staff decide a payment in doubt from the terminal's own journal. `evidence` is what they read there."""

    attempt: str
    paid: bool
    evidence: str


class ReversalSettled(Fact, frozen=True, kw_only=True):
    """Staff have given a charge back that the terminal would not give back by itself.

    `reference`: what the terminal printed for it, where only staff know of the charge.
    """

    attempt: str
    reference: str = ""


class SignatureChecked(Fact, frozen=True, kw_only=True):
    """Staff have compared the signature on the slip with the card: it is right, or the charge goes back."""

    attempt: str
    right: bool


class SignatureSlipAsked(Fact, frozen=True, kw_only=True):
    """The slip to sign is wanted once more."""

    attempt: str


class ReprintAsked(Fact, frozen=True, kw_only=True):
    """Staff print a kept receipt again."""

    job: str


class PartTried(Fact, frozen=True, kw_only=True):
    """Staff try a part of the lane: a test slip, the next state of the light tower, a sound, whether the terminal
    answers, or all of these; what the scanner reads next; zero on a scale; the store, which is called at once."""

    part: Literal["printer", "lights", "speaker", "all", "scanner", "terminal", "scale", "shelf", "network"]


class RollChanged(Fact, frozen=True):
    """Staff have put a new roll of paper in, and want to see it print."""


class CleaningBegan(Fact, frozen=True):
    """Staff wipe the screen and the scanner: both are locked meanwhile."""


class LaneTuned(Fact, frozen=True, kw_only=True):
    """Staff set the first language, the sounds or the quiet hours of this lane: all of it as it is from now on."""

    tuning: Tuning


class LaneClosed(Fact, frozen=True, kw_only=True):
    """Staff close the lane (after the open visit, if there is one)."""

    reason: LaneReason = ""


class LaneOpened(Fact, frozen=True, kw_only=True):
    """Staff open the lane."""

    reason: LaneReason = ""


StaffEvent = (
    StaffSignedIn
    | StaffRefused
    | StaffSignedOut
    | KeylockTurned
    | AgeApproved
    | AgeRefused
    | HelpSeen
    | HelpCleared
    | BasketRecalled
    | BasketsListed
    | DoubtSettled
    | ReversalSettled
    | SignatureChecked
    | SignatureSlipAsked
    | ReprintAsked
    | PartTried
    | RollChanged
    | CleaningBegan
    | LaneTuned
    | LaneClosed
    | LaneOpened
)
