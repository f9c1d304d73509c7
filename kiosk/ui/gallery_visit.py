"""A visit of the gallery: a lane, its eyes and a clock, played through the checkout by real events and real touches."""

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, deadline_ms, step
from kiosk.checkout.questions import MemberAnswer
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.scale import Plate, Trade
from kiosk.ui.gallery_goods import SHOPPING
from kiosk.ui.view import Greet, Look, OpenPage, SubmitPin, TypeKey, View
from kiosk.ui.viewing import follow, look
from kiosk.values.moment import Moment

LANE = Lane(
    store="s001",
    till="k04",
    languages=("sv", "en"),
    store_name="Kassa",
    number="4",
    needs=("scanner",),
    receipt_url="https://kassa.example",
    exit_codes=True,
    scale=Plate(),
    trade=Trade("1.0", "3f9ac0de" * 8, ("T8217-EU", "DK0199.1")),
)
EVERY_TENDER: tuple[TenderKind, ...] = ("card", "qr", "gift_card", "cash")
_START_UTC_MS = 1_795_439_220_000
"""2026-11-23 14:07 in Stockholm."""


class Visit:
    """A lane, its eyes, and a clock that moves only when told."""

    def __init__(self, language: str, lane: Lane = LANE) -> None:
        self.state = blank(lane)
        self.view = View()
        self.tick_ms = 10_000
        self.does(e.Restarted(lane=lane, genesis="0" * 64), e.LanguageChosen(language=language))

    def _now(self) -> Moment:
        return Moment(_START_UTC_MS + self.tick_ms - 10_000, self.tick_ms, "2026-11-23")

    def does(self, *said: e.Event | Look) -> "Visit":
        """Let this happen now, touches included."""
        for one in said:
            now = self._now()
            self.view = replace(self.view, now_ms=now.tick_ms, utc_ms=now.utc_ms)
            if isinstance(one, Look):
                self.view = look(self.view, one, self.state)
                continue
            before = self.state
            self.state, _ = step(self.state, replace(one, at=now))
            self.view = follow(self.view, before, self.state)
        return self

    def waits(self, duration_ms: int) -> "Visit":
        """Let time pass, stopping at every deadline on the way as the loop does."""
        until = self.tick_ms + duration_ms
        while (due := deadline_ms(self.state)) is not None and due <= until:
            self.tick_ms = max(self.tick_ms, due)
            self.does(e.TimePassed())
        self.tick_ms = until
        return self.does()._looks()

    def _looks(self) -> "Visit":
        now = self._now()
        self.view = replace(self.view, now_ms=now.tick_ms, utc_ms=now.utc_ms)
        return self

    def shops(self) -> "Visit":
        """The basket of the mockups."""
        return self.does(*(e.ItemFound(item=item, count=n, weight_g=grams) for item, n, grams in SHOPPING))

    def shops_as_member(self) -> "Visit":
        """The same with Sam's card: what most of the mockups pay."""
        return self.shops().shows_member_card()

    def shows_member_card(self) -> "Visit":
        """Sam, a member, is known: the bread costs less."""
        self.does(e.MemberCalled(key="KM-1000001"))
        answer = MemberAnswer(state="ok", member="m1", groups=("members",), points=412)
        return self.does(Greet("Sam"), e.QuestionAnswered(id=self.state.asked[0].id, answer=answer))

    def attempt(self) -> str:
        """The card attempt that is open."""
        assert self.state.payment is not None
        return self.state.payment.attempt

    def taps_card(self) -> "Visit":
        """Pay with the only tender there is: the terminal is armed."""
        self.does(e.PayPressed())
        return self.does(e.CardReady(attempt=self.attempt(), baseline="{}"))

    def says_yes(self) -> "Visit":
        """The bank and the terminal agree, and the disk has it."""
        attempt = self.attempt()
        assert self.state.payment is not None
        amount = self.state.payment.amount
        record = e.CardRecord(amount=amount, terminal="29001234", receipt="0175", masked="************4021")
        return self.does(
            e.CardApproved(attempt=attempt, record=record, message=1),
            e.CardCompleted(attempt=attempt, record=record, message=2),
            e.Stored(),
        )

    def signs_in(self) -> "Visit":
        """Alex types a PIN."""
        self.does(OpenPage("staff_pin"), *(TypeKey(digit) for digit in "1234"), SubmitPin())
        return self.does(e.StaffSignedIn(staff="u7", name="Alex", role="supervisor"))
