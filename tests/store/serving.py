"""A store as a process: started as a service manager starts it, known by its log, ended by a signal."""

import json
import os
import signal
import subprocess
import sys
from collections import deque
from pathlib import Path

DEADLINE_S = 30


class Served:
    """A running `store serve`; `more` stands in its environment beside ours."""

    def __init__(self, config: Path, **more: str) -> None:
        command = [sys.executable, "-m", "store", "serve", "--config", str(config)]
        environment = {**os.environ, **more}
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, text=True)
        self.url: str = self.logged("store.open")["url"]

    def logged(self, event: str) -> dict[str, str]:
        """The next log entry of this event."""
        assert self.process.stderr is not None
        said: deque[str] = deque(maxlen=40)
        for line in self.process.stderr:
            said.append(line)
            entry = json.loads(line) if line.startswith("{") else {}
            if entry.get("event") == event:
                return dict(entry)
        raise AssertionError(f"{event} was not logged before the end:\n{''.join(said)}")

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """In order; its exit code."""
        self.process.send_signal(number)
        self.logged("store.closed")
        return self.process.wait(DEADLINE_S)
