"""At the desk: the console in a window of its own, as people use it, and the files that they take from it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from patience import until
from playwright.sync_api import Browser, Download, Page, TimeoutError, expect

PATIENCE_MS = 180_000
"""For a machine that has much else to do: only what never comes waits so long."""
AGAIN_MS = 30_000
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@contextmanager
def window(browser: Browser, size: dict[str, int] = DESK, **more: Any) -> Iterator[Page]:
    """A browser that nobody is signed in with; nothing may fail on its page. `more`: of `Browser.new_context`."""
    context = browser.new_context(viewport=size, **more)  # type: ignore[arg-type]  # a TypedDict of just these two
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def tab(page: Page, name: str) -> None:
    """Go to this tab of the console; on a phone the row of tabs is pushed until it is there."""
    page.get_by_role("tab", name=name, exact=True).click()


def pick(page: Page, field: str, choice: str) -> None:
    """Choose from a list that opens; whoever sees none for a while touches the field once more."""
    option = page.get_by_role("option", name=choice, exact=True)
    page.get_by_label(field, exact=True).click()
    try:
        option.wait_for(timeout=AGAIN_MS)
    except TimeoutError:
        page.get_by_label(field, exact=True).click()
    option.click()


def told(page: Page, words: str) -> None:
    """What came of it, in the corner."""
    expect(page.locator(".q-notification", has_text=words).last).to_be_visible()


def taken(page: Page, act: Callable[[], None]) -> Download:
    """The file that this brings, whether the page or a page of its own fetches it."""
    found: list[Download] = []

    def came(file: Download) -> None:
        found.append(file)

    page.once("download", came)
    page.context.once("page", lambda opened: opened.once("download", came))
    act()
    until(lambda: bool(page.evaluate("true") and found), "no file came", 20)
    return found[0]
