"""Days: what stands on each, what is missing, the work list, closing, and the files for the bookkeeping.

The list and the page of one day take turns, so that both fit a phone. Closing and explaining want a manager's PIN.
"""

from collections.abc import Callable
from functools import partial

from nicegui import run, ui

from kiosk.values.moment import rfc3339
from store import differences, users
from store.closing_days import DayView, recheck, view
from store.console import day_words as said
from store.console.close_dialogs import CloseDialog, CountDialog, PayoutDialog, ReasonDialog
from store.console.words import clock, money
from store.day_close import SHOP, Check
from store.day_figures import added
from store.day_list import DaySummary, latest
from store.parts import Parts

CSS = """
.k-days { display: grid; gap: 8px; width: 100%; }
.k-day { display: grid; grid-template-columns: 130px 1fr auto; gap: 4px 16px; align-items: center; background: #fff;
  border-radius: 12px; padding: 14px 18px; cursor: pointer; box-shadow: 0 1px 2px rgba(18, 33, 27, .12);
  text-align: left; font: inherit; color: inherit; border: 0; width: 100%; }
.k-day .wide { grid-column: 1 / -1; }
.k-chip { border-radius: 999px; padding: 2px 12px; font-size: 14px; font-weight: 600; justify-self: start; }
.k-chip.open { background: #E1E8E3; } .k-chip.done { background: #D6EEE2; color: #0B6448; }
.k-chip.way { background: #E2ECF8; color: #1D4C80; } .k-chip.work { background: #FFF0C7; color: #6B3A00; }
.k-panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); gap: 16px;
  width: 100%; align-items: start; }
.k-panel { background: #fff; border-radius: 16px; padding: 18px; box-shadow: 0 1px 2px rgba(18, 33, 27, .12); }
.k-compare { display: grid; grid-template-columns: 1fr 90px 90px; gap: 2px 12px; padding: 7px 0;
  border-bottom: 1px solid #E1E8E3; font-size: 15px; align-items: baseline; }
.k-compare.head { color: #55645C; font-size: 13px; font-weight: 600; }
.k-compare .wide { grid-column: 1 / -1; font-size: 14px; }
.k-sum { display: flex; justify-content: space-between; gap: 16px; padding: 6px 0; border-bottom: 1px solid #E1E8E3; }
.k-work { background: #fff; border-radius: 12px; padding: 14px 18px; border-left: 6px solid #FFC83A; display: flex;
  gap: 8px 16px; align-items: center; justify-content: space-between; flex-wrap: wrap; width: 100%; }
.k-work.alarm { border-left-color: #A3261B; }
.k-work > div { flex: 1 1 260px; min-width: 0; overflow-wrap: anywhere; }
@media (max-width: 600px) {
  .k-page { padding: 12px; }
  .k-day { grid-template-columns: 1fr auto; } .k-day .k-chip { grid-column: 1 / -1; grid-row: 2; }
  .k-compare { grid-template-columns: 1fr 88px 88px; }
}
"""


_AT_ONCE = 8


