"""Close dialogs: what people do to a day. Who they are their PIN proves; what is refused is said below the fields."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import events, run, ui

from store import differences
from store.close_rights import may_close, may_count
from store.closing_days import CannotClose, DayView, close, count_cash, recheck
from store.console import day_words as said
from store.console.slow_button import slow_button
from store.console.words import amount, money
from store.packs import read_pack
from store.parts import Parts
from store.payout_csv import LARGEST_BYTES, BadPayouts
from store.payouts import days_of, take_file
from store.problem import Problem

MOST_PIECES = 10_000
Done = Callable[[], Awaitable[None]]
"""What draws the page anew."""


class _Dialog:
    """A card with a title, fields, a PIN, a line for refusals, and one thing to do."""

    def __init__(self, parts: Parts, done: Done, does: str, mark: str) -> None:
        self._parts, self._done = parts, done
        with ui.dialog() as self._dialog, ui.card().classes("w-full").style("max-width: 460px"):
            self._title = ui.label().classes("k-title")
            self._fields = ui.column().classes("w-full gap-2")
            self._pin = ui.input("Your PIN", password=True).classes("w-full").mark(f"{mark}-pin")
            self._pin.props("outlined dense inputmode=numeric autocomplete=off")
            self._said = ui.label().classes("k-below").mark(f"{mark}-said")
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                slow_button(does, self._act).props("unelevated no-caps").mark(f"{mark}-do")

    def _begin(self, title: str) -> None:
        self._title.set_text(title)
        self._pin.set_value("")
        self._said.set_text("")
        self._fields.clear()
        self._dialog.open()

    async def _act(self) -> None:
        """The PIN takes as long as its hashes: not in the page's own loop."""
        self._said.set_text("")
        try:
            told = await run.io_bound(self._do, self._pin.value or "")
        except Problem as refusal:
            self._said.set_text(str(refusal.detail))
            return
        except (CannotClose, differences.CannotEnd, BadPayouts) as refusal:
            self._said.set_text(str(refusal).replace("\n", "; "))
            return
        self._dialog.close()
        ui.notify(told, type="positive")
        await self._done()

    def _do(self, pin: str) -> str:
        """Do it; what to say then."""
        raise NotImplementedError


class CloseDialog(_Dialog):
    """Close a day, or write its correction."""

    def __init__(self, parts: Parts, done: Done) -> None:
        super().__init__(parts, done, "Close", "close")
        self._day = ""

    def open(self, seen: DayView) -> None:
        """For this day, with what is missing."""
        self._day = seen.business_day
        self._begin(f"Close {said.day_title(seen.business_day)}")
        with self._fields:
            if seen.shop.missing:
                text = f"{', '.join(seen.shop.missing)} has not closed yet. What comes later will be a correction."
                ui.label(text).classes("k-flag")
            else:
                ui.label("All tills have closed. What comes later will be a correction.").classes("k-muted")

    def _do(self, pin: str) -> str:
        parts = self._parts
        by = may_close(parts.engine, pin, parts.now_utc_ms())
        row = close(parts.engine, parts.config, self._day, by, parts.now_utc_ms())
        return "Nothing has changed since" if row is None else "The day is closed"


class ReasonDialog(_Dialog):
    """Give a difference its reason."""

    def __init__(self, parts: Parts, done: Done) -> None:
        super().__init__(parts, done, "Explain", "reason")
        self._n = 0
        self._why: Any = None
        self._note: Any = None

    def open(self, one: differences.Difference) -> None:
        """For this difference."""
        self._n = one.n
        self._begin(said.work_title(one))
        with self._fields:
            ui.label(said.work_text(one, self._parts.config.store.currency))
            self._why = ui.select(differences.REASONS, label="Reason").props("outlined dense").classes("w-full")
            self._why.mark("reason-why")
            self._note = ui.input("Note").props(f"outlined dense maxlength={differences.MOST_NOTE}").classes("w-full")
            self._note.mark("reason-note")

    def _do(self, pin: str) -> str:
        if not self._why.value:
            raise differences.CannotEnd("choose a reason")
        parts = self._parts
        by = may_close(parts.engine, pin, parts.now_utc_ms())
        differences.end(parts.engine, self._n, self._why.value, self._note.value or "", by, parts.now_utc_ms())
        return "Explained"


