"""Watch: follows the calls of all lanes in a thread of its own, whether or not any page is open (`escalation`)."""

import threading
from collections.abc import Callable

from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

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
        failed: Callable[[BaseException], None],
    ) -> None:
        self._config, self._engine, self._lanes = config, engine, lanes
        self._now, self._look, self._failed = now_utc_ms, look, failed
        self._tasks: tuple[Task, ...] = ()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name="watch")

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All calls, oldest first."""
        return self._tasks

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._stop.set()
        self._thread.join()

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

    def _work(self) -> None:
        try:
            while not self._stop.wait(EVERY_S):
                try:
                    self.turn()
                except OperationalError:  # the clerk says so in the log, and the next look is in a second
                    continue
        except BaseException as bug:  # noqa: BLE001  # handed over, not swallowed: the server ends with it
            self._failed(bug)
