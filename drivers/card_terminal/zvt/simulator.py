"""A card terminal, simulated from its side of the wire: demo, training and tests use the same one.

It speaks real ZVT bytes (on TCP or as serial blocks), waits for a person, keeps a journal of its own and can do wrong
everything that `simulated.faults` lists. A person has `tap_card`, `insert_card`, `take_card`, `type_pin`,
`cancel_on_terminal`, `decline_next`, `set_power`, `unplug` and `plug`; `wants` says what the terminal waits for and
`display` what it shows. `journal` is the truth: what the bank took and gave back.
"""

from typing import Literal

from drivers.card_terminal.zvt.simulated import dialogues, orders, texts
from drivers.card_terminal.zvt.simulated.faults import Faults
from drivers.card_terminal.zvt.simulated.journal import Entry, Journal
from drivers.card_terminal.zvt.simulated.serial import SerialSide
from drivers.card_terminal.zvt.simulated.wire import TcpSide, message

STARTING_MS = 3_000


class ZvtSimulator:
    """One terminal. Time comes in with `advance` and with every other call of the Simulator protocol."""

    def __init__(
        self,
        *,
        currency: int = 978,
        language: str = "en",
        framing: Literal["tcp", "serial"] = "tcp",
        pin_above_minor: int = 5_000,
        journal: Journal | None = None,
        bank_ms: int = 1_200,
        terminal_id: str = "29001234",
    ) -> None:
        """`currency` is the ISO 4217 number; `language` one of `simulated.texts.LANGUAGES`."""
        assert language in texts.LANGUAGES, f"the simulated terminal speaks {', '.join(texts.LANGUAGES)}"
        self.currency, self.language, self.terminal_id = currency, language, terminal_id
        self.answer_ms = dialogues.ANSWER_MS if framing == "tcp" else dialogues.SERIAL_ANSWER_MS
        self.pin_above_minor, self.bank_ms, self.card_pin = pin_above_minor, bank_ms, "1234"
        self.journal = journal or Journal()
        self.faults = Faults()
        self.display = ""
        self.wants: Literal["", "card", "pin", "removal"] = ""
        self.card: Literal["", "tap", "insert"] = ""
        self.pin = ""
        self.declines = self.wants_signature = False
        self.now_ms = 0
        # what the dialogues look at
        self.linked = self.orphaned = False
        self.reply: dialogues.Reply | None = None
        self.can_stop = self.stop = self.refunding = False
        self.pending: Entry | None = None
        self.takes_blocks = False
        self.was_cut = False
        self.look_again_ms: int | None = None
        self._side: TcpSide | SerialSide = SerialSide(self.faults) if framing == "serial" else TcpSide()
        self._dialogue: dialogues.Dialogue | None = None
        self.registered = False
        self._powered, self._plugged, self._poking = True, True, False
        self._cutting = False
        self._down_until_ms = 0
        self._counted: int | None = None
        self._quiet_since_ms = 0

    # --- what a person does ---

    def tap_card(self) -> bool:
        """Hold a card to the terminal; whether it was waiting for one."""
        return self._present("tap")

    def insert_card(self) -> bool:
        """Put a card in; whether the terminal was waiting for one. It stays in until `take_card`."""
        return self._present("insert")

    def _present(self, how: Literal["tap", "insert"]) -> bool:
        if self.wants != "card" or not self._powered:
            return False
        self.card, self.wants = how, ""
        self._poke()
        return True

    def take_card(self) -> None:
        """Take the card out."""
        self.card = ""
        self._poke()

    def type_pin(self, pin: str) -> bool:
        """Type a PIN and press the green key; whether the terminal was waiting for one."""
        if self.wants != "pin" or not self._powered:
            return False
        self.pin = pin
        self._poke()
        return True

    def cancel_on_terminal(self) -> None:
        """Press the red key: before the bank is asked it ends the payment."""
        self.stop = self.stop or self.can_stop
        self._poke()

    def decline_next(self) -> None:
        """The bank will say no, once."""
        self.declines = True

    def sign_next(self) -> None:
        """The next card has no PIN: its holder signs the merchant's slip."""
        self.wants_signature = True

    def keep_itself_up(self, ms: int, code: int = 0x0F) -> bool:
        """Let it see to itself for so long: its own end of day (0F), or another state. Not while it is busy."""
        if self._dialogue is not None or not self._powered:
            return False
        self.begin(dialogues.upkeep(self, code, ms))
        return True

    def set_power(self, on: bool) -> None:
        """Pull the power, or give it back. The journal stays, everything else is forgotten."""
        if on and not self._powered:
            self._start_up()
        elif not on:
            self._down_until_ms = 0
            self._power_off()

    def unplug(self) -> None:
        """Pull the network cable (or the serial one)."""
        self._plugged = False
        self._cutting = self.linked
        self._lose_line()

    def plug(self) -> None:
        """Put it back."""
        self._plugged = True

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
        """Whether it is in the middle of something, alone or with the till."""
        return self._dialogue is not None

    # --- the Simulator protocol ---

    @property
    def reachable(self) -> bool:
        """Whether the line can be there at all."""
        return self._powered and self._plugged and not self._cutting and self.now_ms >= self._down_until_ms

    def connected(self, now_ms: int) -> None:
        """A till has opened the line."""
        self.now_ms = now_ms
        self._side.reset()
        self.linked = True
        self._quiet_since_ms = now_ms
        self._side.out += self.faults.greeting
        self._poke()

    def disconnected(self, now_ms: int) -> None:
        """The line is gone."""
        self.now_ms = now_ms
        self._cutting = False
        self._lose_line()

    def receive(self, data: bytes, now_ms: int) -> None:
        """Bytes of the till."""
        self.now_ms = now_ms
        if not self.linked or not self.reachable or self.faults.deaf:
            return
        self._quiet_since_ms = now_ms
        for head, content in self._side.receive(data, now_ms):
            self._arrive(head, content)
            if not self.linked:
                break

    def _arrive(self, head: str, content: bytes) -> None:
        if head in orders.OF_MONEY and self.faults.cut is not None:
            self._counted = 0
        fate = self._fate()
        if fate != "passes":
            self._execute_cut()
        if fate != "lost" and self._powered:
            self._hear(head, content)
            self._poke()

    def advance(self, now_ms: int) -> None:
        """Time passes."""
        self.now_ms = now_ms
        idle_ms = self.faults.idle_drop_ms
        if idle_ms and self.linked and self._dialogue is None and now_ms - self._quiet_since_ms >= idle_ms:
            self._cut_line(0)
        if self.linked and not self._side.advance(now_ms):
            self.was_cut, self.orphaned = self.was_cut or self._dialogue is not None, True
        if not self._powered and self._down_until_ms and now_ms >= self._down_until_ms:
            self._start_up()
        self._poke()

    def deadline_ms(self) -> int | None:
        """When something happens by itself."""
        due = [self.look_again_ms if self._dialogue is not None else None]
        due.append(self._side.deadline_ms() if self.linked else None)
        due.append(self._down_until_ms if self.now_ms < self._down_until_ms else None)
        if self.faults.idle_drop_ms and self.linked:
            due.append(self._quiet_since_ms + self.faults.idle_drop_ms)
        if self._side.out and self.linked:
            due.append(self.now_ms)
        return min((tick for tick in due if tick is not None), default=None)

    def take(self) -> bytes:
        """The bytes for the till."""
        if self.faults.deaf:
            self._side.out = b""
        size = 1 if self.faults.one_byte else len(self._side.out)
        out, self._side.out = self._side.out[:size], self._side.out[size:]
        return out

    # --- lines and power ---

    def _lose_line(self) -> None:
        """A dialogue that loses its line never speaks on another one."""
        self.was_cut = self.was_cut or self._dialogue is not None
        self.linked, self.orphaned = False, True
        self._poke()

    def _cut_line(self, down_ms: int) -> None:
        """The till notices when it next looks; what it was already sent still arrives."""
        self._cutting = self.linked
        self._down_until_ms = self.now_ms + down_ms
        self._lose_line()

    def _power_off(self) -> None:
        self.was_cut = self.was_cut or self._dialogue is not None
        self._cutting = self._cutting or self.linked
        self._powered = self.registered = self.linked = False
        self._dialogue = self.look_again_ms = None
        self.display, self.wants, self.card, self.pin = "", "", "", ""
        self.can_stop = self.stop = self.refunding = False

    def _start_up(self) -> None:
        """A charge that the till never confirmed is settled first; meanwhile the terminal is busy."""
        self._powered, self._down_until_ms = True, 0
        self.begin(self._starting())
        self.orphaned = True

    def _starting(self) -> dialogues.Dialogue:
        yield from dialogues.until(self, lambda: False, STARTING_MS)
        if self.pending is not None:
            yield from dialogues.alone(self, self.pending, refused=False)

    def _fate(self) -> Literal["passes", "last", "lost"]:
        """Count a message of a payment: it passes, is the last to pass before the planned cut, or is cut off."""
        cut = self.faults.cut
        if cut is None or self._counted is None:
            return "passes"
        self._counted += 1
        if self._counted != cut.at:
            return "passes"
        return "last" if cut.delivered else "lost"

    def _execute_cut(self) -> None:
        cut, self.faults.cut, self._counted = self.faults.cut, None, None
        assert cut is not None
        self.was_cut = True
        self._cut_line(cut.down_ms)
        if cut.power:
            self._power_off()

    # --- talking ---

    @property
    def heard(self) -> bool:
        """Whether the till that began this dialogue still listens."""
        return self.linked and not self.orphaned

    def say(self, raw: bytes) -> None:
        """A message to the till."""
        if not self.linked:
            return
        fate = self._fate()
        if fate != "lost":
            self._side.send(raw, self.now_ms)
        if fate != "passes":
            self._execute_cut()

    def accept(self) -> None:
        self.say(message("8400" if self.faults.odd_positive else "8000", extended=self.faults.extended))

    def deny(self, code: int) -> None:
        self.say(message(f"84{code:02x}"))

    def _hear(self, head: str, content: bytes) -> None:
        """One message of the till."""
        if head.startswith(("80", "84")):
            self.reply = "yes" if head in ("8000", "8400", "8483") else "no"
        elif head == "06b0":
            self._hear_abort()
        elif head == "0501":
            self.accept()
            orders.state(self)
        elif self._dialogue is not None:
            self._hear_while_busy(head, content)
        else:
            self._order(head, content)

    def _hear_while_busy(self, head: str, content: bytes) -> None:
        if self.faults.answers_while_busy and head == "0600":
            orders.registration(self, content)
        elif self.faults.answers_while_busy and head == "0620":
            self.accept()
            self.say(dialogues.record(self, self.journal.last))
            self.say(message("060f"))
        else:
            self.deny(0x9C)

    def _hear_abort(self) -> None:
        if self._dialogue is None or not self.can_stop:
            self.deny(0x83)
            return
        self.accept()
        self.stop = True

    def _order(self, head: str, content: bytes) -> None:
        order = orders.ORDERS.get(head)
        if order is None or (head in orders.OF_MONEY and not self.registered):
            self.deny(0x83)
            return
        order(self, content)

    def settled_by(self, what: Literal["diagnosis", "end of day"]) -> None:
        """A state in which the terminal waited for this is over."""
        if self.faults.busy == {"diagnosis": 0xC2, "end of day": 0xF0}[what]:
            self.faults.busy = 0

    # --- turning the dialogue ---

    def begin(self, dialogue: dialogues.Dialogue) -> None:
        self._dialogue, self.look_again_ms, self.orphaned = dialogue, None, not self.linked
        self._poke()

    def _poke(self) -> None:
        """Let the dialogue look again; whatever it does may poke once more."""
        dialogue = self._dialogue
        if dialogue is None or not self._powered or self._poking:
            return
        self._poking = True
        over = next(dialogue, True)
        self._poking = False
        if over and self._dialogue is dialogue:
            self._dialogue, self.wants, self.card, self.display = None, "", "", ""
            self.refunding = False
            self._counted = None
