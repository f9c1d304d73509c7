"""Window: the lane's screen, where the painter's canvas becomes light. The only place that knows SDL's video drivers.

On the appliance SDL draws without X (KMSDRM), fullscreen; on a desktop in a window; headless (`dummy`) into memory.
Under X11 SDL's default sends every frame through a texture, whole; without that acceleration only the dirty
rectangles travel, fifty times cheaper. A rotated panel gets the dirty rectangles turned by quarter turns.
"""

import io
import math
import os
from collections.abc import Iterator
from typing import Literal

import pygame

from kiosk.ui.fitting import fit, fitting
from kiosk.ui.painter import Painter
from kiosk.ui.scene import Scene
from kiosk.ui.theme import NORMAL, Theme
from kiosk.ui.touch import Gesture, OnPanel

Turn = Literal[0, 90, 180, 270]
_KINDS: dict[int, Literal["down", "move", "up"]] = {
    pygame.MOUSEBUTTONDOWN: "down",
    pygame.MOUSEMOTION: "move",
    pygame.MOUSEBUTTONUP: "up",
}
_EXPOSED = (pygame.WINDOWEXPOSED, pygame.WINDOWSIZECHANGED)
_NOTICED = (pygame.QUIT, *_EXPOSED, *_KINDS)
"""Asked for by name: without names, pygame 2.6's `peek` builds the event and frees what a posted one carries."""
_TYPED = (pygame.KEYDOWN, pygame.KEYUP, pygame.TEXTINPUT, pygame.TEXTEDITING)
"""SDL listens to every keyboard that is plugged in, and the lane to none of them: a stick that types (BadUSB) says
nothing here, nor fills the queue that fingers come through."""


class WindowError(Exception):
    """No screen can be opened; the text says what to do."""


class Window:
    """One screen. `show` a scene, read `gestures`, take a `screenshot`."""

    def __init__(
        self,
        size: tuple[int, int] = (1280, 800),
        *,
        fullscreen: bool = False,
        rotate: Turn = 0,
        headless: bool = False,
        theme: Theme = NORMAL,
    ) -> None:
        """`size`: of the picture that people see, in pixels; a panel rotated by 90 or 270 is its size turned.

        `rotate`: degrees clockwise that the picture is turned on the panel. Raises WindowError.
        """
        panel = size if rotate in (0, 180) else (size[1], size[0])
        self._screen = _open(panel, fullscreen=fullscreen, headless=headless)
        self._rotate = rotate
        real = self._screen.get_size()
        upright = real if rotate in (0, 180) else (real[1], real[0])
        canvas = pygame.Surface(upright, 0, 32) if rotate else self._screen
        self._painter = Painter(canvas, theme)
        self._fitting = fitting(size, upright)

    @property
    def canvas(self) -> pygame.Surface:
        """What people see, upright, in the panel's pixels."""
        return self._painter.canvas

    def show(self, scene: Scene) -> list[pygame.Rect]:
        """Paint what differs and put it on the glass; the rectangles that were sent (none: nothing differs)."""
        self._fitting = fitting(scene.size, self.canvas.get_size())
        dirty = self._painter.paint(fit(scene, self.canvas.get_size()))
        sent = [self._turn(rect) for rect in dirty] if self._rotate else dirty
        if sent:
            pygame.display.update(sent)
        return sent

    def forget(self) -> None:
        """Paint all of the next scene."""
        self._painter.forget()

    def gestures(self) -> Iterator[Gesture]:
        """All that was felt since the last call, in the scene's pixels. Poll it: SDL has nothing to wait on."""
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                yield Gesture("closed")
            elif event.type in _EXPOSED:
                pygame.display.update()
            elif event.type in _KINDS and _first_finger(event):
                yield Gesture(_KINDS[event.type], *self._fitting.back(*self._upright(*event.pos)))

    def gesture(self, finger: OnPanel) -> Gesture:
        """What a finger on the panel does, in the scene's pixels; it may be outside."""
        wide, high = self._screen.get_size()
        there = self._upright(math.floor(finger.x * wide), math.floor(finger.y * high))
        return Gesture(finger.kind, *self._fitting.back(*there))

    def felt(self) -> bool:
        """Whether `gestures` has something to tell."""
        return bool(pygame.event.peek(_NOTICED))

    def screenshot(self) -> bytes:
        """What people see now, as PNG."""
        file = io.BytesIO()
        pygame.image.save(self.canvas, file, "screen.png")
        return file.getvalue()

    def close(self) -> None:
        """Give the screen back."""
        pygame.display.quit()

    def _turn(self, rect: pygame.Rect) -> pygame.Rect:
        """Copy a rectangle of the canvas onto the panel, turned; where it went."""
        width, height = self.canvas.get_size()
        x, y, w, h = rect
        there = {
            90: pygame.Rect(height - y - h, x, h, w),
            180: pygame.Rect(width - x - w, height - y - h, w, h),
            270: pygame.Rect(y, width - x - w, h, w),
        }[self._rotate]
        self._screen.blit(pygame.transform.rotate(self.canvas.subsurface(rect), -self._rotate), there)
        return there

    def _upright(self, x: int, y: int) -> tuple[int, int]:
        """A point of the panel on the canvas: the opposite of `_turn`."""
        width, height = self.canvas.get_size()
        return {
            0: (x, y),
            90: (y, height - 1 - x),
            180: (width - 1 - x, height - 1 - y),
            270: (width - 1 - y, x),
        }[self._rotate]


def _first_finger(event: pygame.event.Event) -> bool:
    """SDL gives the first finger as the left mouse button too; other fingers and buttons do not count."""
    if event.type == pygame.MOUSEMOTION:
        return bool(event.buttons[0])
    return bool(event.button == 1)


def _open(panel: tuple[int, int], *, fullscreen: bool, headless: bool) -> pygame.Surface:
    # A screen without X (kmsdrm) takes SDL's picture only as a texture, by OpenGL ES: left to itself SDL calls what the
    # desktop's OpenGL has, draws nothing and does not say so. Elsewhere plain pixels are faster.
    without_x = os.environ.get("SDL_VIDEODRIVER") == "kmsdrm"
    os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "1" if without_x else "0")
    if without_x:
        os.environ.setdefault("SDL_RENDER_DRIVER", "opengles2")
    if headless:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
    try:
        pygame.display.init()
        if fullscreen and not headless:
            screen = pygame.display.set_mode((0, 0), pygame.FULLSCREEN, 32)
            pygame.mouse.set_visible(False)
        else:
            screen = pygame.display.set_mode(panel, 0, 32)
    except pygame.error as error:
        raise WindowError(
            f"No screen could be opened ({error}). On a machine without a display run with --headless; "
            "on a desktop check that DISPLAY or WAYLAND_DISPLAY is set."
        ) from error
    pygame.event.set_blocked(_TYPED)
    pygame.display.set_caption("Kassa")
    return screen
