"""A nexo card terminal, simulated from its side of the wire: demo, training and tests use the same one.

It speaks the bytes of either binding over HTTP (`simulated/wire_xml.py`, `simulated/wire_json.py`), waits for a person,
keeps a journal of its own and can do wrong everything that `simulated.faults` lists. A person has `tap_card`,
`insert_card`, `take_card`, `type_pin`, `choose_currency`, `cancel_on_terminal`, `decline_next`, `sign_next`,
`set_power`, `unplug` and `plug`; `wants` says what the terminal waits for and `display` what it shows. `journal` is the
truth: what the bank took and gave back.

It has two doors: the simulator itself is the first line, `side` a second one at the same time.
"""

from typing import Literal

from msgspec.structs import replace

from drivers.card_terminal.nexo.json_binding import Key
from drivers.card_terminal.nexo.simulated import dialogues, wire_json, wire_xml
from drivers.card_terminal.nexo.simulated.caller import Caller
from drivers.card_terminal.nexo.simulated.door import Door
from drivers.card_terminal.nexo.simulated.faults import Faults, Spoil
from drivers.card_terminal.nexo.simulated.hands import Hands
from drivers.card_terminal.nexo.simulated.speech import Asked, Said
from drivers.card_terminal.nexo.simulated.wire_json import Sealed
from drivers.card_terminal.zvt.simulated import texts
from drivers.card_terminal.zvt.simulated.journal import Journal

STARTING_MS = 3_000
DEMO_KEY = Key("demo", 1, "a passphrase for demonstrations")
_MONEY = ("Payment", "Reversal")
_AT_ANY_TIME = ("Abort", "Login", "TransactionStatus")


