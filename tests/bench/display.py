"""A display to measure on: the one there is, else a private Xvfb, else SDL's dummy driver (which presents nothing)."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def display() -> Iterator[str]:
    """Sets DISPLAY for this process; yields what is measured on."""
    if os.environ.get("DISPLAY"):
        yield "the machine's own display"
        return
    if shutil.which("Xvfb") is None:
        os.environ["SDL_VIDEODRIVER"] = "dummy"
        yield "SDL's dummy driver (presents nothing and flatters)"
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1920x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert server.stdout is not None
    os.environ["DISPLAY"] = f":{server.stdout.readline().decode().strip()}"
    os.environ["SDL_VIDEODRIVER"] = "x11"
    try:
        yield "Xvfb"
    finally:
        server.terminate()
        server.wait()