class CloseView:
    """The page's tab of days."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._day = parts, ""
        ui.add_css(CSS)
        self._close = CloseDialog(parts, self._draw)
        self._reason = ReasonDialog(parts, self._draw)
        self._count = CountDialog(parts, self._draw)
        self._payout = PayoutDialog(parts, self._draw)
        self._place = ui.column().classes("w-full gap-4").mark("days")
        ui.timer(0, self._draw, once=True)

    @property
    def _currency(self) -> str:
        return self._parts.config.store.currency

    async def _show(self, day: str) -> None:
        self._day = day
        await self._draw(anew=True)

    async def _draw(self, *, anew: bool = False) -> None:
        """A day of many sales takes its time: not in the page's own loop, where other people's lanes are shown."""
        found = await run.io_bound(self._look, self._day, anew)
        if found is None or self._place.is_deleted:
            return
        self._place.clear()
        with self._place:
            if isinstance(found, DayView):
                self._draw_day(found)
            else:
                self._draw_list(*found)

    def _look(self, day: str, anew: bool) -> DayView | tuple[list[differences.Difference], list[DaySummary]]:
        """`anew`: bring the work list of the day up to date first."""
        parts = self._parts
        now = parts.now_utc_ms()
        if day and anew:
            recheck(parts.engine, parts.config, day, now)
        if day:
            return view(parts.engine, parts.config, day, now)
        return differences.open_ones(parts.engine), latest(parts.engine, parts.config, now)

    # --- the list -----------------------------------------------------------------------------------------------------

    def _draw_list(self, work: list[differences.Difference], days: list[DaySummary]) -> None:
        with ui.row().classes("w-full items-center"):
            ui.label("Days").classes("k-title")
            ui.space()
            if self._parts.config.payouts:
                ui.button("Take in a payout", on_click=self._payout.open).props("flat no-caps").mark("payout")
            ui.button(icon="refresh", on_click=self._draw).props("flat round aria-label=Refresh")
        if work:
            ui.label(f"To explain: {len(work)}").classes("k-title")
            for one in work[:_AT_ONCE]:
                self._draw_work(one)
            if len(work) > _AT_ONCE:
                ui.label(f"and {len(work) - _AT_ONCE} more, on the page of their day").classes("k-muted")
        with ui.element("div").classes("k-days"):
            for day in days:
                self._draw_summary(day)
            if not days:
                ui.label("Nothing has been sold yet. A day appears here with its first sale.").classes("k-muted")

    def _draw_summary(self, one: DaySummary) -> None:
        words, tone = said.STATES[one.state]
        row = ui.element("button").classes("k-day").mark(f"day-{one.business_day}")
        row.on("click", partial(self._show, one.business_day))
        with row:
            ui.label(said.day_title(one.business_day)).classes("k-title")
            ui.label(words).classes(f"k-chip {tone}")
            ui.label(money(one.turnover_minor, self._currency)).classes("k-num k-title")
            notes = []
            if one.missing:
                notes.append(f"Not closed yet: {', '.join(one.missing)}")
            if one.transit_minor:
                notes.append(f"{money(one.transit_minor, self._currency)} in transit")
            if one.open_differences:
                notes.append(f"{one.open_differences} to explain")
            if notes:
                ui.label(" · ".join(notes)).classes("k-muted wide")

    def _draw_work(self, one: differences.Difference, *, button: bool = True) -> None:
        with ui.element("div").classes("k-work" + (" alarm" if one.what == "conflict" else "")).mark(f"work-{one.n}"):
            with ui.element("div"):
                ui.label(said.work_title(one)).classes("text-weight-bold")
                ui.label(said.work_text(one, self._currency))
            if button:
                ui.button("Give a reason", on_click=partial(self._reason.open, one)).props("outline no-caps")

    # --- one day ------------------------------------------------------------------------------------------------------

    def _draw_day(self, seen: DayView) -> None:
        words, tone = said.STATES[seen.state]
        with ui.row().classes("w-full items-center"):
            ui.button(icon="arrow_back", on_click=partial(self._show, "")).props("flat round aria-label=Back").mark(
                "back"
            )
            ui.label(said.day_title(seen.business_day, with_year=True)).classes("k-title")
            ui.label(words).classes(f"k-chip {tone}").mark("day-state")
            ui.space()
            with ui.row().classes("no-wrap items-center"):
                self._draw_actions(seen)
        for till in seen.shop.missing:
            ui.label(f"Till {till} has not closed its day").classes("k-call").mark(f"missing-{till}")
        if seen.transit_minor:
            ui.label(f"{money(seen.transit_minor, self._currency)} in transit").classes("k-muted")
        for one in seen.differences:
            if not one.reason:
                self._draw_work(one)
        with ui.element("div").classes("k-panels"):
            with _panel("The day"):
                for place, (word, sum_) in enumerate(said.figure_rows(added(*seen.figures.values()), self._currency)):
                    with ui.element("div").classes("k-sum" + ("" if place else " k-title")):
                        ui.label(word)
                        ui.label(sum_).classes("k-num")
            for till in (*(one.till for one in seen.shop.tills), SHOP):
                self._draw_till(till, [check for check in seen.checks if check.till == till], seen)
            self._draw_history(seen)

    def _draw_actions(self, seen: DayView) -> None:
        if seen.closings:
            for form, text in (("sie", "SIE 4"), ("csv", "CSV")):
                path = f"/api/v1/days/{seen.business_day}/export?format={form}"
                fetch: Callable[[], None] = partial(ui.navigate.to, path, new_tab=True)
                ui.button(text, icon="download", on_click=fetch).props("flat no-caps").mark(f"export-{form}")
        if seen.state in ("open", "reopened"):
            text = "Close the day" if seen.state == "open" else "Write the correction"
            ui.button(text, on_click=partial(self._close.open, seen)).props("unelevated no-caps").mark("close-day")

    def _draw_till(self, till: str, checks: list[Check], seen: DayView) -> None:
        if not checks and not till:
            return
        with _panel(f"Till {till}" if till else "Shop") as panel:
            panel.mark(f"till-{till}")
            if checks:
                _compare("", "Expected", "Found", head=True)
            else:
                ui.label("Nothing to compare yet.").classes("k-muted")
            for check in checks:
                line = said.line_of(check, self._currency)
                _compare(line.title, line.expected, line.told, line.off, line.note)
            if till:
                count = partial(self._count.open, seen.business_day, till)
                ui.button("Count the cash", on_click=count).props("flat no-caps").mark(f"count-{till}")

    def _draw_history(self, seen: DayView) -> None:
        names = users.names(self._parts.engine)
        ended = [one for one in seen.differences if one.reason]
        if not seen.closings and not ended:
            return
        with _panel("Closed and explained"):
            for row in seen.closings:
                what = "Closed" if row.revision == 1 else f"Correction {row.revision - 1}"
                by = names.get(row.by, row.by) or "the calendar"
                at = clock(rfc3339(row.closed_utc_ms), self._parts.config.zone)
                voucher = f", voucher {self._parts.config.bookkeeping.series}{row.voucher}" if row.voucher else ""
                ui.label(f"{what} {at} by {by}{voucher}")
                if row.missing:
                    ui.label(f"without {', '.join(row.missing)}").classes("k-muted")
            for one in ended:
                ui.label(f"{said.titled(one.what, one.about)}: {said.end_text(one, names)}").classes("k-muted")


def _panel(title: str) -> ui.element:
    panel = ui.element("div").classes("k-panel")
    with panel:
        ui.label(title).classes("k-title")
    return panel


def _compare(title: str, expected: str, told: str, off: str = "", note: str = "", *, head: bool = False) -> None:
    with ui.element("div").classes("k-compare" + (" head" if head else "")):
        ui.label(title)
        ui.label(expected).classes("k-num")
        ui.label(told).classes("k-num" + (" k-below" if off else ""))
        if off or note:
            ui.label(" · ".join(filter(None, (off, note)))).classes("wide " + ("k-below" if off else "k-muted"))