class NexoSimulator(Hands):
    """One terminal. Time comes in with `advance` and with every other call of the Simulator protocol."""

    def __init__(
        self,
        kind: Literal["xml", "json"],
        *,
        currency: str = "SEK",
        language: str = "en",
        poi_id: str = "P400Plus-275008565",
        key: Key = DEMO_KEY,
        pin_above_minor: int = 5_000,
        bank_ms: int = 1_200,
        journal: Journal | None = None,
    ) -> None:
        """`kind`: its binding. `language` is one of `texts.LANGUAGES`."""
        super().__init__()
        assert language in texts.LANGUAGES, f"the simulated terminal speaks {', '.join(texts.LANGUAGES)}"
        self.kind, self.currency, self.language, self.terminal_id = kind, currency, language, poi_id
        self.pin_above_minor, self.bank_ms = pin_above_minor, bank_ms
        self.journal = journal or Journal()
        self.faults = Faults()
        self.logged_in = False
        self.maintained = 0
        """How often it was logged out and free to look after itself."""
        self.heard: list[Asked] = []
        """Every request that it could read, oldest first."""
        self.side = Door(self)
        self.caller = Caller(kind, self._request)
        """Where it connects to the till by itself."""
        self._main = Door(self)
        self._sealed = Sealed(key.identifier, key.version, key.passphrase)
        self._told: dict[tuple[str, str, str, str], Said] = {}
        self._dialogue: dialogues.Dialogue | None = None
        self._begun: tuple[Asked, Door, int] | None = None
        self._tells = False
        """Whether the login said that the till has a display."""
        self._requests, self._sale_id = 0, ""
        self._turning = False
        self._powered, self._plugged = True, True
        self._down_until_ms = 0

    # --- the Simulator protocol: the first door ---

    @property
    def reachable(self) -> bool:
        """As Simulator."""
        return self._main.reachable

    def connected(self, now_ms: int) -> None:
        """As Simulator."""
        self._main.connected(now_ms)

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        self._main.disconnected(now_ms)

    def receive(self, data: bytes, now_ms: int) -> None:
        """As Simulator."""
        self._main.receive(data, now_ms)

    def advance(self, now_ms: int) -> None:
        """As Simulator."""
        self.turn(now_ms)

    def deadline_ms(self) -> int | None:
        """When something happens by itself."""
        due = [self._main.deadline_ms(), self.look_again_ms if self._dialogue is not None else None]
        due.append(self._down_until_ms if self.now_ms < self._down_until_ms else None)
        return min((tick for tick in due if tick is not None), default=None)

    def take(self) -> bytes:
        """As Simulator."""
        return self._main.take()

    # --- lines and power ---

    @property
    def can_be_reached(self) -> bool:
        """Whether there can be a line at all."""
        return self._powered and self._plugged and self.now_ms >= self._down_until_ms

    @property
    def powered(self) -> bool:
        """Whether it has power."""
        return self._powered

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        return self._plugged

    @property
    def busy(self) -> bool:
        """Whether it is in the middle of something."""
        return self._dialogue is not None

    def set_power(self, on: bool) -> None:
        """Pull the power, or give it back. What it has told stays, and its journal; the rest is forgotten."""
        if not on:
            self._powered = self.logged_in = self._tells = False
            self.caller.forget()
            self._dialogue = self._begun = self.look_again_ms = None
            self.forget_the_card()
            self._cut()
        elif not self._powered:
            self._powered, self._down_until_ms = True, self.now_ms + STARTING_MS
            self.caller.reachable = self._plugged

    def unplug(self) -> None:
        """Pull the network cable."""
        self._plugged = False
        self._cut()

    def plug(self) -> None:
        """Put it back."""
        self._plugged = True
        self.caller.reachable = self.can_be_reached

    def forget(self) -> None:
        """It was replaced, or lost its memory: it can repeat no answer any more."""
        self._told.clear()

    def _cut(self) -> None:
        self._main.cut()
        self.side.cut()
        self.caller.reachable = self.can_be_reached

    # --- hearing ---

    def hear(self, door: Door, body: bytes) -> None:
        """One request, whole."""
        asked = wire_xml.read(body) if self.kind == "xml" else self._sealed.read(body)
        if asked is None:
            door.answer(door.line, Said(Asked("Event", "", "", "", {})))
            return
        if asked.category in _MONEY and self.faults.cut == "before it hears":
            self._cut_once(door)
            return
        self.heard.append(asked)
        said = self._at_once(asked)
        if said is None and asked.category != "Abort":
            self._begin(asked, door)
            return
        door.answer(door.line, said)

    def _cut_once(self, door: Door) -> None:
        self.faults.cut = ""
        self._down_until_ms = self.now_ms + self.faults.down_ms
        door.cut()

    def _at_once(self, asked: Asked) -> Said | None:
        """What can be answered now; None for an abort, and for what takes time."""
        if asked.poi_id != self.terminal_id:
            return Said(asked, "Failure", "UnavailableDevice", f"This is {self.terminal_id}")
        if self.busy and asked.category not in _AT_ANY_TIME:
            return Said(asked, "Failure", "Busy", "Another request is in progress")
        if self.faults.busy and "service_id" not in asked.fields:
            return Said(asked, "Failure", "Busy", "Talking with the bank")
        match asked.category:
            case "Login":
                self._stop_all()
                self.logged_in = True
                self._tells = "CashierDisplay" in asked.fields.get("capabilities", "")
                return Said(asked)
            case "Abort":
                self._abort(asked)
                return None
        if not self.logged_in and (self.kind == "xml" or asked.category == "Reconciliation"):
            return Said(asked, "Failure", "LoggedOut", "Login first")
        match asked.category:
            case "Logout":
                self.logged_in, self.maintained = False, self.maintained + 1
                return Said(asked)
            case "TransactionStatus":
                return self._status(asked)
            case "Diagnosis" if self.kind == "json":
                return Said(asked)
            case "Payment" | "Reversal" | "Reconciliation":
                return None
            case _:
                return Said(asked, "Failure", "UnavailableService", f"No {asked.category} here")

    def _abort(self, asked: Asked) -> None:
        begun = self._begun[0] if self._begun is not None else None
        named = begun is not None and begun.service_id == asked.fields.get("service_id")
        if named and self.can_stop and not self.faults.late_abort:
            self.stop = True
            self.turn(self.now_ms)

    def _stop_all(self) -> None:
        """A login ends what can still be ended."""
        self.stop = self.stop or (self.busy and self.can_stop)
        self.turn(self.now_ms)

    def _status(self, asked: Asked) -> Said:
        fields, faults = asked.fields, self.faults
        category, name = fields.get("category", ""), fields.get("service_id", "")
        wanted = (category, name, fields.get("sale_id", ""), fields.get("poi_id", ""))
        running = self._begun[0] if self._begun is not None else None
        if running is not None and (not name or name == running.service_id):
            return Said(asked, "Failure", "Busy" if self.kind == "xml" else "InProgress", "Uncompleted transaction")
        if faults.status == "busy":
            return Said(asked, "Failure", "Busy", "Talking with the bank")
        if faults.status == "refuses":
            return Said(asked, "Failure", "UnavailableService", "Ask later")
        names_none = not name or faults.status == "other"
        found = self._last if names_none else self._told.get(wanted)
        if found is None or (faults.status == "forgets" and name):
            return Said(asked, "Failure", "NotFound", "No such message")
        return Said(asked, repeated=found)

    @property
    def _last(self) -> Said | None:
        return next(reversed(self._told.values()), None)

    # --- turning the dialogue ---

    def _begin(self, asked: Asked, door: Door) -> None:
        if asked.category == "Payment":
            amount_minor = round(float(asked.fields.get("amount", "0")) * 100)
            self._dialogue = dialogues.payment(self, asked, amount_minor)
        elif asked.category == "Reversal":
            self._dialogue = dialogues.reversal(self, asked)
        else:
            self._dialogue = dialogues.reconciliation(self, asked)
        self._begun, self.look_again_ms, self._sale_id = (asked, door, door.line), None, asked.sale_id
        if asked.category in _MONEY and self.faults.cut == "when it has heard":
            self._cut_once(door)
        self.turn(self.now_ms)

    def turn(self, now_ms: int) -> None:
        """Let time pass, and the dialogue look again."""
        self.now_ms = now_ms
        if self._dialogue is None or self._turning or not self._powered:
            return
        self._turning = True
        try:
            next(self._dialogue)
        except StopIteration as done:
            self._over(done.value)
        finally:
            self._turning = False

    def _over(self, said: Said) -> None:
        assert self._begun is not None
        asked, door, line = self._begun
        self._dialogue = self._begun = None
        self.wants, self.refunding = "", False
        if self.card == "insert":
            self.wants, self.display = "removal", texts.shown(self.language, 0x0B)
        else:
            self.card, self.display = "", ""
        if asked.category not in _MONEY:
            door.answer(line, said)
            return
        self._told[asked.category, asked.service_id, asked.sale_id, asked.poi_id] = said
        if self.faults.cut == "before it answers":
            self._cut_once(door)
        elif not self.faults.silent:
            door.answer(line, said)

    # --- speaking ---

    def show(self, code: int) -> None:
        """As Hands; and the till is told, if it is to be."""
        super().show(code)
        if self.kind == "json" or self._tells:
            self.caller.show(code, self.display)

    def _request(self, category: str, content: dict[str, object]) -> bytes:
        """A request of its own."""
        self._requests += 1
        asked = Asked(category, f"D{self._requests}", self._sale_id, self.terminal_id, {})
        return wire_xml.ask(asked, content) if self.kind == "xml" else self._sealed.ask(asked, content)

    def bytes_of(self, said: Said, spoil: Spoil) -> bytes:
        """The body of an answer."""
        if not said.asked.service_id or spoil == "rejection":
            why = "it cannot be read with the key that was agreed"
            return wire_xml.reject(why) if self.kind == "xml" else wire_json.reject(why)
        if spoil == "garbage":
            return b"\x00\xff<{[garbage"
        if spoil == "huge":
            return b'{"' + b"A" * 70_000
        if spoil == "document type":
            return b'<!DOCTYPE a [<!ENTITY b "c">]><SaleToPOIResponse>&b;</SaleToPOIResponse>'
        told = _spoilt(said, spoil)
        bad = _BAD_SEALS.get(spoil, "")
        body = wire_xml.write(told) if self.kind == "xml" else self._sealed.write(told, bad)
        return body[: len(body) // 2] if spoil == "cut short" else body


_BAD_SEALS: dict[str, wire_json.Bad] = {
    "wrong mac": "wrong mac",
    "other key": "other key",
    "old nonce": "old nonce",
    "echo": "echo",
    "in the clear": "in the clear",
}


def _spoilt(said: Said, spoil: Spoil) -> Said:
    """The answer, with one thing in it that is not true."""
    asked, deal = said.asked, said.deal
    match spoil:
        case "other request":
            return replace(said, asked=replace(asked, service_id="ANOTHER"))
        case "other terminal":
            return replace(said, asked=replace(asked, poi_id="ANOTHER-1"))
        case "no result":
            return replace(said, result="")
        case "partial":
            return replace(said, result="Partial")
        case "other amount" if deal is not None:
            return replace(said, deal=replace(deal, amount_minor=(deal.amount_minor or 0) + 100))
        case "no amount" if deal is not None:
            return replace(said, deal=replace(deal, amount_minor=None))
        case "other currency" if deal is not None:
            return replace(said, deal=replace(deal, currency="XTS"))
        case "other kind" if deal is not None:
            return replace(said, deal=replace(deal, payment_type="CashAdvance"))
        case _:
            return said
