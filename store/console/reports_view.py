"""Reports: pick one, a period, splits and filters; see it as a chart and a table, take it along as a file.

Every change shows the report anew. What takes a while runs beside the page, shows how far it is, and can be stopped.
"""

from collections.abc import Callable, Sequence
from typing import Any

from nicegui import run, ui

from store.console import words
from store.console.charts import chart
from store.console.report_schedules import schedules_dialog
from store.console.report_shown import tiles, wide_table
from store.dimensions import DIMENSIONS
from store.parts import Parts
from store.periods import PERIODS, before, period, today, told
from store.report_book import BOOK
from store.report_files import MEDIA_TYPES, written
from store.report_shapes import Ask, Report, UnknownReport
from store.report_stock import FILTERS, OF_STOCK
from store.reports import filterable, make_report

_CUSTOM = "custom"
_LOOK_EVERY_S = 1
_MOST_ROWS = 500
TITLES = {name: one.title for name, one in BOOK.items()} | OF_STOCK
_DAY = r"^\d{4}-\d{2}-\d{2}$"


class Stopped(Exception):
    """Whoever waited waits no more."""


class _Going:
    """A report that is being made: how far it is, and whether anybody still wants it."""

    def __init__(self) -> None:
        self.done, self.parts, self.stopped = 0, 0, False

    def told(self, done: int, parts: int) -> None:
        """From the thread that makes it."""
        self.done, self.parts = done, parts
        if self.stopped:
            raise Stopped


