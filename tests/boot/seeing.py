"""Seeing: what is written on the machine's screen, read by somebody else's eyes (tesseract), and where to touch it.

Where a button is, is asked of our own screens: the picture of the same stop, painted for the same panel.
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

import zxingcpp
from machine import Machine
from patience import Never, eventually
from PIL import Image

from kiosk.ui import gallery
from kiosk.ui.scene import buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene


def read(picture: Path) -> str:
    """The words on a picture, in one line, in small letters."""
    command = ["tesseract", str(picture), "-", "--psm", "11"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split()).lower()


class Eyes:
    """Somebody who watches the screen. `say`: gets a line whenever something is seen."""

    def __init__(self, machine: Machine, say: Callable[[str], None]) -> None:
        self._machine, self._say = machine, say

    def see(self, what: str, *words: str, within_s: float) -> str:
        """Wait until all words of one of these stand there, in any order (columns are read across); which.

        The picture is kept under the name `what`. Raises Never.
        """
        last = ""

        def look() -> str:
            nonlocal last
            last = read(self._machine.picture(what))
            return next((one for one in words if all(word in last for word in one.lower().split())), "")

        try:
            found = eventually(f"{what}: {' or '.join(words)}", look, within_s)
        except Never as never:
            raise Never(f"{never}; the screen says: {last}; see {self._machine.place}/{what}.png") from None
        self._say(f"seen: {what} ({self._machine.place}/{what}.png)")
        return found

    def code(self, what: str) -> str:
        """What the QR code says that was seen under this name: for a machine without a till, its code comes last."""
        found = eventually("a QR code", lambda: zxingcpp.read_barcodes(Image.open(self._machine.picture(what))), 60)
        return found[0].text.rpartition("=")[2]

    def touch(self, stop: str, name: str) -> None:
        """Touch the button of this name, where the gallery's picture of this stop has it."""
        state, view = gallery.visit_to(stop, "en")
        found = [b for b in buttons(scene(state, view, words_of_gallery()["en"])) if b.name == name]
        assert found, f"{stop} has no button {name!r}"
        x, y, w, h = found[-1].rect
        self._machine.touch(x + w // 2, y + h // 2)
