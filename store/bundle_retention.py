"""Bundle retention: which versions of the lanes' image nobody needs any more. A bundle has some hundred MB.

Of the bundles for one kind of machine the *current* one is what a rollout brought to its end last. It stays, for a
machine that is adopted tomorrow, and so does the one that was current before, to go back to. What a rollout that is not
over is of stays, and what may be rolled out next: whatever is newer than the current one, or came after its rollout
began. All else goes once a day (`caretaker`), and before another one comes. Nothing goes as long as no rollout has come
to its end. `store bundle forget` removes any that lanes do not fetch.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from kiosk.values.version import NoVersion, newer
from store.bundles import ARRIVING, Bundle, NoBundle, bundles, ever_known, forget
from store.updates_schema import OPEN, rollout

_KEPT = 2
_DAY_MS = 86_400_000


class Rolled(msgspec.Struct, frozen=True):
    """What a rollout was of, when it began, and how it stands."""

    bundle: Bundle
    made_utc_ms: int
    state: str


def superseded(kept: Iterable[Bundle], rolled: Sequence[Rolled]) -> list[Bundle]:
    """Which nobody needs. `rolled`: all rollouts that there ever were, the newest first. Pure."""
    by_machine = groupby(sorted(kept, key=lambda one: one.compatible), key=lambda one: one.compatible)
    return [
        old
        for compatible, found in by_machine
        for old in _of_one(list(found), [one for one in rolled if one.bundle.compatible == compatible])
    ]


def _of_one(kept: Sequence[Bundle], rolled: Sequence[Rolled]) -> Iterator[Bundle]:
    done = [one for one in rolled if one.state == "done"]
    if not done:
        return
    current = list(dict.fromkeys(one.bundle.sha256 for one in done))[:_KEPT]
    fetched = {one.bundle.sha256 for one in rolled if one.state in OPEN}
    for one in kept:
        next_ = one.at_utc_ms > done[0].made_utc_ms or _newer(one.version, done[0].bundle.version)
        if one.sha256 not in current and one.sha256 not in fetched and not next_:
            yield one


def _newer(version: str, than: str) -> bool:
    try:
        return newer(version, than)
    except NoVersion:
        return True  # nobody knows: it stays


def forget_superseded(engine: Engine, folder: Path, now_utc_ms: int) -> list[Bundle]:
    """Do it; which went. OSError."""
    gone = []
    for one in superseded(bundles(engine), _rolled(engine)):
        try:
            forget(engine, folder, one.sha256, now_utc_ms, "superseded")
        except NoBundle:  # somebody began a rollout of it, or forgot it, just now
            continue
        gone.append(one)
    _remove_halves(folder, now_utc_ms)
    return gone


def _rolled(engine: Engine) -> list[Rolled]:
    known = ever_known(engine)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(rollout).order_by(rollout.c.n.desc())).all()
    return [Rolled(known[row.sha256], row.made_utc_ms, row.state) for row in rows]


def _remove_halves(folder: Path, now_utc_ms: int) -> None:
    """What a power cut left of bundles on their way; none is on its way for a day."""
    for half in folder.glob(ARRIVING):
        if now_utc_ms - half.stat().st_mtime_ns // 1_000_000 > _DAY_MS:
            half.unlink(missing_ok=True)
