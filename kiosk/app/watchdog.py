"""Watchdog: tells systemd that the loop still turns (sd_notify(3)). Without systemd it does nothing.

The loop itself beats, so a loop that hangs is restarted; a slow disk does not hang it, because the journal has its
own thread.
"""

import os
import socket


class Watchdog:
    """One datagram socket to the service manager, or none."""

    def __init__(self, environ: dict[str, str] | None = None) -> None:
        env = dict(os.environ) if environ is None else environ
        address = env.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) if address else None
        self._every_ms = int(env.get("WATCHDOG_USEC", "0")) // 2000
        self._next_ms = 0
        self._status: str | None = None

    def ready(self) -> None:
        """The welcome screen stands."""
        self._say("READY=1")

    def stopping(self) -> None:
        """An orderly end."""
        self._say("STOPPING=1")

    def status(self, text: str) -> None:
        """How the lane is, in words: for people, and on the appliance for kiosk-health.service."""
        if text != self._status:
            self._status = text
            self._say(f"STATUS={text}")

    def beat(self, now_ms: int) -> None:
        """Called every turn; speaks at half the interval that systemd asks for."""
        if self._every_ms and now_ms >= self._next_ms:
            self._next_ms = now_ms + self._every_ms
            self._say("WATCHDOG=1")

    def deadline_ms(self) -> int | None:
        """When the next beat is due."""
        return self._next_ms if self._every_ms else None

    def _say(self, text: str) -> None:
        if self._socket is not None:
            self._socket.sendto(text.encode(), self._address)
