"""A payment provider and the shopper's phone, from their side of the wire: demo, training and tests use the same ones.

It speaks HTTP, keeps a journal of its own (`payments`, `refunds`: the truth) and can do wrong what `faults` says. A
person has `pay`, `decline`, `unplug` and `plug`; the phone can pay a code that it has seen.
"""

from typing import Any, Literal

import h11
import msgspec

PENDING_MS = 180_000
State = Literal["pending", "paid", "declined", "cancelled", "expired"]
Fault = Literal["", "silent", "deaf", "error", "garbage", "slow"]
"""`silent`: it does what is asked and does not answer; `deaf`: nor does it do anything."""


class Payment(msgspec.Struct):
    """One payment as the provider has it."""

    id: str
    amount_minor: int
    currency: str
    reference: str
    since_ms: int
    number: int
    state: State = "pending"

    @property
    def code(self) -> str:
        """What the QR code says."""
        return f"kassa-pay:{self.id}"


class ProviderSimulator:
    """One provider. Touch it between two calls of the loop."""

    def __init__(self, slow_ms: int = 2_000) -> None:
        self.payments: dict[str, Payment] = {}
        self.refunds: dict[str, int] = {}
        """Minor units given back, by payment."""
        self.fault: Fault = ""
        self.faults_left = 0
        """So many requests more are answered wrongly; 0 while `fault` stands: all of them."""
        self._well_first = 0
        self.refuses_refunds = False
        self.slow_ms = slow_ms
        self._plugged = True
        self._now_ms = 0
        self._connection: h11.Connection | None = None
        self._request: h11.Request | None = None
        self._body = b""
        self._out = b""
        self._later: list[tuple[int, bytes]] = []
        self._cut = False

    # --- what people do -----------------------------------------------------------------------------------------------

    @property
    def open(self) -> Payment | None:
        """The payment that a phone can pay now, the newest."""
        self._expire()
        return next((each for each in reversed(self.payments.values()) if each.state == "pending"), None)

    def pay(self, code: str | None = None) -> bool:
        """The shopper confirms on the phone what the code says (or what is open); whether it could be paid."""
        return self._decide("paid", code)

    def decline(self) -> bool:
        """The shopper says no, or the bank does."""
        return self._decide("declined", None)

    def _decide(self, state: State, code: str | None) -> bool:
        found = self.open if code is None else self.payments.get(code.removeprefix("kassa-pay:"))
        if found is None or found.state != "pending":
            return False
        found.state = state
        return True

    def break_down(self, fault: Fault, times: int = 0, after: int = 0) -> None:
        """From now on (or when so many requests more have gone well), for good or for so many requests."""
        self.fault, self.faults_left, self._well_first = fault, times, after

    def unplug(self) -> None:
        """The network to it is away."""
        self._plugged = False

    def plug(self) -> None:
        """It is back."""
        self._plugged = True

    def _expire(self) -> None:
        for payment in self.payments.values():
            if payment.state == "pending" and self._now_ms - payment.since_ms > PENDING_MS:
                payment.state = "expired"

    # --- the wire (Simulator) -----------------------------------------------------------------------------------------

    @property
    def reachable(self) -> bool:
        """As Simulator; after an answer the connection is closed, and a new one is taken."""
        return self._plugged

    def connected(self, now_ms: int) -> None:
        """As Simulator."""
        self._now_ms = now_ms
        self._connection, self._request, self._body, self._out = h11.Connection(h11.SERVER), None, b"", b""
        self._later.clear()

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        self._connection, self._out = None, b""
        self._later.clear()

    def advance(self, now_ms: int) -> None:
        """As Simulator."""
        self._now_ms = now_ms
        self._expire()

    def deadline_ms(self) -> int | None:
        """As Simulator."""
        if self._out:
            return self._now_ms
        return min((at for at, _ in self._later), default=None)

    def take(self) -> bytes:
        """As Simulator."""
        ready = [data for at, data in self._later if at <= self._now_ms]
        self._later = [(at, data) for at, data in self._later if at > self._now_ms]
        out, self._out = self._out + b"".join(ready), b""
        return out

    def receive(self, data: bytes, now_ms: int) -> None:
        """As Simulator."""
        self._now_ms = now_ms
        if self._connection is None:
            return
        self._connection.receive_data(data)
        while True:
            event = self._connection.next_event()
            if isinstance(event, h11.Request):
                self._request = event
            elif isinstance(event, h11.Data):
                self._body += bytes(event.data)
            elif isinstance(event, h11.EndOfMessage):
                self._serve()
                return
            else:
                return

    def _serve(self) -> None:
        assert self._request is not None
        fault = self._faulty()
        if fault == "deaf":
            return
        if fault == "error":
            self._answer(503, None)
            return
        method, path = self._request.method.decode(), self._request.target.decode()
        status, body = self._done(method, path)
        if fault == "silent":
            return
        if fault == "garbage":
            self._out += b"\x16\x03\x01 this is no HTTP\r\n\r\n"
            return
        self._answer(status, body, late=fault == "slow")

    def _faulty(self) -> Fault:
        if self._well_first:
            self._well_first -= 1
            return ""
        fault = self.fault
        if self.faults_left:
            self.faults_left -= 1
            if not self.faults_left:
                self.fault = ""
        return fault

    def _answer(self, status: int, body: dict[str, Any] | None, late: bool = False) -> None:
        assert self._connection is not None
        content = b"" if body is None else msgspec.json.encode(body)
        headers = [("content-length", str(len(content))), ("connection", "close")]
        head = h11.Response(status_code=status, headers=headers)
        parts = (self._connection.send(head), self._connection.send(h11.Data(content)))
        data = b"".join(part or b"" for part in (*parts, self._connection.send(h11.EndOfMessage())))
        if late:
            self._later.append((self._now_ms + self.slow_ms, data))
        else:
            self._out += data

    # --- the books ----------------------------------------------------------------------------------------------------

    def _done(self, method: str, path: str) -> tuple[int, dict[str, Any] | None]:
        self._expire()
        try:
            said = msgspec.json.decode(self._body) if self._body else {}
        except msgspec.DecodeError:
            return 400, None
        match method, path.strip("/").split("/"):
            case "GET", ["v1", "ping"]:
                return 204, None
            case "GET", ["v1", "payments", id_]:
                return self._told(id_)
            case "PUT", ["v1", "payments", id_]:
                return self._ordered(id_, said)
            case "PATCH", ["v1", "payments", id_]:
                return self._cancelled(id_)
            case "PUT", ["v1", "refunds", _]:
                return self._refunded(said)
        return 404, None

    def _told(self, id_: str) -> tuple[int, dict[str, Any] | None]:
        payment = self.payments.get(id_)
        if payment is None:
            return 404, None
        return 200, {
            "state": payment.state,
            "code": payment.code,
            "amount_minor": payment.amount_minor,
            "reference": f"P{payment.number:06d}",
        }

    def _ordered(self, id_: str, said: dict[str, Any]) -> tuple[int, dict[str, Any] | None]:
        known = self.payments.get(id_)
        order = (said.get("amount_minor"), said.get("currency"), said.get("reference"))
        if known is not None:
            same = (known.amount_minor, known.currency, known.reference) == order
            return self._told(id_) if same else (409, None)
        if not isinstance(order[0], int) or order[0] <= 0:
            return 422, None
        number = len(self.payments) + 1
        self.payments[id_] = Payment(id_, order[0], str(order[1]), str(order[2]), self._now_ms, number)
        return 201, self._told(id_)[1]

    def _cancelled(self, id_: str) -> tuple[int, dict[str, Any] | None]:
        if (payment := self.payments.get(id_)) is not None and payment.state == "pending":
            payment.state = "cancelled"
        return self._told(id_)

    def _refunded(self, said: dict[str, Any]) -> tuple[int, dict[str, Any] | None]:
        payment = self.payments.get(str(said.get("payment")))
        if payment is None or payment.state != "paid" or self.refuses_refunds:
            return 422, None
        if payment.id in self.refunds:
            return 200, {"state": "refunded"}
        self.refunds[payment.id] = payment.amount_minor
        return 201, {"state": "refunded"}
