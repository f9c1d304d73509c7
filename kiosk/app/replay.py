"""Replay: a recorded visit played again on the real screens, step by step (`kiosk replay`).

The journal has every event of the visit with the item and price that the shopper saw, so the same steps give the same
screens, without price book, devices or store. What only the eyes knew (an open page, digits typed) was never recorded.
"""

import sqlite3
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.app.places import config_folder
from kiosk.checkout.events import Event, Restarted
from kiosk.checkout.jurisdiction import decode_pack
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, step
from kiosk.checkout.state import State
from kiosk.storage.journal import NotAJournal, UnreadableRecord, Visit, read_journal
from kiosk.ui import viewing
from kiosk.ui import words as catalogues
from kiosk.ui.scene import Scene
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import View
from kiosk.ui.words import Words
from kiosk.values.settings import BadSettings


def main(path: Path, *, sale: str, png: Path | None) -> int:
    """Plays the sale (the last one if none is named) onto standard output, and into `png` as pictures."""
    try:
        visit = _visit(path, sale)
    except (FileNotFoundError, NotAJournal, UnreadableRecord) as error:
        sys.stderr.write(f"kiosk replay: {error}\n")
        return 1
    except sqlite3.DatabaseError as error:
        sys.stderr.write(f"kiosk replay: {path}: {error}; kiosk verify tells more\n")
        return 1
    pictures = _Pictures(png) if png is not None else None
    for number, (event, state, scene) in enumerate(played(visit), start=1):
        sys.stdout.write(f"{number:4} {event.at.utc_ms} {type(event).__name__:16} {state.phase.value:9} {scene.name}\n")
        if pictures is not None:
            pictures(number, scene)
    return 0


def _visit(path: Path, key: str) -> Visit:
    journal = read_journal(path)
    last = journal.last_sale()
    if not key and last is None:
        raise BadSettings(f"{path}: no sale has been sealed on this lane yet")
    wanted = key or (last.key if last is not None else "")
    visit = journal.visit_of(wanted)
    journal.close()
    if visit is None:
        raise BadSettings(f"{path}: there is no sale {wanted}, or its events are no longer kept")
    return visit


def played(visit: Visit) -> Iterator[tuple[Event, State, Scene]]:
    """Each event, the state after it, and what the shopper saw then."""
    first = visit.events[0]
    state = visit.snapshot
    if state is None:
        assert isinstance(first, Restarted), "a lane's first event is Restarted"
        state = blank(first.lane)
    view = View()
    for event in visit.events:
        before = state
        state, _ = step(state, event)
        view = viewing.follow(View(now_ms=event.at.tick_ms, utc_ms=event.at.utc_ms), before, state)
        yield event, state, make_scene(state, view, _words_of(state.lane)[state.language])


def _words_of(lane: Lane) -> dict[str, Words]:
    """The lane's words: a restart in the middle may have brought other languages."""
    return _words(lane.jurisdiction, lane.languages, lane.currency)


@cache
def _words(jurisdiction: str, languages: tuple[str, ...], currency: str) -> dict[str, Words]:
    folder = config_folder()
    pack = decode_pack((folder / "jurisdictions" / f"{jurisdiction}.toml").read_text(encoding="utf-8"))
    zone = ZoneInfo("UTC")
    return catalogues.load(folder / "words", languages, currency=currency, territory=pack.country, zone=zone)


class _Pictures:
    """Writes scenes as numbered PNG files."""

    def __init__(self, folder: Path) -> None:
        from kiosk.ui.window import Window

        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadSettings(f"{folder}: no pictures can be put there: {error.strerror}") from None
        self._folder, self._window = folder, Window(headless=True)

    def __call__(self, number: int, scene: Scene) -> None:
        self._window.show(scene)
        (self._folder / f"{number:04}-{scene.name}.png").write_bytes(self._window.screenshot())