class ReportsView:
    """The tab."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._going: _Going | None = None
        self._settling = False
        self._filters: dict[str, tuple[str, ...]] = {}
        self._controls()
        self._waiting()
        self._body = ui.element("div").classes("w-full k-report").mark("report")
        ui.timer(0, self._show, once=True)
        ui.timer(_LOOK_EVERY_S, self._look)

    # --- what is asked ------------------------------------------------------------------------------------------------

    def _controls(self) -> None:
        with ui.element("div").classes("k-ask"):
            self._name = _select("Report", TITLES, "sales", self._other).mark("report-name")
            stretches = {name: title for name, (title, _) in PERIODS.items()} | {_CUSTOM: "From ... to ..."}
            self._stretch = _select("Period", stretches, "30-days", self._stretched).mark("report-period")
            self._from = _day_field("From", self._show).mark("report-from")
            self._to = _day_field("To", self._show).mark("report-to")
            self._by = _select("By", {}, None, self._show).mark("report-by")
            self._and = _select("and by", {"": "Nothing"}, "", self._show).mark("report-and")
        with ui.row().classes("w-full items-center gap-2 k-exports"):
            self._chips = ui.row().classes("items-center gap-2").mark("report-filters")
            self._add = ui.button("Add filter", icon="filter_alt", on_click=self._ask_filter).props("flat no-caps")
            ui.space()
            for form in ("csv", "xlsx", "pdf"):
                button = ui.button(form.upper(), on_click=lambda form=form: self._take(form))
                button.props(f"outline no-caps icon=download aria-label='Download {form.upper()}'")
            mail = ui.button("By e-mail", icon="schedule_send", on_click=self._schedule).props("outline no-caps")
            mail.mark("report-mail")
        self._offer_splits()
        self._stretched_fields()

    def _offer_splits(self) -> None:
        """What this report can be split by; a split that it has not falls back to its habit."""
        name = self._name.value
        by = BOOK[name].by if name in BOOK else ("product",)
        titles = {one: DIMENSIONS[one].title for one in by}
        self._settling = True
        self._by.set_options(titles, value=by[0])
        self._and.set_options({"": "Nothing", **titles} if len(by) > 1 else {"": "Nothing"}, value="")
        self._settling = False

    def _filterable(self) -> Sequence[str]:
        return filterable(BOOK[self._name.value]) if self._name.value in BOOK else FILTERS

    async def _other(self) -> None:
        known = self._filterable()
        self._add.set_visibility(bool(known))
        self._filters = {name: values for name, values in self._filters.items() if name in known}
        self._offer_splits()
        self._draw_chips()
        await self._show()

    def _stretched_fields(self) -> None:
        for field in (self._from, self._to):
            field.set_visibility(self._stretch.value == _CUSTOM)

    async def _stretched(self) -> None:
        self._stretched_fields()
        if self._stretch.value == _CUSTOM and not self._from.value:
            self._settling = True
            self._from.value, self._to.value = period("month", self._today)
            self._settling = False
        await self._show()

    @property
    def _today(self) -> Any:
        return today(self._parts.now_utc_ms(), self._parts.config.zone)

    def _days(self) -> tuple[str, str]:
        if self._stretch.value == _CUSTOM:
            return self._from.value or "", self._to.value or ""
        return period(self._stretch.value, self._today)

    def _asked(self, limit: int = 0) -> Ask:
        second = (self._and.value,) if self._and.value and self._and.value != self._by.value else ()
        return Ask(self._name.value, *self._days(), (self._by.value, *second), dict(self._filters), limit)

    # --- making it ----------------------------------------------------------------------------------------------------

    def _waiting(self) -> None:
        with ui.row().classes("w-full items-center") as self._wait:
            self._bar = ui.linear_progress(0, show_value=False).classes("col").props("rounded")
            ui.button("Stop", on_click=self._stop).props("flat no-caps dense").mark("report-stop")
        self._wait.set_visibility(False)

    def _look(self) -> None:
        """How far the report in hand is. One that is there at once shows no bar."""
        going = self._going
        self._wait.set_visibility(going is not None and going.parts > 1)
        if going is not None and going.parts:
            hundredths = 100 * going.done // going.parts
            self._bar.props(f"value={hundredths // 100}.{hundredths % 100:02d}")

    def _stop(self) -> None:
        if self._going is not None:
            self._going.stopped = True

    async def _made(self, ask: Ask) -> Report | str:
        """The report, or why there is none. One that was begun before is stopped."""
        self._stop()
        self._going = going = _Going()
        try:
            timezone = self._parts.config.store.timezone
            now = self._today.isoformat()
            made = await run.io_bound(make_report, self._parts.engine, ask, timezone, going.told, now)
            return made or "The store is closing."
        except (UnknownReport, Stopped) as why:
            return str(why) or "Stopped."
        finally:
            if self._going is going:
                self._going = None

    async def _show(self) -> None:
        """What is asked for now, unless the page itself is just setting fields."""
        if self._settling:
            return None
        ask = self._asked(_MOST_ROWS)
        if (wrong := self._wrong(ask)) is not None:
            return self._told(wrong)
        report = await self._made(ask)
        if ask != self._asked(_MOST_ROWS):
            return None  # something else has been asked meanwhile, and comes
        if isinstance(report, str):
            return self._told(report)
        earlier = await self._earlier(ask)
        self._draw(report, earlier)
        return None

    def _wrong(self, ask: Ask) -> str | None:
        """Why it cannot be asked; a word beside the field that is to be mended."""
        for field in (self._from, self._to):
            field.props(remove="error error-message")
        if self._stretch.value != _CUSTOM or ask.from_day <= ask.to_day:
            return None
        self._to.props("error error-message='before the first day'")
        return "The last day is before the first."

    async def _earlier(self, ask: Ask) -> Report | None:
        """The same for the time before, to compare with; not where it would take a while."""
        if not ask.from_day or ask.name in OF_STOCK or ask.filters:
            return None
        first, last = before(ask.from_day, ask.to_day)
        made = await self._made(Ask(ask.name, first, last, ask.by[:1], {}, 1))
        return made if isinstance(made, Report) else None

    # --- showing it ---------------------------------------------------------------------------------------------------

    def _told(self, why: str) -> None:
        self._body.clear()
        with self._body:
            ui.label(why).classes("k-muted").mark("report-none")

    def _draw(self, report: Report, earlier: Report | None) -> None:
        currency, described = self._parts.config.store.currency, BOOK.get(report.name)
        self._body.clear()
        with self._body:
            about = described.about if described else "Over what was sold in the period; stock as it is now."
            ui.label(f"{about} {told(*self._days())}.").classes("k-muted")
            if not report.rows:
                ui.label("Nothing in this period.").classes("k-title").mark("report-none")
                return
            tiles(report, earlier, currency)
            options = chart(report, described, currency)
            if options is not None:
                with ui.element("div").classes("k-sheet"):
                    ui.echart(options).classes("k-chart").mark("report-chart")
            wide_table(report, currency)
            if report.found > len(report.rows):
                more = f"The first {len(report.rows)} of {words.much(report.found, 0)}; a file has them all."
                ui.label(more).classes("k-muted")

    async def _take(self, form: str) -> None:
        """The whole report as a file."""
        report = await self._made(self._asked())
        if isinstance(report, str):
            ui.notify(report, type="negative")
            return
        first, last = self._days()
        file = written(report, form, self._parts.config.store.currency)
        ui.download.content(file, f"{report.name}_{first}_{last}.{form}", MEDIA_TYPES[form])

    def _schedule(self) -> None:
        stretch = self._stretch.value if self._stretch.value != _CUSTOM else "yesterday"
        schedules_dialog(self._parts, self._asked(), stretch)

    # --- filters ------------------------------------------------------------------------------------------------------

    def _draw_chips(self) -> None:
        self._chips.clear()
        with self._chips:
            for name, values in self._filters.items():
                said = ", ".join(_value_said(name, value) for value in values)
                chip = ui.chip(f"{DIMENSIONS[name].title}: {said}", removable=True, color="white")
                chip.on_value_change(lambda _, name=name: self._without(name))

    async def _without(self, name: str) -> None:
        self._filters.pop(name, None)
        self._draw_chips()
        await self._show()

    async def _ask_filter(self) -> None:
        """What to filter by, then its values: those that the period has."""
        names = self._filterable()
        with ui.dialog(value=True) as dialog, ui.card().classes("w-96"):
            ui.label("Count only").classes("k-title")
            which = _select("What", {name: DIMENSIONS[name].title for name in names}, None, lambda: load())
            which.classes("w-full").mark("filter-name")
            values = ui.select({}, multiple=True, with_input=True, label="Which", new_value_mode="add-unique")
            values.props("outlined dense use-chips").classes("w-full").mark("filter-values")

            async def load() -> None:
                values.set_options(await self._values(which.value), value=[])

            async def use() -> None:
                dialog.close()
                if which.value and values.value:
                    self._filters[which.value] = tuple(map(str, values.value))
                    self._draw_chips()
                    await self._show()

            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
                ui.button("Use", on_click=use).props("no-caps").mark("filter-use")
        dialog.on("hide", dialog.delete)

    async def _values(self, name: str) -> dict[str, str]:
        """The values that there are in the period, as they are filtered by and as they are read."""
        if name == "product":
            return {}
        found = next((one for one in BOOK.values() if name in one.by), None)
        if found is None:
            return {}
        made = await self._made(Ask(found.name, *self._days(), (name,)))
        if isinstance(made, str):
            return {}
        values = [str(row[0]) for row in made.rows]
        if name == "group":
            values = sorted({word for value in values for word in value.split()} | {""})
        return {value or "-": _value_said(name, value or "-") for value in dict.fromkeys(values)}


def _value_said(name: str, value: str) -> str:
    from store.dimensions import read

    plain = "" if value == "-" else value
    number = DIMENSIONS[name].number
    return (
        read(name, int(plain)) if number and plain.lstrip("-").isdigit() else read(name, plain) if not number else value
    )


def _select(label: str, options: dict[str, str], value: str | None, changed: Callable[..., Any]) -> ui.select:
    field = ui.select(options, label=label, value=value, on_change=changed)
    return field.props("outlined dense bg-color=white options-dense").classes("k-field")


def _day_field(label: str, changed: Callable[..., Any]) -> ui.input:
    field = ui.input(label, on_change=changed, validation=None)
    return field.props("outlined dense bg-color=white type=date stack-label").classes("k-field")
