"""Leading: which of the things on the glass is the finger that acts. Pure.

The first finger leads; a second one cancels nothing and does nothing, even when the first has gone. A palm presses
nothing: that is a contact as large as the technician says (in the panel's own units, as libinput's quirk
AttrPalmSizeThreshold), one that the panel's firmware calls a palm, several that come down at once, or three and more.
After several, nothing leads until the glass is empty; one large palm that rests there lets a finger act beside it.
A contact outside the panel's axes is not believed ("input core does not clamp", linux/input.h).
"""

from typing import Literal, NamedTuple

from drivers.touch.contacts import Axes, Contact, Frame

HAND = 3
"""Nobody presses one button with three fingers."""

Way = Literal["down", "move", "up", "lost"]


class Move(NamedTuple):
    """The leading finger moved; `lost`: it must not act any more."""

    way: Way
    x: int
    y: int


class LeadingFinger:
    """Follows one panel."""

    def __init__(self, axes: Axes, palm_size: int = 0) -> None:
        """`palm_size` of 0: size says nothing."""
        self._axes, self._palm_size = axes, palm_size
        self._known: set[tuple[int, int]] = set()
        self._led: Contact | None = None
        self._spoilt = False

    def lose(self) -> list[Move]:
        """Nobody knows what happened on the glass: nothing acts until it is empty."""
        led, self._led = self._led, None
        self._spoilt = True
        return [Move("lost", led.x, led.y)] if led is not None else []

    def follow(self, frame: Frame) -> list[Move]:
        """What the leading finger did up to this frame."""
        new = [contact for contact in frame if contact.key not in self._known]
        self._known = {contact.key for contact in frame}
        self._spoilt = bool(frame) and (self._spoilt or len(new) > 1 or len(frame) >= HAND)
        return [*self._followed(frame), *self._begun(new)]

    def _followed(self, frame: Frame) -> list[Move]:
        before = self._led
        if before is None:
            return []
        now = self._led = next((contact for contact in frame if contact.key == before.key), None)
        if now is None:
            return [Move("up", before.x, before.y)]
        if self._spoilt or not self._is_finger(now):
            self._led = None
            return [Move("lost", before.x, before.y)]
        return [Move("move", now.x, now.y)] if (now.x, now.y) != (before.x, before.y) else []

    def _begun(self, new: list[Contact]) -> list[Move]:
        if self._led is not None or self._spoilt or not new or not self._is_finger(new[0]):
            return []
        self._led = new[0]
        return [Move("down", new[0].x, new[0].y)]

    def _is_finger(self, contact: Contact) -> bool:
        large = 0 < self._palm_size <= contact.size
        (left, right), (top, bottom) = self._axes.x, self._axes.y
        return not contact.palm and not large and left <= contact.x <= right and top <= contact.y <= bottom
