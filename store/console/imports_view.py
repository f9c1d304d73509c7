"""Imports: a file of another system, what it would change, the deed, and the way back."""

from asyncio import to_thread
from collections.abc import Sequence
from functools import partial
from typing import Any

from nicegui import events, ui

from kiosk.values.moment import rfc3339
from store import users
from store.console import words
from store.console.file_field import file_field
from store.console.who import who
from store.imports.against import Job, options_of
from store.imports.doing import Done, do, listed, look, names_of, waiting
from store.imports.plan import Plan
from store.imports.reading import LARGEST_BYTES, BadImport
from store.imports.state import STANDS, State, states
from store.imports.told import WORDS, told_counts, told_done, told_price, told_undone, told_waiting
from store.imports.undo import undo
from store.imports.wanted import Options
from store.packs import tax_classes
from store.parts import Parts
from store.price_batches import Batch, open_batches
from store.price_saving import limits_of
from store.stock import places
from store.stock_ledger import FLOOR

SYSTEMS = {"odoo": "Odoo", "square": "Square"}
KINDS = {"products": "Products", "members": "Members", "stock": "Stock", "gift-cards": "Gift cards"}
_LINES = 50


class ImportsView:
    """The page's tab of imports."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._data, self._name = parts, b"", ""
        self._said: dict[str, Any] = {}
        self._names: dict[str, str] = {}
        ui.label("Bring your shop with you").classes("k-title")
        with ui.element("div").classes("k-sheet k-import"):
            with ui.element("div").classes("k-ask"):
                self._profile = self._choice(SYSTEMS, "From", "import-profile")
                self._kind = self._choice(KINDS, "What", "import-kind")
            self._asked = ui.element("div").classes("k-ask")
            self._upload = file_field("Choose the file", self._take, ".csv,.txt,.json", LARGEST_BYTES).mark(
                "import-file"
            )
            self._shown = ui.element("div").classes("w-full").mark("import-preview")
        self._ask()
        ui.label("Done before").classes("k-title")
        self._before = ui.element("div").classes("k-sheet").mark("imports")
        self._draw_before()

    def _choice(self, choices: dict[str, str], label: str, mark: str) -> ui.select:
        chosen = ui.select(choices, value=next(iter(choices)), label=label, on_change=self._ask)
        return chosen.props("outlined dense").mark(mark)

    def _ask(self) -> None:
        """What a file of this kind does not say. Another kind is another file."""
        self._data = b""
        self._shown.clear()
        self._asked.clear()
        with self._asked:
            self._said = {"products": self._about_tax, "members": self._about_consent, "stock": self._about_place}.get(
                self._kind.value, dict
            )()

    def _about_tax(self) -> dict[str, Any]:
        classes = {"": "Refuse them", **{name: name for name in sorted(tax_classes(self._jurisdiction))}}
        tax = ui.select(classes, value="", label="If the file says no tax", on_change=self._look)
        net = ui.checkbox("Prices are without tax", on_change=self._look).mark("import-net")
        return {"tax_class": tax.props("outlined dense").mark("import-tax"), "without_tax": net}

    def _about_consent(self) -> dict[str, Any]:
        agreed = ui.checkbox("These people have agreed to be members of this shop", on_change=self._look)
        return {"agreed": agreed.mark("import-agreed")}

    def _about_place(self) -> dict[str, Any]:
        location = ui.input("Location, if the file has several").props("outlined dense").mark("import-location")
        location.on("blur", self._look)
        here = {one.id: one.name for one in places(self._parts.engine, "here")}
        place = ui.select(here, value=FLOOR, label="Goes to", on_change=self._look)
        return {"location": location, "place": place.props("outlined dense").mark("import-place")}

    @property
    def _jurisdiction(self) -> str:
        return self._parts.config.store.jurisdiction

    async def _take(self, event: events.UploadEventArguments) -> None:
        self._data, self._name = await event.file.read(), event.file.name
        self._upload.reset()
        await self._look()

    def _job(self) -> Job:
        said = {name: element.value for name, element in self._said.items()}
        options = options_of(self._parts.config, **said)
        return Job(self._profile.value, self._kind.value, self._data, options, self._name)

    async def _look(self) -> None:
        if not self._data:
            return
        try:
            job = self._job()
            plan = await to_thread(look, self._parts.engine, self._parts.config, job, self._parts.now_utc_ms())
        except BadImport as bad:
            self._refuse(bad)
            return
        self._shown.clear()
        with self._shown:
            ui.label(f"{self._name}: {told_counts(plan)}").classes("k-status").mark("import-counts")
            _table(plan, job.options)
            if plan.doing:
                button = ui.button(
                    f"Import {words.counted(len(plan.doing), 'line')}", icon="download", on_click=partial(self._do, job)
                )
                button.props("no-caps unelevated").mark("import-do")
            else:
                ui.label("Nothing would change.").classes("k-muted")

    def _refuse(self, bad: BadImport) -> None:
        self._shown.clear()
        with self._shown:
            ui.label(f"Nothing of {self._name} was imported:").classes("k-trouble")
            for problem in bad.problems:
                ui.label(problem[:1].upper() + problem[1:]).classes("k-trouble")

    async def _do(self, job: Job) -> None:
        self._shown.clear()
        with self._shown:
            ui.spinner(size="lg")
        parts = self._parts
        try:
            done = await to_thread(do, parts.engine, parts.config, job, who(), parts.now_utc_ms())
        except BadImport as bad:
            self._refuse(bad)
            return
        parts.clerk.look()
        self._data = b""
        self._shown.clear()
        with self._shown:
            batch = waiting(parts.engine, done)
            ui.label(f"Done: {told_done(done, 'done')}" if batch is None else told_waiting(batch)).classes("k-status")
        self._draw_before()

    def _draw_before(self) -> None:
        self._before.clear()
        self._names = users.names(self._parts.engine)
        with self._before:
            found = listed(self._parts.engine)
            waits = open_batches(self._parts.engine)
            with self._parts.engine.connect() as connection:
                stands = states(connection, found)
            for done in found:
                self._one(done, stands[done.id], waits)
            if not found:
                ui.label("Nothing has been imported yet.").classes("k-muted q-pa-md")

    def _one(self, done: Done, state: State, waits: Sequence[Batch]) -> None:
        at = words.clock(rfc3339(done.at_utc_ms), self._parts.config.zone)
        with ui.element("div").classes("k-member").mark(f"import-{done.id}"):
            with ui.element("div"):
                ui.label(f"{KINDS.get(done.kind, done.kind)} from {SYSTEMS.get(done.profile, done.profile)}").classes(
                    "k-title"
                )
                ui.label(f"{at} · {done.file} · by {self._names.get(done.by, done.by) or 'the shell'}").classes(
                    "k-muted"
                )
                ui.label(told_done(done, state))
                if (batch := next((one for one in waits if one.name in names_of(done)), None)) is not None:
                    ui.label(told_waiting(batch)).classes("k-flag")
            if state in STANDS:
                ui.button("Undo", on_click=partial(self._sure, done)).props("flat no-caps color=negative").mark(
                    f"undo-{done.id}"
                )

    def _sure(self, done: Done) -> None:
        with ui.dialog(value=True) as dialog, ui.card().classes("k-file"):
            ui.label(f"Take {done.file} out again?").classes("k-title")
            ui.label("What somebody has bought with, used or changed since stays as it is.").classes("k-muted")
            with ui.row().classes("w-full justify-end"):
                ui.button("Keep it", on_click=dialog.close).props("flat no-caps")
                ui.button("Undo the import", on_click=partial(self._undo, done, dialog)).props(
                    "unelevated no-caps color=negative"
                ).mark("undo-do")
        dialog.on("hide", dialog.delete)

    async def _undo(self, done: Done, dialog: ui.dialog) -> None:
        dialog.close()
        parts = self._parts
        try:
            after = await to_thread(undo, parts.engine, done.id, who(), parts.now_utc_ms(), limits_of(parts))
        except BadImport as bad:
            ui.notify(words.sentence(str(bad)), type="negative")
        else:
            parts.clerk.look()
            batch = waiting(parts.engine, after)
            told = words.sentence(told_undone(after)) if batch is None else told_waiting(batch)
            ui.notify(told, type="positive" if batch is None else "warning")
        self._draw_before()


def _table(plan: Plan, options: Options) -> None:
    """The first lines that do something or are left out."""
    steps = [step for step in plan.steps if step.what != "same"]
    for step in steps[:_LINES]:
        with ui.element("div").classes("k-step"):
            ui.label(f"Line {step.line} · {WORDS[step.what].capitalize()}").classes("k-muted")
            ui.label(" · ".join(part for part in (step.name, step.code) if part))
            ui.label(told_price(step, options)).classes("k-num")
            ui.label(step.told).classes("k-muted")
    if len(steps) > _LINES:
        ui.label(f"and {len(steps) - _LINES} more lines").classes("k-muted")
