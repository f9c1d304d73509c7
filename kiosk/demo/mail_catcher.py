"""Mail catcher: a mail server that delivers to nobody and keeps what it was given, for the bench page to show.

It speaks as much SMTP as a client needs (RFC 5321), without TLS: it is only ever on loopback. `mood` is its fault: busy
(4yz), or it refuses every recipient for good (5yz).
"""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal

import msgspec

Mood = Literal["takes", "busy", "refuses"]
KEPT = 10
_ON_RECIPIENT = {"takes": "250 ok", "busy": "451 come back later", "refuses": "550 nobody here"}
_LINE_LONGEST = 1_000_000


class Caught(msgspec.Struct, frozen=True):
    """One mail. `text` and `page`: its two bodies."""

    to: str
    subject: str
    text: str
    page: str


class MailCatcher:
    """One server, behind a SimulatorServer."""

    reachable = True

    def __init__(self) -> None:
        self.mood: Mood = "takes"
        self.mails: list[Caught] = []
        self._heard, self._out = b"", b""
        self._to: str | None = None
        self._lines: list[bytes] | None = None

    def connected(self, now_ms: int) -> None:
        """Greet."""
        self._heard, self._out, self._to, self._lines = b"", b"220 catcher.example\r\n", None, None

    def disconnected(self, now_ms: int) -> None:
        """A mail that was not finished is nobody's."""
        self._lines = None

    def receive(self, data: bytes, now_ms: int) -> None:
        """Commands, or the lines of a mail."""
        self._heard = (self._heard + data)[-_LINE_LONGEST:]
        while b"\r\n" in self._heard:
            line, _, self._heard = self._heard.partition(b"\r\n")
            answer = self._hear(line)
            self._out += f"{answer}\r\n".encode() if answer else b""

    def _hear(self, line: bytes) -> str:
        if self._lines is not None:
            return self._write_down(line)
        words = line.decode("ascii", "replace")
        match words.upper().split(" ", 1)[0]:
            case "EHLO" | "HELO" | "NOOP":
                return "250 ok"
            case "MAIL" | "RSET":
                self._to = None
                return "250 ok"
            case "RCPT":
                self._to = words.partition("<")[2].partition(">")[0] if self.mood == "takes" else None
                return _ON_RECIPIENT[self.mood]
            case "DATA":
                self._lines = [] if self._to else None
                return "354 go on" if self._to else "503 to whom?"
            case "QUIT":
                return "221 bye"
        return "500 what?"

    def _write_down(self, line: bytes) -> str:
        assert self._lines is not None, "a mail is coming"
        if line != b".":
            self._lines.append(line[1:] if line.startswith(b".") else line)
            return ""
        content, self._lines = b"\r\n".join(self._lines), None
        mail = message_from_bytes(content, policy=policy.SMTP)
        caught = Caught(self._to or "", str(mail["Subject"] or ""), _body(mail, "plain"), _body(mail, "html"))
        self.mails = [*self.mails, caught][-KEPT:]
        return "250 kept"

    def advance(self, now_ms: int) -> None:
        """Nothing happens by itself."""

    def deadline_ms(self) -> int | None:
        """At once, while there is something to say."""
        return 0 if self._out else None

    def take(self) -> bytes:
        """What it says."""
        out, self._out = self._out, b""
        return out


def _body(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return body.get_content() if isinstance(body, EmailMessage) else ""