class CountDialog(_Dialog):
    """Count a till's cash, note by note and coin by coin."""

    def __init__(self, parts: Parts, done: Done) -> None:
        super().__init__(parts, done, "That is all of it", "count")
        self._day = self._till = ""
        self._many: dict[int, ui.input] = {}
        self._sum: Any = None
        self._note: Any = None

    def open(self, day: str, till: str) -> None:
        """For this till's drawer."""
        self._day, self._till, self._many, self._sum = day, till, {}, None
        currency = self._parts.config.store.currency
        self._begin(f"Cash of {till}, {said.day_title(day)}")
        units = read_pack(self._parts.config.store.jurisdiction).cash_units_minor
        with self._fields:
            with (
                ui.element("div")
                .classes("w-full")
                .style("display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 8px")
            ):
                for unit in units:
                    many = ui.input(amount(unit, currency).removesuffix(".00"), on_change=self._add_up).mark(
                        f"count-{unit}"
                    )
                    many.props("outlined dense inputmode=numeric maxlength=5 input-class=text-right")
                    self._many[unit] = many
            self._note = ui.input("Note").props("outlined dense maxlength=200").classes("w-full")
            self._sum = ui.label().classes("k-due k-num w-full").mark("count-sum")
        self._add_up()

    def _pieces(self) -> dict[int, int] | None:
        """None: something is no number."""
        texts = {unit: (field.value or "").strip() or "0" for unit, field in self._many.items()}
        if not all(text.isascii() and text.isdigit() and int(text) <= MOST_PIECES for text in texts.values()):
            return None
        return {unit: int(text) for unit, text in texts.items()}

    def _add_up(self) -> None:
        if self._sum is None:
            return
        pieces = self._pieces()
        counted = sum(unit * many for unit, many in (pieces or {}).items())
        currency = self._parts.config.store.currency
        self._sum.set_text(money(counted, currency) if pieces is not None else "How many of each?")

    def _do(self, pin: str) -> str:
        pieces, parts = self._pieces(), self._parts
        if pieces is None:
            raise CannotClose("write how many there are of each, in figures")
        by, now = may_count(parts.engine, pin, parts.now_utc_ms()), parts.now_utc_ms()
        counted = count_cash(parts.engine, parts.config, self._day, self._till, pieces, by, self._note.value or "", now)
        return f"{money(counted, parts.config.store.currency)} counted"


class PayoutDialog(_Dialog):
    """Take in an acquirer's file."""

    def __init__(self, parts: Parts, done: Done) -> None:
        super().__init__(parts, done, "Take it in", "payout")
        self._data, self._name = b"", ""
        self._profile: Any = None

    def open(self) -> None:
        """With nothing chosen."""
        self._data, self._name = b"", ""
        profiles = list(self._parts.config.payouts)
        self._begin("A payout of the acquirer")
        with self._fields:
            self._profile = ui.select(profiles, value=profiles[0], label="From").props("outlined dense")
            self._profile.classes("w-full")
            upload = ui.upload(on_upload=self._take, auto_upload=True, max_file_size=LARGEST_BYTES, label="The file")
            upload.props("flat bordered accept=.csv,.txt").classes("w-full").mark("payout-file")

    async def _take(self, event: events.UploadEventArguments) -> None:
        self._data, self._name = await event.file.read(), event.file.name

    def _do(self, pin: str) -> str:
        parts = self._parts
        if not self._data:
            raise BadPayouts(["choose the file first"])
        by, now = may_close(parts.engine, pin, parts.now_utc_ms()), parts.now_utc_ms()
        taken = take_file(parts.engine, parts.config, self._data, self._name, self._profile.value, by, now)
        for day in days_of(parts.engine, self._data):
            recheck(parts.engine, parts.config, day, now)
        return f"{taken.new} of {taken.lines} lines are new, {taken.matched} found their payment"
