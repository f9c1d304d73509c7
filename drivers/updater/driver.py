"""Updaters: RAUC, run as a process of its own; and none.

A process is started and looked at (`look`) whenever its owner turns, so nobody waits for minutes. First `rauc info`
must say that the bundle is the version which was meant, then `rauc install` runs. Whoever is killed meanwhile loses
nothing: RAUC's service goes on by itself or, after a power cut, has left the slot that does not run unbootable.
"""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Literal, Protocol

import msgspec

from drivers.updater.protocol import Heard, heard, why

NONE = "this machine installs no updates: see [updates] in kiosk.toml"
_CHUNK = 1 << 16
_INFO, _INFO_S = ("info", "--output-format=shell"), 120


class Look(msgspec.Struct, frozen=True):
    """How far it is. `why`: why it failed."""

    state: Literal["busy", "done", "failed"]
    percent: int = 0
    why: str = ""


class Updater(Protocol):
    """Puts a bundle into the slot that does not run, and has the machine start from it."""

    cannot: str
    """Why this machine installs nothing, in words; empty: it does."""

    def version_of(self, bundle: str) -> tuple[str, str]:
        """Which version this file is, if it is to be trusted; or why it is not, in words. Waits for it."""
        ...

    def start(self, bundle: str, version: str) -> None:
        """Begin to install this file, which is to be this version. Once at a time."""
        ...

    def look(self) -> Look:
        """How far it is; after `done` or `failed` it may be started again."""
        ...

    def restart(self) -> str:
        """Have the machine start anew. Why not, in words; empty: it will."""
        ...

    def stays(self) -> bool:
        """Whether the machine starts this version again, whatever happens: it has proved itself."""
        ...


class NoUpdater:
    """A machine whose system somebody else looks after."""

    cannot = NONE

    def version_of(self, bundle: str) -> tuple[str, str]:
        """Nobody here can tell."""
        return "", NONE

    def start(self, bundle: str, version: str) -> None:
        """Nothing."""

    def look(self) -> Look:
        """It failed."""
        return Look("failed", why=NONE)

    def restart(self) -> str:
        """It does not."""
        return NONE

    def stays(self) -> bool:
        """It has no other."""
        return True


class Rauc:
    """RAUC by its command."""

    def __init__(
        self,
        command: Sequence[str] = ("rauc",),
        restart: Sequence[str] = ("systemctl", "reboot"),
        env: str = "",
        good: Path | None = None,
    ) -> None:
        """`env`: NAME=VALUE that the command is given besides what we have ourselves. `good`: the file that is there
        once the slot that runs has been marked good; None: somebody else sees to that, and it counts at once."""
        self.cannot = ""
        self._command, self._restart = tuple(command), tuple(restart)
        self._env = {**os.environ, **dict([env.split("=", 1)] if env else [])}
        self._good = good
        self._bundle = self._version = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._told, self._failed = Heard(), ""
        self._installs = False
        self._halves: dict[bool, bytes] = {}

    def version_of(self, bundle: str) -> tuple[str, str]:
        """As Updater."""
        command = [*self._command, *_INFO, bundle]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_INFO_S, check=False, env=self._env)
        except (OSError, subprocess.TimeoutExpired) as error:
            return "", f"{self._command[0]}: {error}"
        told = Heard()
        for err, said in ((False, done.stdout), (True, done.stderr)):
            for line in said.decode(errors="replace").splitlines():
                told = heard(told, line, err=err)
        return told.version, why(told, done.returncode)

    def start(self, bundle: str, version: str) -> None:
        """As Updater."""
        assert self._process is None, "one at a time"
        self._bundle, self._version, self._installs, self._failed = bundle, version, False, ""
        self._run(*_INFO)

    def look(self) -> Look:
        """As Updater."""
        process = self._process
        if process is None:
            return Look("failed", why=self._failed)
        ended = process.poll()
        self._read(process)
        if ended is None:
            return Look("busy", self._told.percent if self._installs else 0)
        self._close(process)
        self._failed = why(self._told, ended) or ("" if self._installs else self._unlike())
        if self._failed:
            return Look("failed", why=self._failed)
        if self._installs:
            return Look("done", 100)
        self._installs = True
        self._run("install")
        return Look("busy") if self._process is not None else Look("failed", why=self._failed)

    def restart(self) -> str:
        """As Updater."""
        try:
            done = subprocess.run(self._restart, capture_output=True, timeout=10, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{self._restart[0]}: {error}"
        said = done.stderr.decode(errors="replace").strip().splitlines()
        return "" if done.returncode == 0 else f"{' '.join(self._restart)}: {said[0] if said else done.returncode}"

    def stays(self) -> bool:
        """As Updater."""
        return self._good is None or self._good.exists()

    def _unlike(self) -> str:
        if self._told.version == self._version:
            return ""
        return f"the bundle says that it is version {self._told.version or '(none)'}, not {self._version}"

    def _run(self, *words: str) -> None:
        self._told, self._halves = Heard(), {}
        try:
            self._process = subprocess.Popen(
                [*self._command, *words, self._bundle],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._env,
            )
        except OSError as error:
            self._failed = f"{self._command[0]} cannot be started: {error.strerror}"
            return
        for _, pipe in _pipes(self._process):
            os.set_blocking(pipe.fileno(), False)

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """What it has said since; only whole lines say something."""
        for err, pipe in _pipes(process):
            while chunk := pipe.read(_CHUNK):
                *lines, self._halves[err] = (self._halves.get(err, b"") + chunk).split(b"\n")
                for line in lines:
                    self._told = heard(self._told, line.decode(errors="replace"), err=err)

    def _close(self, process: subprocess.Popen[bytes]) -> None:
        for err, pipe in _pipes(process):
            self._told = heard(self._told, self._halves.get(err, b"").decode(errors="replace"), err=err)
            pipe.close()
        self._process = None


def _pipes(process: subprocess.Popen[bytes]) -> tuple[tuple[bool, IO[bytes]], ...]:
    """Whether it is the standard error, and the pipe."""
    assert process.stdout is not None and process.stderr is not None
    return (False, process.stdout), (True, process.stderr)
