"""Quarantine: what tills have said and the books could not take, to look at, try again, or be done with."""

from collections.abc import Callable

from nicegui import ui

from store import quarantine
from store.console import kept_words
from store.console.who import who
from store.parts import Parts

_EVERY_S = 2
_AT_ONCE = 50
_PAYLOAD_MOST = 20_000
"""Characters of a message that a page shows; the API has it whole."""


def quarantine_view(parts: Parts) -> None:
    """The page's tab."""
    drawn: list[kept_words.Shown] | None = None
    places: dict[int, ui.element] = {}
    with ui.row().classes("w-full items-center justify-between"):
        ui.label("Messages of the checkouts that are not in the books").classes("k-title")
        ended = ui.switch("Also those that are done with").mark("quarantine-ended")
    about = (
        "Each is kept as it came. Try it again when the store is newer or what was in its way is put right; "
        "dismiss it when it is settled otherwise."
    )
    ui.label(about).classes("k-muted")
    sheet = ui.column().classes("w-full gap-3").mark("quarantine")

    def draw() -> None:
        nonlocal drawn
        kept = quarantine.waiting(parts.engine, limit=_AT_ONCE, ended=bool(ended.value))
        now = sorted((kept_words.shown(one, parts.config.zone) for one in kept), key=lambda one: not one.alarm)
        if drawn is None or [one.n for one in now] != [one.n for one in drawn]:
            place(now)
            drawn = None
        for number, one in enumerate(now):
            if drawn is None or one != drawn[number]:  # what has not changed stays: no finger misses its button
                places[one.n].clear()
                with places[one.n]:
                    _card(parts, one, draw)
        drawn = now

    def place(now: list[kept_words.Shown]) -> None:
        sheet.clear()
        places.clear()
        with sheet:
            for one in now:
                places[one.n] = ui.element("div").classes("w-full")
            if not now:
                ui.label("Everything that the checkouts said is in the books.").classes("k-muted")
            elif len(now) == _AT_ONCE:
                ui.label(f"The newest {_AT_ONCE}; the others show when these are done with.").classes("k-muted")

    ended.on_value_change(draw)
    draw()
    ui.timer(_EVERY_S, draw)


def _card(parts: Parts, one: kept_words.Shown, redraw: Callable[[], None]) -> None:
    tone = "call" if one.alarm else "" if one.waits else "off"
    with ui.element("div").classes(f"k-card {tone} w-full").style("min-height: 0").mark(f"kept-{one.n}"):
        with ui.row().classes("w-full items-center justify-between"):
            ui.label(one.title).classes("k-title")
            if one.alarm:
                ui.label("Two under one number").classes("k-demo")
        ui.label(one.about).classes("k-muted").style("overflow-wrap: anywhere")
        ui.label(one.reason).classes("k-flag").style("overflow-wrap: anywhere")
        if one.state:
            ui.label(one.state).style("overflow-wrap: anywhere").mark(f"kept-state-{one.n}")
        with ui.row().classes("w-full items-center"):
            if one.waits:
                ui.button("Try again", on_click=lambda: _retry(parts, one.n, redraw)).props("no-caps unelevated")
                ui.button("Dismiss", on_click=lambda: _dismiss(parts, one.n, redraw)).props("no-caps outline")
            ui.button("Show", on_click=lambda: _show(parts, one.n)).props("no-caps flat")


def _retry(parts: Parts, n: int, redraw: Callable[[], None]) -> None:
    try:
        tried = quarantine.retry(parts.engine, parts.config.store.id, n, who(), parts.now_utc_ms())
    except quarantine.NotWaiting as error:  # somebody else was quicker
        ui.notify(str(error), type="warning")
    else:
        parts.clerk.look()
        booked = tried.outcome == "booked"
        ui.notify(
            "It is in the books now." if booked else f"Still not booked: {tried.why}",
            type="positive" if booked else "warning",
        )
    redraw()


def _dismiss(parts: Parts, n: int, redraw: Callable[[], None]) -> None:
    with ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-md"):
        ui.label("Be done with it").classes("k-title")
        ui.label("It will not be booked. It stays in the list of those that are done with.").classes("k-muted")
        why = ui.input("Why", validation={"Say why it will not be booked": lambda text: bool((text or "").strip())})
        why.props(f"outlined autofocus maxlength={quarantine.WHY_LONGEST}").classes("w-full").mark("dismiss-why")

        def done() -> None:
            if not why.validate():
                return
            try:
                quarantine.dismiss(parts.engine, n, why.value, who(), parts.now_utc_ms())
            except quarantine.NotWaiting as error:
                ui.notify(str(error), type="warning")
            dialog.close()
            redraw()

        with ui.row().classes("w-full justify-end"):
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
            ui.button("Dismiss it", on_click=done).props("no-caps unelevated").mark("dismiss-done")
    dialog.on("hide", dialog.delete)


def _show(parts: Parts, n: int) -> None:
    text = quarantine.payload(parts.engine, n).decode("utf-8", "backslashreplace")
    with ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-3xl"):
        ui.label(f"Message {n}, as it came").classes("k-title")
        cut = text if len(text) <= _PAYLOAD_MOST else f"{text[:_PAYLOAD_MOST]}\n... {len(text):,} characters in all"
        ui.label(cut).style("white-space: pre-wrap; overflow-wrap: anywhere; font-family: monospace; font-size: 13px")
        with ui.row().classes("w-full justify-end"):
            ui.link("Save it", f"/api/v1/quarantine/{n}/payload", new_tab=True)
            ui.button("Close", on_click=dialog.close).props("flat no-caps")
    dialog.on("hide", dialog.delete)
