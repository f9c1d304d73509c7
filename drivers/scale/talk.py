"""Talk: what all scale protocols have in common. Pure: bytes and the tick in, events and bytes out.

A scale that is asked has a rhythm: one question at a time, the next not before `POLL_MS`; a question that waits for
`ANSWER_MS` is given up, and after `UNANSWERED` of them in a row the scale is away, which is told once. What it says is
told only where it is news.
"""

from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, Priced, PriceScale, WeightSeen, WeightTrouble

POLL_MS = 250
"""Between two questions; Mettler Toledo asks for at least 200."""
ANSWER_MS = 600
"""After so long a question counts as not answered."""
UNANSWERED = 3
"""So many in a row, and the scale is away."""
SILENT = "it does not answer"


class Rhythm:
    """When to ask, and when to give up."""

    def __init__(self) -> None:
        self._asked_ms: int | None = None
        self._next_ms = 0
        self._missed = 0

    def deadline_ms(self) -> int:
        """When there is something to ask, or an answer is given up."""
        return self._next_ms if self._asked_ms is None else self._asked_ms + ANSWER_MS

    @property
    def is_away(self) -> bool:
        """Whether too many questions in a row had no answer."""
        return self._missed >= UNANSWERED

    def gave_up(self, now_ms: int) -> bool:
        """Whether the open question has waited too long by now; it is open no more."""
        if self._asked_ms is None or now_ms < self._asked_ms + ANSWER_MS:
            return False
        self.nonsense()
        return True

    def asks(self, now_ms: int) -> bool:
        """Whether a question is due; it counts as asked."""
        if self._asked_ms is not None or now_ms < self._next_ms:
            return False
        self._asked_ms, self._next_ms = now_ms, now_ms + POLL_MS
        return True

    def answered(self, now_ms: int, *, go_on: bool = False) -> None:
        """There was an answer that makes sense. `go_on`: it asks for another word at once."""
        self._asked_ms, self._missed = None, 0
        self._next_ms = now_ms if go_on else max(self._next_ms, now_ms)

    def nonsense(self) -> None:
        """What came answers nothing: it counts as if nothing had come."""
        self._asked_ms = None
        self._missed += 1

    def forget(self) -> None:
        """The line is lost: nobody will answer."""
        self._asked_ms = None


class Talk:
    """The host's side of the talk with one scale. A protocol adds `_question`, `_forget` and `receive`."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._rhythm = Rhythm()
        self._online: bool | None = None
        self._told: WeightSeen | None = None
        self._zeroes = False

    def zero(self) -> None:
        """The zero key, with the next question, where the protocol has one."""
        self._zeroes = True

    def price(self, order: PriceScale) -> None:
        """For a scale that works out prices; the others take no notice."""

    def deadline_ms(self) -> int | None:
        """When it has something to ask, or gives up waiting for an answer."""
        return self._rhythm.deadline_ms()

    def request(self, now_ms: int) -> tuple[bytes, list[HardwareEvent]]:
        """The question that is due now, if one is, and what is to be told of those that nobody answered."""
        told: list[HardwareEvent] = []
        if self._rhythm.gave_up(now_ms):
            self._forget()
            told = self.gone(SILENT) if self._rhythm.is_away else []
        return (self._question() if self._rhythm.asks(now_ms) else b""), told

    def receive(self, data: bytes, now_ms: int) -> list[HardwareEvent]:
        """Bytes in, events out."""
        raise NotImplementedError

    def opened(self) -> list[HardwareEvent]:
        """The line is there; of most scales only an answer says that they are too."""
        return []

    def lost(self, why: str) -> list[HardwareEvent]:
        """The line is gone."""
        return self.gone(why)

    def gone(self, why: str) -> list[HardwareEvent]:
        """The line is lost, or nobody answers: told once."""
        self._forget()
        self._rhythm.forget()
        self._told = None
        if self._online is False:
            return []
        self._online = False
        return [DeviceOffline(device=self._device, why=why)]

    def _question(self) -> bytes:
        raise NotImplementedError

    def _forget(self) -> None:
        """What is half said is forgotten."""
        raise NotImplementedError

    def _alive(self) -> list[HardwareEvent]:
        """It answers: told once."""
        if self._online:
            return []
        self._online = True
        return [DeviceOnline(device=self._device)]

    def _heard(self, seen: WeightSeen) -> list[HardwareEvent]:
        """It says this: told if it is news."""
        happened = self._alive()
        if seen != self._told:
            self._told = seen
            happened.append(seen)
        return happened

    def _seen(
        self, grams: int | None, *, stable: bool = False, trouble: WeightTrouble = "", priced: Priced | None = None
    ) -> WeightSeen:
        return WeightSeen(device=self._device, grams=grams, stable=stable, trouble=trouble, priced=priced)
