"""Codes that a phone and a gate can read: every module whole, the quiet zone white."""

import pygame
import pytest
import segno
from PIL import Image

from kiosk.ui.codes import code
from tests.zint import drawn, read


def is_dark(surface: pygame.Surface, x: int, y: int) -> bool:
    return surface.get_at((x, y))[:3] == (0, 0, 0)


@pytest.mark.parametrize("text", ["7QF2", "https://kassa.example/r/" + "k" * 22])
@pytest.mark.parametrize("side", [340, 401])
def test_a_qr_code_has_its_modules_and_its_quiet_zone(text: str, side: int) -> None:
    wanted = segno.make(text, error="m", micro=False).matrix
    surface = code("qr", text, side, side)
    modules = len(wanted) + 8
    pixel = surface.get_width() // modules
    assert surface.get_size() == (pixel * modules, pixel * modules)
    assert side - modules < surface.get_width() <= side
    for y in range(modules):
        for x in range(modules):
            inside = 4 <= x < modules - 4 and 4 <= y < modules - 4
            dark = inside and bool(wanted[y - 4][x - 4])
            for dx, dy in ((0, 0), (pixel - 1, pixel - 1)):
                assert is_dark(surface, x * pixel + dx, y * pixel + dy) == dark


def test_a_place_too_small_still_gets_whole_modules() -> None:
    assert code("qr", "7QF2", 10, 10).get_width() == 21 + 8


def test_an_ean_13_reads_back_as_its_digits() -> None:
    # GS1 General Specifications, figure 5.2.1.1: widths of set A, and which sets the first digit asks for.
    widths = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"]
    sets = ["AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA"]
    surface = code("ean13", "7310865004703", 400, 50)
    scale = surface.get_width() // 113
    bars = "".join(str(int(is_dark(surface, (11 + i) * scale + scale // 2, 25))) for i in range(95))
    assert (bars[:3], bars[45:50], bars[92:]) == ("101", "01010", "101")
    used, digits = "", ""
    for start in [*range(3, 45, 7), *range(50, 92, 7)]:
        runs, bit = [], bars[start]
        for other in bars[start : start + 7]:
            if runs and other == bit:
                runs[-1] += 1
            else:
                runs.append(1)
            bit = other
        pattern = "".join(map(str, runs))
        digits += str(widths.index(pattern) if pattern in widths else widths.index(pattern[::-1]))
        used += "A" if pattern in widths else "B"
    assert str(sets.index(used[:6])) + digits == "7310865004703"
    assert not any(is_dark(surface, x, 25) for x in range(11 * scale))
    assert not any(is_dark(surface, surface.get_width() - 1 - x, 25) for x in range(7 * scale))


@pytest.mark.parametrize(
    ("kind", "text", "name"),
    [
        ("qr", "https://kassa.example/r/" + "k" * 22, "QRCODE"),
        ("qr", "7QF2", "QRCODE"),
        ("ean13", "7310865004703", "EANX"),
        ("ean13", "9780201379624", "EANX"),
    ],
)
def test_a_foreign_reader_reads_ours_as_it_reads_those_of_zint(kind: str, text: str, name: str) -> None:
    surface = code(kind, text, 400, 400)
    ours = read(Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB")))
    theirs = read(drawn(name, text))
    assert (str(ours.format), ours.text) == (str(theirs.format), theirs.text) == (str(ours.format), text)
