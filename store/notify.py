"""Notify: tells systemd that the store is ready, still alive, or going (sd_notify(3)). Without systemd it does nothing.

The clerk beats: a server whose pages answer while nobody opens the post is not alive.
"""

import os
import socket
from collections.abc import Mapping


class Notify:
    """One datagram socket to the service manager, or none."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        address = environ.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) if address else None

    def say(self, state: str) -> None:
        """`READY=1`, `WATCHDOG=1` or `STOPPING=1`."""
        if self._socket is not None:
            self._socket.sendto(state.encode(), self._address)
