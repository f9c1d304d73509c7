"""Report schedules: the dialog in which a report is ordered by e-mail, and those that are ordered already."""

from msgspec.structs import replace
from nicegui import ui

from store import report_schedules
from store.console import words
from store.console.who import who
from store.parts import Parts
from store.periods import PERIODS
from store.report_book import BOOK
from store.report_schedules import BadSchedule, Schedule, Wish
from store.report_shapes import Ask
from store.report_stock import OF_STOCK

_EVERY = {"day": "Every day", "week": "Every Monday", "month": "On the first of the month"}
_FORMS = {"pdf": "PDF", "xlsx": "Workbook (XLSX)", "csv": "CSV"}
_USUAL = {"day": "yesterday", "week": "last-week", "month": "last-month"}
_FIELD = "outlined dense"


def schedules_dialog(parts: Parts, ask: Ask, stretch: str) -> None:
    """`ask` is the report that is being looked at, with its split and filters."""
    with ui.dialog(value=True) as dialog, ui.card().classes("w-full max-w-xl"):
        title = BOOK[ask.name].title if ask.name in BOOK else OF_STOCK[ask.name]
        ui.label(f"{title} by e-mail").classes("k-title")
        if not parts.config.smtp.url:
            ui.label("No mail server is set up: smtp.url in store.toml. Nothing is sent until it is.").classes(
                "k-trouble"
            )
        address = ui.input("To").props(f"{_FIELD} type=email").classes("w-full").mark("schedule-to")
        with ui.element("div").classes("k-ask"):
            every = ui.select(_EVERY, value="day", label="When").props(_FIELD).mark("schedule-every")
            hour = ui.select({n: f"{n:02d}:00" for n in range(24)}, value=6, label="At").props(_FIELD)
            about = ui.select({name: title for name, (title, _) in PERIODS.items()}, value="yesterday", label="About")
            about.props(_FIELD)
            form = ui.select(_FORMS, value="pdf", label="As").props(_FIELD)
        every.on_value_change(lambda event: about.set_value(_USUAL[event.value]))
        if stretch in ("last-week", "last-month"):
            every.set_value(stretch.removeprefix("last-"))

        def keep() -> None:
            address.props(remove="error error-message")
            plain = replace(ask, from_day="0001-01-01", to_day="9999-12-31")
            wish = Wish(plain, about.value, form.value, (address.value or "").strip(), every.value, hour.value)
            try:
                report_schedules.add(parts.engine, wish, who(), parts.now_utc_ms(), parts.config.zone)
            except BadSchedule as why:
                address.props(f'error error-message="{str(why).replace(chr(34), "")}"')
                return
            address.set_value("")
            draw()

        def take_away(one: Schedule) -> None:
            report_schedules.remove(parts.engine, one.id)
            draw()

        with ui.row().classes("w-full justify-end"):
            ui.button("Close", on_click=dialog.close).props("flat no-caps")
            ui.button("Send it", on_click=keep).props("no-caps").mark("schedule-keep")
        kept = ui.column().classes("w-full gap-1").mark("schedules")

        def draw() -> None:
            kept.clear()
            with kept:
                ordered = report_schedules.everything(parts.engine)
                ui.label("Ordered" if ordered else "Nothing is ordered yet.").classes("k-muted")
                for one in ordered:
                    with ui.row().classes("w-full items-center no-wrap"):
                        with ui.column().classes("col gap-0"):
                            ui.label(said(one)).classes("k-status")
                            ui.label(how_it_went(one, parts.now_utc_ms())).classes(
                                "k-trouble" if one.why else "k-muted"
                            )
                        away = ui.button(icon="delete", on_click=lambda one=one: take_away(one))
                        away.props("flat round aria-label='Send it no more'")

        draw()
    dialog.on("hide", dialog.delete)


def said(one: Schedule) -> str:
    """`Sales, yesterday, as PDF to a@b.se: every day at 06:00`"""
    wish = one.wish
    title = BOOK[wish.ask.name].title if wish.ask.name in BOOK else OF_STOCK.get(wish.ask.name, wish.ask.name)
    when = f"{_EVERY[wish.every].lower()} at {wish.hour:02d}:00"
    return f"{title}, {PERIODS[wish.period][0].lower()}, as {wish.form.upper()} to {wish.address}: {when}"


def how_it_went(one: Schedule, now_utc_ms: int) -> str:
    """What became of it so far."""
    from datetime import UTC, datetime

    if one.why:
        return f"Not taken: {one.why}. It is tried again."
    if not one.sent_utc_ms:
        return "Not sent yet"
    return f"Sent {words.ago(datetime.fromtimestamp(one.sent_utc_ms // 1000, UTC).isoformat(), now_utc_ms)}"
