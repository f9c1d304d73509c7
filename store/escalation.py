"""Escalation: whom a call of a lane goes to, and on to whom while nobody takes it in hand. Pure; the time is handed in.

Theory. A call goes first to one person, so that somebody is meant and not everybody a little: of those signed in the
one who has the fewest calls in hand or asked of them, and among equals whoever has been there longest. After
`escalate_ms` without a *coming*, the lane's lamp calls louder, and the next person is asked as well; and again after as
long, until all are asked. Nobody is ever un-asked: a late *coming* is as good. With nobody signed in there is only the
lamp, at once. Who may not help with such a call is not asked.
"""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from store.rights import may
from store.sessions import Person

_OF_THE_MACHINE = ("device", "paper", "disk", "door")
"""Calls that also an operator can answer."""


class Need(msgspec.Struct, frozen=True):
    """A call as the lane says it: where, why, and who is on their way (a name; empty: nobody)."""

    till: str
    reason: str
    detail: str = ""
    seen_by: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it this call."""
        return self.till, self.reason, self.detail


class Task(msgspec.Struct, frozen=True):
    """A call that the store follows. `asked`: the ids of those whom it went to, in order."""

    need: Need
    since_utc_ms: int
    asked: tuple[str, ...] = ()
    asked_utc_ms: int = 0
    """When it went to the last of them, or to the lamp."""
    lamp: bool = False


class Watched(msgspec.Struct, frozen=True):
    """All calls, oldest first, and those whose lamp must be told now."""

    tasks: tuple[Task, ...] = ()
    lamps: tuple[Task, ...] = ()


def watch(
    before: Sequence[Task], needs: Iterable[Need], present: Sequence[Person], escalate_ms: int, now_utc_ms: int
) -> Watched:
    """What becomes of all calls at this moment. `present`: who is signed in, the longest first."""
    known = {task.need.key: task for task in before}
    tasks = [
        replace(known[need.key], need=need) if need.key in known else Task(need, now_utc_ms)
        for need in {one.key: one for one in needs}.values()
    ]
    lamps = []
    for place, task in enumerate(tasks):
        if task.need.seen_by:
            continue
        first = not task.asked and not task.lamp
        # A clock that was set back must not silence a call.
        if not first and 0 <= now_utc_ms - task.asked_utc_ms < escalate_ms:
            continue
        person = _next(task, tasks, present)
        late = not first or person is None
        tasks[place] = replace(
            task,
            asked=(*task.asked, person.id) if person is not None else task.asked,
            asked_utc_ms=now_utc_ms,
            lamp=task.lamp or late,
        )
        if late and not task.lamp:
            lamps.append(tasks[place])
    return Watched(tuple(sorted(tasks, key=lambda task: task.since_utc_ms)), tuple(lamps))


def _next(task: Task, tasks: Iterable[Task], present: Sequence[Person]) -> Person | None:
    """Who is asked next: who may and was not yet, the least busy first."""
    busy = {
        one.id: sum(one.id in other.asked[-1:] or one.name == other.need.seen_by for other in tasks) for one in present
    }
    free = [one for one in present if _may_help(one, task.need.reason) and one.id not in task.asked]
    return min(free, key=lambda one: busy[one.id], default=None)


def _may_help(person: Person, reason: str) -> bool:
    return may(person.role, "assist") or (reason in _OF_THE_MACHINE and may(person.role, "machine"))
