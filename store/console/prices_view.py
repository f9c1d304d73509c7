"""Prices: what is planned and what it waits for, every version with the way back, and labels to be printed."""

from functools import partial

from nicegui import ui

from kiosk.values.moment import rfc3339
from store import price_batches, price_history, users
from store.console import book_words, words
from store.console.new_batch import NewBatch
from store.console.who import may, who
from store.label_words import label_of
from store.labels import sheet_of
from store.parts import Parts
from store.price_batches import BadBatch, Batch
from store.price_history import Version
from store.price_saving import begin, go_back
from store.prices_route import labels_of_batch

WAITS = {
    "approval": "Waits for somebody else to approve it",
    "labels": "Waits until its labels hang",
    "planned": "Starts by itself",
    "due": "Starts now",
    "started": "In use",
    "cancelled": "Called off",
}
_EVERY_S = 5


class PricesView:
    """The page's tab of prices."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        with ui.row().classes("w-full items-center"):
            ui.label("Planned changes").classes("k-title")
            ui.space()
            if may("goods"):
                plan = ui.button("Plan prices", icon="event", on_click=lambda: NewBatch(parts, self._draw))
                plan.props("no-caps unelevated").mark("plan-prices")
        self._planned = ui.element("div").classes("k-sheet").mark("batches")
        with ui.row().classes("w-full items-center"):
            ui.label("Shelf labels").classes("k-title")
            self._words = (
                ui.input("Of products with these words").props("outlined dense bg-color=white").classes("grow")
            )
            ui.button("Print", icon="print", on_click=self._print).props("flat no-caps").mark("print-labels")
        ui.label("Versions").classes("k-title")
        self._lanes = ui.label().classes("k-muted").mark("published")
        self._versions = ui.element("div").classes("k-sheet").mark("versions")
        self._shown: object = None
        self._names: dict[str, str] = {}
        self._draw()
        ui.timer(_EVERY_S, self._refresh)

    def _refresh(self) -> None:
        """Only if something is different: a batch begins while somebody looks."""
        self._lanes.set_text(self._published())
        if self._now() != self._shown:
            self._draw()

    def _published(self) -> str:
        """How far the version in use has come: lanes by the version that they say they sell by."""
        head = self._parts.prices.head()
        if head is None:
            return "No price book yet."
        live = [lane for lane in self._parts.lanes.all() if lane.online and lane.state is not None]
        behind = [lane.till for lane in live if lane.state is not None and lane.state.price_book != head.version]
        heard = f"{words.counted(len(live), 'checkout')} that can be heard"
        told = f"Version {head.version} is on {len(live) - len(behind)} of {heard}"
        return f"{told}; not yet on {', '.join(behind)}." if behind else f"{told}."

    def _now(self) -> tuple[object, ...]:
        now = self._parts.now_utc_ms()
        found = price_batches.open_batches(self._parts.engine)
        head = self._parts.prices.head()
        return tuple((batch.id, batch.state(now)) for batch in found), head.version if head else ""

    def _draw(self) -> None:
        self._shown = self._now()
        self._names = users.names(self._parts.engine)
        self._lanes.set_text(self._published())
        self._planned.clear()
        batches = [
            *price_batches.open_batches(self._parts.engine), *price_batches.ended_batches(self._parts.engine, 5)
        ]  # fmt: skip
        with self._planned:
            for batch in batches:
                self._batch(batch)
            if not batches:
                ui.label("Nothing is planned. What is saved without a day begins at once.").classes("k-muted q-pa-md")
        self._versions.clear()
        with self._versions:
            for version in price_history.versions(self._parts.engine, 25):
                self._version(version)

    def _batch(self, batch: Batch) -> None:
        now = self._parts.now_utc_ms()
        state = batch.state(now)
        with ui.element("div").classes("k-member").mark(f"batch-{batch.id}"):
            with ui.element("div"):
                ui.label(batch.name).classes("k-title")
                starts = (
                    words.clock(rfc3339(batch.starts_utc_ms), self._parts.config.zone) if batch.starts_utc_ms else ""
                )
                about = [words.counted(len(batch.rows), "price")] if batch.rows else []
                about += [book_words.told_edit(edit, self._parts.config.store.currency) for edit in batch.edits[:5]]
                about += [f"{len(batch.edits) - 5} more"] if len(batch.edits) > 5 else []
                told = "; ".join(about) + (f", from {starts}" if starts else "")
                ui.label(f"{told} · by {self._names.get(batch.made_by, batch.made_by) or 'the shell'}").classes(
                    "k-muted"
                )
                why = f": {self._named(batch.needs_approval)}" if state == "approval" else ""
                ui.label(WAITS[state] + why).classes("k-status")
                if batch.left_out:
                    ui.label(f"Left out: {batch.left_out}").classes("k-trouble")
            with ui.row().classes("justify-end"):
                ui.button("Labels", on_click=lambda: self._labels(batch)).props("flat no-caps")
                if not may("goods"):
                    return
                if state == "approval":
                    ui.button("Approve", on_click=partial(self._act, price_batches.approve, batch)).props(
                        "flat no-caps"
                    )
                if state == "labels":
                    ui.button("Labels hang", on_click=partial(self._act, price_batches.labels_hang, batch)).props(
                        "flat no-caps"
                    )
                if state not in ("started", "cancelled"):
                    ui.button("Call off", on_click=lambda: self._cancel(batch)).props("flat no-caps color=negative")

    def _named(self, why: str) -> str:
        """`Bacon changes by more than 25 per cent`: what asks for a second person begins with the product's code."""
        code, _, rest = why.partition(" ")
        found = [row.name for row in self._parts.prices.search(code, 5) if row.code == code]
        return f"{found[0]} {rest}" if found else why

    def _act(self, act: "object", batch: Batch) -> None:
        try:
            act(self._parts.engine, batch.id, who())  # type: ignore[operator]  # approve or labels_hang
        except BadBatch as bad:
            ui.notify(words.sentence(str(bad)), type="negative")
        begin(self._parts)
        self._draw()

    def _cancel(self, batch: Batch) -> None:
        try:
            price_batches.cancel(self._parts.engine, batch.id, who(), self._parts.now_utc_ms())
        except BadBatch as bad:
            ui.notify(words.sentence(str(bad)), type="negative")
        self._draw()

    def _labels(self, batch: Batch) -> None:
        ui.download(labels_of_batch(self._parts, batch), f"labels-{batch.id}.pdf")

    def _print(self) -> None:
        rows = self._parts.prices.search(self._words.value or "", 1000)
        if not rows:
            ui.notify("No product has these words.", type="warning")
            return
        pdf = sheet_of([label_of(row, self._parts.config.store.currency) for row in rows])
        ui.download(pdf, "labels.pdf")

    def _version(self, version: Version) -> None:
        at = words.clock(rfc3339(version.made_utc_ms), self._parts.config.zone)
        with ui.element("div").classes("k-member").mark(f"version-{version.version}"):
            with ui.element("div"):
                ui.label(f"{version.version}: {words.named(version.why, self._names)}").classes("k-title")
                ui.label(f"{at}, {words.counted(version.items, 'row')}, {version.changed} of them new").classes(
                    "k-muted"
                )
            look = ui.button("Look", on_click=lambda: self._look(version)).props("flat no-caps")
            look.mark(f"look-{version.version}")

    def _look(self, version: Version) -> None:
        change = price_history.change_of(self._parts.engine, version.version)
        with ui.dialog(value=True) as dialog, ui.card().classes("k-file"):
            ui.label(f"Version {version.version}").classes("k-title")
            for line in book_words.told_change(change, self._parts.config.store.currency):
                ui.label(line)
            head = self._parts.prices.head()
            with ui.row().classes("w-full justify-end"):
                if head is not None and head.version != str(version.version) and may("goods"):
                    ui.button("Back to this version", on_click=lambda: self._back(version, dialog)).props(
                        "flat no-caps color=negative"
                    ).mark("roll-back")
                ui.button("Close", on_click=dialog.close).props("flat no-caps")
        dialog.on("hide", dialog.delete)

    def _back(self, version: Version, dialog: ui.dialog) -> None:
        try:
            batch = go_back(self._parts, version.version, by=who())
        except BadBatch as bad:
            ui.notify(f"Not possible: {bad}.", type="negative")
            return
        dialog.close()
        if batch is None or batch.version is not None:
            ui.notify(f"Prices and offers are as in version {version.version}.", type="positive")
        else:
            left = f" Left out, since it would be wrong: {batch.left_out}." if batch.left_out else ""
            why = self._named(batch.needs_approval)
            told = f"{batch.name} waits for somebody else to approve it: {why}.{left}"
            ui.notify(told, type="warning")
        self._draw()
