"""How are you? Four questions in real time (DLE EOT 1 to 4), asked one after the other, whose answers make one picture.

The answers do not say which question they answer, so the next is asked only when the last was answered. A picture
counts only if nothing changed while it was taken: an automatic status that arrives in between is newer than what was
answered before it.
"""

from drivers.pos_printer.status import Status, from_real_time

QUESTIONS = 4
ANSWER_MS = 2_000


class Examination:
    """When to ask, what was answered, and whether there was an answer at all."""

    def __init__(self) -> None:
        self._answers: list[int] = []
        self._stale = False
        self._asked_ms: int | None = None
        self._next_ms: int | None = None

    def forget(self) -> None:
        """No question stands, none is due."""
        self._answers, self._stale, self._asked_ms, self._next_ms = [], False, None, None

    def due(self, at_ms: int) -> None:
        """Ask at that time."""
        self._next_ms = at_ms

    def is_due(self, now_ms: int) -> bool:
        """Whether the next question is to be asked now."""
        return self._next_ms is not None and now_ms >= self._next_ms

    def ask(self, now_ms: int) -> bytes:
        """The next question."""
        self._asked_ms, self._next_ms = now_ms, None
        if not self._answers:
            self._stale = False
        return b"\x10\x04" + bytes([len(self._answers) + 1])

    def overtaken(self) -> None:
        """Something newer is known."""
        self._stale = True

    def answered(self, byte: int, now_ms: int, again_ms: int) -> Status | None:
        """An answer; the whole picture with the last one, if it counts. The next examination is due in `again_ms`."""
        if self._asked_ms is None:
            return None
        self._asked_ms = None
        self._answers.append(byte)
        if len(self._answers) < QUESTIONS:
            self._next_ms = now_ms
            return None
        picture = None if self._stale else from_real_time(*self._answers)
        self._answers, self._next_ms = [], now_ms + again_ms
        return picture

    def unanswered(self, now_ms: int) -> bool:
        """Whether a question has had its time."""
        return self._asked_ms is not None and now_ms >= self._asked_ms + ANSWER_MS

    def deadlines(self, *, may_ask: bool) -> list[int]:
        """The times at which something is due."""
        times = [self._asked_ms + ANSWER_MS] if self._asked_ms is not None else []
        return times + ([self._next_ms] if self._next_ms is not None and may_ask else [])
