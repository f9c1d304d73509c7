"""Caller: the simulated terminal's own connections to the till, for what it shows and for papers it wants printed.

One request after the other, each on a connection of its own. It shows what its display shows, as texts (XML) or as the
events that Adyen's terminals tell (JSON); with `prints` it asks for the card holder's paper before it answers. What was
answered is in `answers`, as HTTP status and body.
"""

from collections import deque
from collections.abc import Callable

import h11

Encode = Callable[[str, dict[str, object]], bytes]
EVENTS = {0x0A: "TENDER_CREATED", 0x01: "WAIT_FOR_PIN", 0x0E: "PIN_ENTERED", 0x1C: "TENDER_FINAL", 0x1D: "TENDER_FINAL"}
KEPT = 64


class Caller:
    """A Simulator, as bytes: the terminal where it is the one that connects."""

    def __init__(self, kind: str, encode: Encode) -> None:
        """`encode` makes the body of a request out of its category and its content."""
        self.reachable = True
        self.listened_to = False
        """Whether the till can be found, as somebody has set it in the terminal."""
        self.prints = False
        self.answers: list[tuple[int, bytes]] = []
        self._kind, self._encode = kind, encode
        self._waiting: deque[bytes] = deque(maxlen=KEPT)
        self._http: h11.Connection | None = None
        self._out, self._status, self._body = b"", 0, b""

    # --- what the terminal does with it ---

    def show(self, code: int, text: str) -> None:
        """The display says this."""
        if self._kind == "xml":
            content: dict[str, object] = {"OutputFormat": "Text", "OutputText": text}
        elif code in EVENTS:
            reference = f"TransactionID=0001&TimeStamp=2026-11-23T10:00:00.000Z&event={EVENTS[code]}"
            content = {"OutputFormat": "MessageRef", "PredefinedContent": {"ReferenceID": reference}}
        else:
            return
        output = {"ResponseRequiredFlag": False, "Device": "CashierDisplay", "InfoQualify": "Status"}
        self._say("Display", {"DisplayOutput": {**output, "OutputContent": content}})

    def print(self, qualifier: str, lines: tuple[str, ...]) -> None:
        """Please print this, if it is to ask for that."""
        if self.prints:
            texts = list(lines) if self._kind == "xml" else [{"Text": line} for line in lines]
            content = {"OutputFormat": "Text", "OutputText": texts}
            output = {"DocumentQualifier": qualifier, "ResponseMode": "PrintEnd", "OutputContent": content}
            self._say("Print", {"PrintOutput": output})

    def _say(self, category: str, content: dict[str, object]) -> None:
        if self.listened_to:
            self._waiting.append(self._encode(category, content))

    def forget(self) -> None:
        """It has lost its power."""
        self._waiting.clear()

    def say_as_it_is(self, body: bytes) -> None:
        """Fault: these bytes as a request."""
        self._waiting.append(body)

    # --- Simulator ---

    @property
    def wants_line(self) -> bool:
        """Whether it would connect now."""
        return self.reachable and bool(self._waiting) and self._http is None

    def connected(self, now_ms: int) -> None:
        """The till has let it in: it speaks."""
        self._http, self._status, self._body = h11.Connection(h11.CLIENT), 0, b""
        body = self._waiting.popleft()
        head = h11.Request(method="POST", target="/", headers=[("host", "till"), ("content-length", str(len(body)))])
        self._out = b"".join(self._http.send(event) or b"" for event in (head, h11.Data(body), h11.EndOfMessage()))

    def disconnected(self, now_ms: int) -> None:
        """The till has ended it."""
        self._http = None

    def receive(self, data: bytes, now_ms: int) -> None:
        """The till's answer."""
        assert self._http is not None
        self._http.receive_data(data)
        while (event := self._http.next_event()) is not h11.NEED_DATA:
            if isinstance(event, h11.Response):
                self._status = event.status_code
            elif isinstance(event, h11.Data):
                self._body += bytes(event.data)
            else:
                self.answers.append((self._status, self._body))
                return

    def advance(self, now_ms: int) -> None:
        """Nothing happens by itself."""

    def deadline_ms(self) -> int | None:
        """At once, while it has something to say."""
        return 0 if self._out else None

    def take(self) -> bytes:
        """What it says."""
        out, self._out = self._out, b""
        return out
