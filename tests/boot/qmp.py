"""QMP: QEMU's monitor, asked one thing at a time over its socket.

https://www.qemu.org/docs/master/interop/qmp-spec.html: a line of JSON each way; events come in between and are passed
over.
"""

import json
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Refused(Exception):
    """QEMU did not do it; its own words."""


class Monitor:
    """One conversation with one machine."""

    def __init__(self, path: Path) -> None:
        """Raises OSError while nobody listens there."""
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._lines = self._socket.makefile("rb")
        self._lines.readline()  # its greeting
        self.ask("qmp_capabilities")

    def ask(self, command: str, **arguments: Any) -> Any:
        """Its answer. Raises Refused, and OSError when the machine is gone."""
        self._socket.sendall(json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n")
        while line := self._lines.readline():
            said = json.loads(line)
            if "error" in said:
                raise Refused(f"{command}: {said['error']['desc']}")
            if "return" in said:
                return said["return"]
        raise ConnectionResetError("QEMU has ended")

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
