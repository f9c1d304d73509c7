"""The lane's screen: live, and to be touched."""

from nicegui import events, ui

from kiosk.demo.bench.mirror import Sight
from kiosk.demo.bench.parts import Bench

AWAY = "The lane's program does not run. It is started again by itself."
GIVEN_UP = "The lane's program ended too often and stays away. “Start the lane” above starts it."

UNHEARD = "The lane's program did not hear that touch."


class ScreenPanel:
    """One picture of the screen."""

    def __init__(self, bench: Bench) -> None:
        self._mirror, self._kiosk = bench.mirror, bench.kiosk
        self._digest = ""
        self._size = bench.mirror.sight.size
        with ui.element("div").classes("b-bezel") as self.bezel:
            self._image = ui.interactive_image(
                size=self._size, on_mouse=self._touched, events=["click"], sanitize=False
            )
            self._image.classes("b-screen").props("data-testid=screen")
            self._away = ui.label()
            self._away.classes("b-away").props("data-testid=screen-away")
        self._turn(self._size)

    async def _touched(self, touch: events.MouseEventArguments) -> None:
        if not await self._mirror.touch(round(touch.image_x), round(touch.image_y)):
            ui.notify(UNHEARD, type="negative")

    def refresh(self, sight: Sight) -> None:
        """Show the new picture if there is one."""
        self._away.set_visibility(not sight.alive)
        self._away.set_text(AWAY if self._kiosk.wanted else GIVEN_UP)
        if sight.alive and sight.digest != self._digest:
            self._digest = sight.digest
            if sight.size != self._size:
                self._turn(sight.size)
            self._image.set_source(f"/screen/{sight.digest}.png")

    def _turn(self, size: tuple[int, int]) -> None:
        """The lane's panel has other proportions: touches are told in its pixels."""
        self._size = size
        self._image.props["size"] = size
        self.bezel.style(f"max-width: calc((100vh - 340px) * {size[0] / size[1]:.3f} + 20px)")
        self._image.update()
