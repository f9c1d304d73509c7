"""`make pictures`: the console as it looks at the desk and on a phone, in a real browser.

They go into `store/console/pictures`, `--out FOLDER` puts them elsewhere; names of pictures take only these. The shop
is made up (`corner_shop.py`) and its clock stands still: only what was changed in the console changes a picture.
"""

import argparse
import io
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from at_the_desk import DESK, PHONE, tab, window
from corner_shop import PEOPLE, Shop, opened
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright
from signing import sign_in

from tests.conftest import CHROMIUM, FLAGS, WITHIN_MS

OUT = Path("store/console/pictures")
SIZES = {"desk": DESK, "phone": PHONE}
_COLOURS = 128
_SETTLED_MS = 900
"""What a page still moves after it has everything: a tab's line, a chart's bars."""


def _lanes(page: Page) -> None:
    expect(page.locator(".k-card")).to_have_count(4)


def _sales(page: Page) -> None:
    tab(page, "Sales")
    expect(page.get_by_text("23 Nov").first).to_be_visible()


def _operators(page: Page) -> None:
    tab(page, "Operators")
    expect(page.get_by_text("What checkouts run on")).to_be_visible()


def _updates(page: Page) -> None:
    tab(page, "Updates")
    expect(page.get_by_text("Under way")).to_be_visible()


def _prices(page: Page) -> None:
    tab(page, "Prices")
    expect(page.get_by_text("Planned changes")).to_be_visible()


def _people(page: Page) -> None:
    tab(page, "People")
    expect(page.get_by_text("Olga")).to_be_visible()


def _reports(page: Page) -> None:
    tab(page, "Reports")
    expect(page.locator(".k-tile").first).to_be_visible()


def _devices(page: Page) -> None:
    tab(page, "Devices")
    expect(page.get_by_text("Receipt printer").first).to_be_visible()


Go = Callable[[Page], None]
"""To what is shown, until it is there."""
SHOTS: dict[str, Go] = {
    "lanes": _lanes,
    "sales": _sales,
    "operators": _operators,
    "updates": _updates,
    "prices": _prices,
    "people": _people,
    "devices": _devices,
    "reports": _reports,
}


def main(names: list[str], out: Path) -> int:
    """The pictures of these names, or all."""
    expect.set_options(timeout=WITHIN_MS)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        shop = Shop(Path(folder) / "shop")
        with opened(shop) as url:
            for size in SIZES:
                _taken(browser, shop, url, size, {name: SHOTS[name] for name in names or SHOTS}, out)
        browser.close()
    return 0


def _taken(
    browser: Browser, shop: Shop, url: str, size: str, shots: dict[str, Callable[[Page], None]], out: Path
) -> None:
    more = {"has_touch": True, "is_mobile": True} if size == "phone" else {}
    with window(browser, SIZES[size], **more) as page:
        sign_in(page, url, *PEOPLE[0][::2])
        shop.parts.watch.turn()  # whoever is here is asked
        for name, go in shots.items():
            go(page)
            page.wait_for_timeout(_SETTLED_MS)
            image = Image.open(io.BytesIO(page.screenshot(animations="disabled", caret="hide"))).convert("RGB")
            file = out / f"{name}-{size}.png"
            image.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE).save(
                file, optimize=True
            )
            sys.stdout.write(f"{file}: {file.stat().st_size >> 10} KiB\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make pictures", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *SHOTS], metavar="NAME")
    parser.add_argument("--out", type=Path, default=OUT)
    asked = parser.parse_args()
    sys.exit(main(asked.names, asked.out))
