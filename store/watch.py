"""Watch: follows the calls of all lanes (`escalation`), whether or not any page is open, every second."""

from collections.abc import Callable

from sqlalchemy.engine import Engine

from store import commands, sessions
from store.config import Config
from store.escalation import Need, Task, watch
from store.lanes import Lanes

EVERY_S = 1


class Watch:
    """One store's. `look`: the clerk, who sends what was ordered."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        lanes: Lanes,
        now_utc_ms: Callable[[], int],
        look: Callable[[], None],
    ) -> None:
        self._config, self._engine, self._lanes = config, engine, lanes
        self._now, self._look = now_utc_ms, look
        self._tasks: tuple[Task, ...] = ()

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All calls, oldest first."""
        return self._tasks

    def turn(self) -> None:
        """One look at everything."""
        console, now = self._config.console, self._now()
        needs = [
            Need(lane.till, need.reason, need.detail, need.seen_by or "")
            for lane in self._lanes.all()
            if lane.online and lane.state is not None
            for need in lane.state.staff_needed
        ]
        present = sessions.present(self._engine, console.idle_ms, now) if needs else []
        found = watch(self._tasks, needs, present, console.escalate_s * 1_000, now)
        for task in found.lamps:
            data = {"reason": task.need.reason}
            commands.order(self._engine, task.need.till, "urgent", "", data, now)
        self._tasks = found.tasks
        if found.lamps:
            self._look()
