"""Running an update: stop, copy, try, confirm, settle; and settling alone, after a power cut. See `self_update`.

`[self_update] folder` has all that it keeps: `current`, a link to the folder of the version that runs; `update.json`,
how far an update has come; `backups`; `trial.log`, what the last trial wrote. One lock is held from the stop to the
end, also by the trial, so a service that somebody starts in the middle does not begin (`settle` is its ExecStartPre).
"""

import fcntl
import os
import shlex
import ssl
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kiosk.values.moment import rfc3339
from store.backup import BadBackup, back_up, name_of, prune
from store.config import Config
from store.listening import CannotListen, listen
from store.self_update import Step, Update
from store.self_update_books import books_back, keep_folder, others
from store.self_update_room import NoRoom, give_back, take_room

_COMMAND_S = 600
_ASK_S = 1


class CannotUpdate(Exception):
    """What happened and who runs now; for a person."""


class Updater:
    """Updates of one store. `file` is its store.toml."""

    def __init__(self, config: Config, file: Path, clock: Callable[[], int]) -> None:
        self._config, self._file, self._clock = config, file.resolve(), clock
        self._folder = Path(config.self_update.folder)
        self._link, self._state = self._folder / "current", self._folder / "update.json"

    def update(self, version: Path) -> str:
        """Go on on the version in this folder; what was done. CannotUpdate says who runs instead."""
        with self._lock() as lock:
            if lock is None:
                raise CannotUpdate("another update is running")
            self._settle()
            update = self._planned(version.resolve())
            self._prepared(update)
            settled = False
            try:
                self._confirm(update, lock)
                settled = True
            except (CannotUpdate, BadBackup, OSError) as error:
                settled = True
                raise CannotUpdate(self._again(f"{update.new} was not taken: {error}")) from error
            finally:
                if not settled:  # interrupted, or a bug: the same way back, and on with it
                    self._again("")
            return self._handed_over(update)

    def settle(self) -> str:
        """Finish or undo what was cut off; what was done, or "". CannotUpdate if it cannot, or is not cut off."""
        with self._lock() as lock:
            if lock is not None:
                return self._settle()
            if self._state.exists():
                raise CannotUpdate("an update is running: the service starts when it is done")
            return ""

    # --- going as far as it can -------------------------------------------------------------------------------------

    def _planned(self, new: Path) -> Update:
        if not self._link.is_symlink():
            raise CannotUpdate(f"{self._link} is missing: link it to the folder of the version that runs")
        old = self._link.resolve()
        if not os.access(_program(new), os.X_OK):
            raise CannotUpdate(f"{_program(new)} is no program: name the folder that a version is installed in")
        if new == old:
            raise CannotUpdate(f"{new} is the version that runs")
        made = rfc3339(self._clock())
        backup = self._folder.resolve().joinpath("backups", name_of(made))
        return Update(Step.STOPPING, str(old), str(new), str(backup), made)

    def _prepared(self, update: Update) -> None:
        """The file says `stopping`, and there is room for all of it. CannotUpdate, and nothing is changed."""
        try:
            self._write(update)
            take_room(self._config.database.url, Path(update.backup).parent)
        except NoRoom as error:
            self._state.unlink()
            raise CannotUpdate(str(error)) from error
        except OSError as error:
            raise CannotUpdate(f"nothing was stopped: {self._folder} cannot be written: {error.strerror}") from error

    def _confirm(self, update: Update, lock: int) -> None:
        """Up to `confirmed`. CannotUpdate, BadBackup, OSError: the file says how far it came."""
        _order(self._config.self_update.stop)
        self._nobody_is_there()
        backup = Path(update.backup)
        back_up(self._config.database.url, backup, update.made)
        keep_folder(backup.parent)
        self._write(update.at(Step.TRYING))
        self._try(Path(update.new), lock)
        self._write(update.at(Step.CONFIRMED))

    def _nobody_is_there(self) -> None:
        """Whoever still took something in could lose it."""
        try:
            listen(*self._config.listen, "http.listen").close()
        except CannotListen as error:
            raise CannotUpdate(f"the store still runs after {shlex.join(self._config.self_update.stop)}") from error
        if count := others(self._config.database.url):
            raise CannotUpdate(f"{count} others have the books open: stop workers and whoever else looks into them")

    def _try(self, new: Path, lock: int) -> None:
        """See it healthy; it has ended when this returns or raises, and by itself if we are killed."""
        command = [str(_program(new)), "serve", "--trial", "--config", str(self._file)]
        log = self._folder / "trial.log"
        with log.open("wb") as said:
            pipe, out = subprocess.PIPE, subprocess.DEVNULL
            process = subprocess.Popen(command, stdin=pipe, stdout=out, stderr=said, pass_fds=(lock,), cwd="/")
        try:
            self._seen_healthy(process, log)
        finally:
            _ended(process)

    def _seen_healthy(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        for _ in range(self._config.self_update.limit_s):
            if self._healthy():
                return
            try:
                code = process.wait(_ASK_S)
            except subprocess.TimeoutExpired:
                continue
            raise CannotUpdate(f"its trial ended with {code}: {_last_line(log)}")
        raise CannotUpdate(f"its trial was not healthy within {self._config.self_update.limit_s} s: {_last_line(log)}")

    def _healthy(self) -> bool:
        """Whether /healthz says so. Our own machine: its certificate is for the shop's name, not for this one."""
        host, port = self._config.listen
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
        scheme, at = "https" if self._config.http.cert else "http", f"[{host}]" if ":" in host else host
        anybody = ssl.create_default_context()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        proxies, tls = urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=anybody)
        try:
            with urllib.request.build_opener(proxies, tls).open(f"{scheme}://{at}:{port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    # --- settling ---------------------------------------------------------------------------------------------------

    def _settle(self) -> str:
        update = self._read()
        if update is None:
            return ""
        try:
            give_back(self._config.database.url)
            if update.books_back:
                books_back(Path(update.backup), self._config.database.url, update.mark)
            self._point_at(update.program)
        except (BadBackup, OSError) as error:
            raise CannotUpdate(
                f"the update to {update.new} cannot be undone yet: {error}\nno version runs until "
                f"`store update --settle` succeeds; the books are in {update.backup}"
            ) from error
        self._state.unlink()
        keep_folder(self._folder)
        return update.told()

    def _again(self, why: str) -> str:
        """Settled, and the service runs again; why, and what was done."""
        try:
            told = self._settle()
            _order(self._config.self_update.start)
        except CannotUpdate as error:
            raise CannotUpdate(f"{why}\n{error}") from error
        return f"{why}\n{told}"

    def _handed_over(self, update: Update) -> str:
        """The service of the new version; if that does not come up, of the old one, on the books as they are now."""
        settled = self._settle()
        try:
            _order(self._config.self_update.start)
            self._service_is_up()
        except CannotUpdate as error:
            _order(self._config.self_update.stop)
            self._point_at(update.old)
            _order(self._config.self_update.start)
            raise CannotUpdate(f"{update.new} did not come up: {error}\n{update.old} runs on the same books") from error
        prune(Path(update.backup).parent, self._config.self_update.keep)
        return settled

    def _service_is_up(self) -> None:
        rest = threading.Event()
        for _ in range(self._config.self_update.limit_s):
            if self._healthy():
                return
            rest.wait(_ASK_S)
        raise CannotUpdate(f"the service was not healthy within {self._config.self_update.limit_s} s")

    # --- files ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _lock(self) -> Iterator[int | None]:
        """Its handle, or None while somebody else has it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o640)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            yield None
            return
        try:
            yield handle
        finally:
            os.close(handle)

    def _read(self) -> Update | None:
        try:
            return msgspec.json.decode(self._state.read_bytes(), type=Update)
        except FileNotFoundError:
            return None
        except msgspec.DecodeError as error:
            raise CannotUpdate(f"{self._state} cannot be read: {error}") from error

    def _write(self, update: Update) -> None:
        part = self._state.with_name(f"{self._state.name}.part")
        with part.open("wb") as file:
            file.write(msgspec.json.encode(update))
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._state)
        keep_folder(self._folder)

    def _point_at(self, version: str) -> None:
        part = self._folder / "current.part"
        part.unlink(missing_ok=True)
        part.symlink_to(version)
        part.replace(self._link)
        keep_folder(self._folder)


def _program(version: Path) -> Path:
    return version / "bin" / "store"


def _order(command: tuple[str, ...]) -> None:
    """CannotUpdate if it cannot be done."""
    try:
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, timeout=_COMMAND_S)
    except (OSError, subprocess.SubprocessError) as error:
        raise CannotUpdate(f"{shlex.join(command)}: {error}") from error


def _ended(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()


def _last_line(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1].removeprefix("store: ") if lines else "it said nothing"
