"""First start: the build goes on when the installed lane says that it is ready, and ends when the lane dies."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from image.first_start import _is_ready

SAYS = "import os, socket; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.connect({!r}); s.send({!r})"


@pytest.mark.parametrize(("word", "ready"), [(b"READY=1", True), (b"STATUS=well", False), (b"", False)])
def test_ready_is_the_word_that_systemd_waits_for(tmp_path: Path, word: bytes, ready: bool) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(tmp_path / "ready"))
        program = SAYS.format(str(tmp_path / "ready"), word) if word else "raise SystemExit(3)"
        process = subprocess.Popen([sys.executable, "-c", program])
        assert _is_ready(told, process) is ready
        process.wait()
