"""Splash: the shop's first picture, from the moment when the screen can be drawn on until the lane draws on it.

    splash.py /usr/share/kassa/splash.raw /sys/class/graphics/fb0 /dev/fb0 /proc/cmdline

The kernel's console would be black there. Its frame buffer is filled with the kiosk's ground and the mark in the
middle: one write, before anything else of the system is up. The lane takes the screen from the kernel with its own
first frame, so nobody has to end this. The picture was painted when the image was made (`image/splash.py`): width and
height, two numbers of 4 bytes, then its pixels, each blue, green, red and a byte of nothing; the first is the
ground's. Nothing but the kernel's command line can tell yet how the screen hangs: `kassa.turn=90` stands there, by the
boot script, from what the start before has left on the FAT partition (`takeover.py`). It is started with
`python3 -I -S`, since it must be quick: Python's own library alone, and little of it.
"""

import sys
from pathlib import Path

PIXEL = 4
TURN = "kassa.turn="


def screen(picture: bytes, width: int, height: int, bits: int, stride: int, turn: int = 0) -> bytes:
    """The whole frame buffer: `stride` bytes a line, `bits` a pixel, 32 or 16. ValueError for another.

    `turn`: quarter turns clockwise, as `[display] rotate` has them in degrees."""
    if bits not in (16, 32):
        raise ValueError(f"a frame buffer of {bits} bits a pixel")
    wide, high = (int.from_bytes(picture[at : at + 4], "little") for at in (0, 4))
    pixels = picture[8:]
    for _ in range(turn % 4):
        pixels, wide, high = _turned(pixels, wide, high), high, wide
    across, down = min(wide, width), min(high, height)
    left, top = (width - across) // 2, (height - down) // 2
    cut_x, cut_y = (wide - across) // 2, (high - down) // 2
    ground = pixels[:PIXEL]
    empty = _packed(ground * width, bits).ljust(stride, b"\0")
    lines = []
    for row in range(down):
        begin = ((cut_y + row) * wide + cut_x) * PIXEL
        inside = pixels[begin : begin + across * PIXEL]
        line = ground * left + inside + ground * (width - left - across)
        lines.append(_packed(line, bits).ljust(stride, b"\0"))
    return empty * top + b"".join(lines) + empty * (height - top - down)


def _turned(pixels: bytes, wide: int, high: int) -> bytes:
    """A quarter turn clockwise: a column, from below, becomes a line."""
    each = memoryview(pixels).cast("I")
    return b"".join(each[(high - 1) * wide + column :: -wide].tobytes() for column in range(wide))


def quarters(command_line: str) -> int:
    """How often the screen is turned, by the kernel's command line; 0 where it does not say."""
    told = [word.removeprefix(TURN) for word in command_line.split() if word.startswith(TURN)]
    return int(told[-1]) // 90 if told and told[-1].isdecimal() else 0


def _packed(line: bytes, bits: int) -> bytes:
    """As the frame buffer has it; 16 bits are 5 of red, 6 of green, 5 of blue."""
    if bits == 32:
        return line
    pixels = zip(line[0::PIXEL], line[1::PIXEL], line[2::PIXEL], strict=True)
    return b"".join(((r >> 3) << 11 | (g >> 2) << 5 | b >> 3).to_bytes(2, "little") for b, g, r in pixels)


def main(file: Path, about: Path, device: Path, command_line: Path) -> int:
    """0, also where there is nothing to draw on: the lane comes all the same."""

    def number(name: str) -> int:
        return int((about / name).read_text())

    try:
        width, height = (int(word) for word in (about / "virtual_size").read_text().split(","))
        turn = quarters(command_line.read_text())
        whole = screen(file.read_bytes(), width, height, number("bits_per_pixel"), number("stride"), turn)
        with device.open("r+b", buffering=0) as out:
            out.write(whole)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"splash: {error}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:5])))
