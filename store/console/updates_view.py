"""Updates: which version each lane runs; bundles that are kept; rollouts in waves, followed, stopped and resumed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import gettempdir
from typing import TypeVar

from nicegui import events, ui

from store import rollouts, users
from store.bundle_arrival import LARGEST_BYTES, receive
from store.bundles import NoBundle, bundles, names
from store.console import updates_words as words
from store.console.file_field import file_field
from store.console.who import may, note, who
from store.console.words import sentence
from store.disk_room import room
from store.parts import Parts
from store.rollout import BadPlan, Plan

_EVERY_S = 2
_CHUNK = 1 << 20
_STEP = 16 << 20
"""So finely the browser is told what fits."""
T = TypeVar("T")


class UpdatesView:
    """The page's tab."""

    def __init__(self, parts: Parts) -> None:
        self._parts, self._drawn = parts, object()
        with ui.row().classes("w-full items-center justify-between"):
            ui.label("Versions of the checkouts").classes("k-title")
            ui.button("New rollout", on_click=self._plan).props("no-caps unelevated").mark("rollout-new")
        self._lanes = ui.column().classes("k-sheet w-full gap-0").mark("versions")
        ui.label("Rollouts").classes("k-title q-mt-lg")
        self._rollouts = ui.column().classes("w-full gap-3").mark("rollouts")
        ui.label("Bundles").classes("k-title q-mt-lg")
        self._most = 0
        self._upload = file_field("Add a signed bundle (.raucb)", self._take, ".raucb", LARGEST_BYTES)
        self._upload.on_rejected(self._reject)
        self._upload.mark("bundle-file")
        self._said = ui.label().classes("k-trouble").mark("bundle-said")
        self._kept = ui.column().classes("k-sheet w-full gap-0").mark("bundles")
        self._asking = ui.element("div")
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _draw(self) -> None:
        self._ask_no_more_than_fits()
        parts, zone = self._parts, self._parts.config.zone
        lanes, people = parts.lanes.all(), users.names(parts.engine)
        ran = words.versions_shown(lanes, rollouts.versions(parts.engine), zone)
        begun = [words.rollout_shown(one, lanes, people, zone) for one in rollouts.rollouts(parts.engine)]
        kept = bundles(parts.engine)
        if (ran, begun, kept) == self._drawn:
            return
        self._drawn = ran, begun, kept
        _filled(self._lanes, ran, _version, "No checkout has been heard yet.")
        _filled(self._rollouts, begun, self._rollout, "Nothing has been rolled out yet.", "k-sheet")
        told = [
            (f"{one.version} for {one.compatible}", f"{one.size >> 20} MiB · {one.name} · {one.sha256[:12]}")
            for one in kept
        ]
        _filled(self._kept, told, _bundle, "No bundle is kept yet.")

    def _ask_no_more_than_fits(self) -> None:
        """An upload lies in the system's folder for such things first, and then in ours."""
        found = room(Path(self._parts.config.updates.folder), Path(gettempdir()))
        most = max(1, min(found // _STEP * _STEP, LARGEST_BYTES))
        if most != self._most:
            self._most = most
            self._upload.props(f"max-file-size={most}")

    def _rollout(self, one: words.RolloutShown) -> None:
        with ui.element("div").classes("k-sheet").mark(f"rollout-{one.n}"):
            with ui.row().classes("w-full items-center justify-between q-pa-sm"):
                with ui.column().classes("gap-0"):
                    ui.label(one.title).classes("k-title")
                    ui.label(one.about).classes("k-muted")
                    ui.label(one.state).classes("k-status")
                    if one.wrong:
                        ui.label(one.wrong).classes("k-trouble").mark(f"rollout-wrong-{one.n}")
                with ui.row():
                    for shown, text, act in (
                        (one.stops, "Stop", self._stop), (one.resumes, "Resume", self._resume),
                        (one.aborts, "Abort", self._abort),
                    ):  # fmt: skip
                        if shown:
                            button = ui.button(text, on_click=partial(act, one.n)).props("no-caps outline")
                            button.mark(f"rollout-{text.lower()}-{one.n}")
            for part in one.parts:
                with ui.element("div").classes("k-member").style("cursor: default"):
                    ui.label(f"{part.till} · {part.wave}")
                    with ui.column().classes("gap-0 items-end"):
                        ui.label(part.state)
                        if part.wrong:
                            ui.label(part.wrong).classes("k-flag")

    # --- acts ---------------------------------------------------------------------------------------------------------

    def _stop(self, n: int) -> None:
        self._done(lambda: rollouts.stop(self._parts.engine, n, who()), f"{n} stopped")

    def _resume(self, n: int) -> None:
        self._done(lambda: rollouts.resume(self._parts.engine, n, who()), f"{n} resumed")

    def _abort(self, n: int) -> None:
        now = self._parts.now_utc_ms()
        self._done(lambda: rollouts.abort(self._parts.engine, n, who(), now), f"{n} aborted")

    def _done(self, act: Callable[[], object], about: str) -> bool:
        try:
            if not may("machine"):
                raise BadPlan("you are not signed in any more, or may not do that")
            act()
        except BadPlan as error:
            ui.notify(sentence(str(error)), type="negative")
            return False
        note(self._parts, "rollout", about=about)
        self._draw()
        return True

    def _reject(self) -> None:
        fits = f"on the store's disk one of {self._most >> 20:,} MiB fits now"
        self._said.set_text(f"It was not taken: a bundle ends with .raucb, and {fits}. Make room, or forget a bundle.")

    async def _take(self, event: events.UploadEventArguments) -> None:
        self._said.set_text("")
        parts = self._parts
        folder = Path(parts.config.updates.folder)
        pieces = event.file.iterate(chunk_size=_CHUNK)
        try:
            name, size = event.file.name, event.file.size()
            found = await receive(parts.engine, folder, name, size, pieces, who(), parts.now_utc_ms())
        except NoBundle as error:
            self._said.set_text(f"{event.file.name} was not kept: {error}")
            return
        note(parts, "rollout", about=f"bundle {found.version} kept")
        self._draw()

    def _plan(self) -> None:
        choices = names(bundles(self._parts.engine))
        if not choices:
            ui.notify("Add a bundle first.", type="negative")
            return
        with self._asking:
            _PlanDialog(self._parts, choices, self._begin)

    def _begin(self, sha256: str, tills: list[str], plan: Plan) -> bool:
        parts = self._parts
        return self._done(
            lambda: rollouts.begin(parts.engine, sha256, tills, plan, who(), parts.now_utc_ms()), f"{plan.waves} begun"
        )


class _PlanDialog:
    """Which bundle, for which lanes, in which waves, when."""

    def __init__(self, parts: Parts, choices: dict[str, str], begin: Callable[[str, list[str], Plan], bool]) -> None:
        self._begin = begin
        tills = [lane.till for lane in parts.lanes.all()]
        with ui.dialog(value=True) as self._dialog, ui.card().classes("w-full").style("max-width: 560px"):
            ui.label("New rollout").classes("k-title")
            self._bundle = (
                ui.select(choices, value=next(iter(choices)), label="Version").classes("w-full").props("outlined dense")
            )
            self._tills = ui.select(tills, value=tills, multiple=True, label="Checkouts").classes("w-full")
            self._tills.props("use-chips outlined dense").mark("rollout-tills")
            self._waves = self._text("Waves: so many checkouts have it at the end of each", "1, 25%, 100%", "waves")
            self._most = self._text("At most so many per cent out of use at once", "25", "most")
            with ui.row().classes("w-full"):
                self._from = self._text("Not before (empty: whenever nobody is served)", "02:00", "from")
                self._until = self._text("Not after", "05:00", "until")
            self._watch = self._text("Minutes that a checkout may stay away", "30", "watch")
            self._soak = self._text("Minutes between two waves", "30", "soak")
            self._wrong = ui.label().classes("k-trouble").mark("rollout-wrong")
            with ui.row().classes("w-full justify-end"):
                ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
                ui.button("Begin", on_click=self._act).props("unelevated no-caps").mark("rollout-begin")
        self._dialog.on("hide", self._dialog.delete)

    def _text(self, label: str, value: str, mark: str) -> ui.input:
        return ui.input(label, value=value).classes("w-full").props("outlined dense").mark(f"rollout-{mark}")

    def _act(self) -> None:
        try:
            plan = self._read()
        except BadPlan as error:
            self._wrong.set_text(sentence(str(error)))
            return
        if self._begin(str(self._bundle.value), list(self._tills.value or ()), plan):
            self._dialog.close()

    def _read(self) -> Plan:
        numbers = {}
        for name, field in (("most_percent", self._most), ("watch_minutes", self._watch), ("soak_minutes", self._soak)):
            text = str(field.value or "").strip()
            if not text.isdecimal() or len(text) > 5:
                raise BadPlan(f"{text or 'nothing'} is not a whole number")
            numbers[name] = int(text)
        times = [str(field.value or "").strip() for field in (self._from, self._until)]
        minutes = [words.minute_of_text(text) if text else 0 for text in times]
        if None in minutes or bool(times[0]) != bool(times[1]):
            raise BadPlan("write both times as 02:00, or leave both empty")
        waves = tuple(wave.strip() for wave in str(self._waves.value or "").split(",") if wave.strip())
        return Plan(waves=waves, from_minute=minutes[0] or 0, until_minute=minutes[1] or 0, **numbers)


def _filled(place: ui.element, rows: list[T], draw: Callable[[T], None], none: str, look: str = "") -> None:
    place.clear()
    with place:
        for row in rows:
            draw(row)
        if not rows:
            ui.label(none).classes(f"k-muted q-pa-md {look}")


def _version(one: words.VersionShown) -> None:
    with ui.element("div").classes("k-member").style("cursor: default").mark(f"version-{one.till}"):
        with ui.column().classes("gap-0"):
            ui.label(one.till).classes("text-weight-bold")
            if one.doing:
                ui.label(one.doing).classes("k-status")
            if one.wrong:
                ui.label(one.wrong).classes("k-flag")
        with ui.column().classes("gap-0 items-end"):
            ui.label(one.version)
            ui.label(one.since).classes("k-muted")


def _bundle(one: tuple[str, str]) -> None:
    with ui.element("div").classes("k-member").style("cursor: default"):
        ui.label(one[0]).classes("text-weight-bold")
        ui.label(one[1]).classes("k-muted")
