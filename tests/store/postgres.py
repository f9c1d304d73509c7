"""A private PostgreSQL for the tests: made in a folder, heard on a socket in it, gone with the run.

Nothing of it is on the network and nobody else's cluster is touched. It refuses to be started by root, so root becomes
`postgres`; everybody else starts it as oneself. What is in it need not survive a power cut (`fsync=off`).
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_OWNER = "postgres"
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "listen_addresses=")


@contextmanager
def cluster(*settings: str) -> Iterator[str]:
    """The address of a running cluster, up to the name of the database: `address.format("name")`. Fast and careless,
    unless `settings` (`name=value`) say otherwise."""
    folder = Path(tempfile.mkdtemp(prefix="kassa-pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, _OWNER, _OWNER)
        data = folder / "data"
        _as_owner("initdb", "-D", str(data), "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = " ".join(f"-c {one}" for one in (*_FAST, f"unix_socket_directories={folder}", *settings))
        _as_owner("pg_ctl", "start", "-w", "-s", "-D", str(data), "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgresql+psycopg://{_OWNER}@/{{}}?host={folder}"
        finally:
            _as_owner("pg_ctl", "stop", "-s", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def _as_owner(program: str, *arguments: str) -> None:
    become = ["runuser", "-u", _OWNER, "--"] if os.getuid() == 0 else []
    command = [*become, str(_programs() / program), *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", env={**os.environ, "TZ": "UTC"})


def _programs() -> Path:
    """Of the newest version that Debian has installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert found, "PostgreSQL is not installed: config/set-up --test"
    return found[-1]
