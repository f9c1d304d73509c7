"""Switches: the kernel's switch records become whether something is in the jack. Pure; times are handed in.

Out is believed at once, in only when it has lasted: whoever pulls headphones out must not be heard by the shop, and a
plug that scrapes along its contacts goes in and out some times before it stays. How long is our own choice; no standard
names a figure. Where records were lost nobody knows: that counts as out, until the switch is told anew.
"""

from drivers.input_events import EV_SW, InputEvent, InputEventReader

SW_HEADPHONE_INSERT, SW_LINEOUT_INSERT = 0x02, 0x06
"""linux/input-event-codes.h."""
SETTLE_MS = 250


class JackProtocol:
    """The receiving end of one jack."""

    def __init__(self, switch: int = SW_HEADPHONE_INSERT) -> None:
        self._switch = switch
        self._records = InputEventReader()
        self._in_since_ms: int | None = None
        self._said = False

    def receive(self, data: bytes, now_ms: int) -> list[bool]:
        """Bytes in; whether something is in the jack, each time that this has changed."""
        heard: list[bool] = []
        for event in self._records.receive(data):
            heard += self._heard(event, now_ms)
        return heard + self._settled(now_ms)

    def reset(self) -> list[bool]:
        """The line was lost: nobody knows any more."""
        self._records.reset()
        return self._out()

    def deadline_ms(self) -> int | None:
        """When a plug that went in will have lasted."""
        waits = self._in_since_ms is not None and not self._said
        return self._in_since_ms + SETTLE_MS if waits and self._in_since_ms is not None else None

    def _heard(self, event: InputEvent | None, now_ms: int) -> list[bool]:
        if event is None:
            return self._out()
        if event.type == EV_SW and event.code == self._switch:
            if not event.value:
                return self._out()
            self._in_since_ms = now_ms if self._in_since_ms is None else self._in_since_ms
        return []

    def _out(self) -> list[bool]:
        said, self._said, self._in_since_ms = self._said, False, None
        return [False] if said else []

    def _settled(self, now_ms: int) -> list[bool]:
        due = self.deadline_ms()
        if due is None or now_ms < due:
            return []
        self._said = True
        return [True]
