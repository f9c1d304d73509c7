"""Dialog 06: the till gives unit price and tare, the scale weighs and works out the price, which counts. Pure.

Theory. One weighing is a dialogue of four kinds of questions, and each answer says which comes next:

    price   01 or 03   ->  ACK: weight;  11 `2`: checksums;  NAK: status
    weight  EOT ENQ    ->  02: done;  11 `0` or `1`: price again;  NAK: status
    status  08         ->  20, 22: weight;  the others: price
    checksums  10      ->  ACK: weight

A scale asks for checksums when it was switched on, after an error, after every 50 weighings, and after it has shown its
version; until they are right it gives no weight (DIVA service manual, 6.1.8.4). Status 21 says that the load has not
moved since it was weighed: what it gave then still stands if that was at this price and is known, else it must be
lifted.

While nothing is to be weighed only the status is asked for, to know that the scale is there: a weighing that nobody
wants would use the load up. (That a scale answers record 08 without a NAK before it is taken for granted: the manuals
do not say.) So a Dialog 06 scale has no weight to tell before an item was chosen; it shows it itself.

A weight is believed only where unit, unit price and product are those that were asked for. `grams` is the net weight of
record 02 and the tare together, which is what lies there.
"""

from typing import Literal

from drivers.events import HardwareEvent, Priced, PriceScale, WeightSeen
from drivers.scale import dialog06_records as records
from drivers.scale.dialog06_records import Answer, Challenge, Ear, Status, Verdict, Weighed
from drivers.scale.talk import Talk

Step = Literal["price", "weight", "status", "checksums"]


class Dialog06(Talk):
    """One scale's side of the talk."""

    def __init__(
        self, device: str, *, checksum: int, polynomial: int | None, digits: int = 6, step_minor: int = 1
    ) -> None:
        """`checksum`: CS; `polynomial` None: nobody has told it; `digits` of a unit price; `step_minor`: what the scale
        rounds its prices to."""
        super().__init__(device)
        self._checksum, self._polynomial = checksum, polynomial
        self._digits, self._step_minor = digits, step_minor
        self._order = PriceScale()
        self._step: Step = "price"
        self._challenge = Challenge(0, 0)
        self._anew = False
        """The order has changed since the open question."""
        self._fits = True
        self._last: tuple[PriceScale, WeightSeen] | None = None
        """What the last weighing was for and what it gave; None: its answer was lost."""
        self._ear = Ear()
        self._ends = b""

    def price(self, order: PriceScale) -> None:
        """From now on weigh at this price and tare."""
        if order != self._order:
            self._order, self._anew = order, True
            price = order.unit_price_minor or 0
            self._fits = 0 <= price < 10**self._digits and 0 <= order.tare_g <= records.MOST_TARE_G

    def receive(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes in, events out."""
        happened: list[HardwareEvent] = []
        for byte in data:
            answer = self._ear.hear(byte)
            if answer is not None:
                happened += self._answered(answer, now_ms)
        return happened

    def request(self, now_ms: int) -> tuple[bytes, list[HardwareEvent]]:
        """As Talk; the EOT that every answer is owed goes first."""
        question, told = super().request(now_ms)
        ends, self._ends = self._ends, b""
        return ends + question, told

    def _question(self) -> bytes:
        if self._anew or self._is_idle:
            self._anew, self._step = False, "status" if self._is_idle else "price"
        match self._step:
            case "price":
                return records.priced(self._order.unit_price_minor or 0, self._order.tare_g, self._digits)
            case "weight":
                return records.WEIGH
            case "status":
                return records.ASK_STATUS
            case "checksums":
                assert self._polynomial is not None, "nothing can be answered without it"
                return records.checked(self._checksum, self._polynomial, self._challenge)

    @property
    def _is_idle(self) -> bool:
        return self._order.unit_price_minor is None or not self._fits

    def _forget(self) -> None:
        self._last = None if self._step == "weight" else self._last
        self._ear.forget()
        self._step, self._ends = "price", b""

    def _answered(self, answer: Answer, now_ms: int) -> list[HardwareEvent]:
        """What the answer to the open question means; one that answers nothing makes the dialogue begin anew."""
        self._ends = records.EOT
        if self._anew or (self._is_idle and not isinstance(answer, Status)):
            self._last = None if isinstance(answer, Weighed) else self._last
            self._rhythm.answered(now_ms, go_on=self._anew)
            return self._alive()
        match self._step, answer:
            case "price", "ack":
                return self._next("weight", now_ms)
            case "price", Challenge():
                return self._challenged(answer, now_ms)
            case "checksums", "ack":
                return self._next("weight", now_ms)
            case (("price" | "weight" | "checksums"), "nak"):
                return self._next("status", now_ms)
            case "weight", Verdict(right):
                return self._judged(right, now_ms)
            case "weight", Weighed():
                return self._weighed(answer, now_ms)
            case "status", Status(code):
                return self._status(code, now_ms)
        self._forget()
        self._rhythm.nonsense()
        return []

    def _next(self, step: Step, now_ms: int) -> list[HardwareEvent]:
        self._step = step
        self._rhythm.answered(now_ms, go_on=True)
        return self._alive()

    def _challenged(self, challenge: Challenge, now_ms: int) -> list[HardwareEvent]:
        if self._polynomial is None:
            self._rhythm.answered(now_ms)
            return self._heard(self._seen(None, trouble="checksum"))
        self._challenge = challenge
        return self._next("checksums", now_ms)

    def _judged(self, right: bool, now_ms: int) -> list[HardwareEvent]:
        if right:
            return self._next("price", now_ms)
        self._step = "price"
        self._rhythm.answered(now_ms)
        return self._heard(self._seen(None, trouble="checksum"))

    def _weighed(self, said: Weighed, now_ms: int) -> list[HardwareEvent]:
        order = self._order
        if said.unit in records.POUNDS:
            seen = self._seen(None, trouble="unit")
        elif (
            said.unit == records.KILOGRAMS
            and said.unit_price_minor == order.unit_price_minor
            and said.multiplies(self._step_minor)
        ):
            price = Priced(said.unit_price_minor, order.tare_g, said.sales_price_minor)
            seen = self._seen(said.net_g + order.tare_g, stable=True, priced=price)
        else:
            self._forget()
            self._rhythm.nonsense()
            return []
        self._step, self._last = "price", (order, seen)
        self._rhythm.answered(now_ms)
        return self._heard(seen)

    def _status(self, code: str, now_ms: int) -> list[HardwareEvent]:
        self._rhythm.answered(now_ms)
        if self._is_idle:
            return self._heard(self._seen(None, trouble="" if self._fits else "refused"))
        self._step = "weight" if code in records.WAIT else "price"
        if code == records.UNMOVED and self._last is not None and self._last[0] == self._order:
            return self._heard(self._last[1])
        if code in records.SAY_AGAIN:
            return self._alive()
        return self._heard(self._seen(None, trouble=records.STATUS.get(code, "")))
