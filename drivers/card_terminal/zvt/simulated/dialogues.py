"""The dialogues of the simulated terminal: what it does when the till orders something.

Each is a generator that yields when it has to wait and looks again at what it waits for whenever the terminal is poked
(bytes came, a person did something, time passed). `tell` is one message to the till and its answer; the line may be
gone, then there is no answer, and what the dialogue does about it is where terminals differ.
"""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Literal

from drivers.card_terminal.zvt.simulated import texts
from drivers.card_terminal.zvt.simulated.journal import DECLINED, Entry
from drivers.card_terminal.zvt.simulated.wire import decimal, field, message, tag

if TYPE_CHECKING:
    from drivers.card_terminal.zvt.simulator import ZvtSimulator

Dialogue = Generator[None, None, None]
Reply = Literal["yes", "no", "nothing"]
ANSWER_MS = 5_000
SERIAL_ANSWER_MS = 20_000
"""A serial line may need its repeats first."""
CARD_MS = 60_000
REVERSING_MS = 1_500
PIN_TRIES = 3
ABORTED, WRONG_PIN = 0x6C, 0x05


def until(terminal: "ZvtSimulator", holds: Callable[[], bool], patience_ms: int) -> Generator[None, None, bool]:
    """Wait for something, at most so long; whether it came. Without power nothing goes on."""
    until_ms = terminal.look_again_ms = terminal.now_ms + patience_ms
    while not terminal.powered or (not holds() and terminal.now_ms < until_ms):
        yield
    terminal.look_again_ms = None
    return holds()


def tell(terminal: "ZvtSimulator", raw: bytes) -> Generator[None, None, Reply]:
    """Say one thing and wait for the answer."""
    if not terminal.heard:
        return "nothing"
    terminal.reply = None
    terminal.say(raw)
    yield from until(terminal, lambda: terminal.reply is not None or not terminal.heard, terminal.answer_ms)
    return terminal.reply or "nothing"


def show(terminal: "ZvtSimulator", code: int) -> Generator[None, None, None]:
    """Put a text on the display and tell the till."""
    terminal.display = texts.shown(terminal.language, code, refund=terminal.refunding)
    yield from tell(terminal, texts.standing(code, terminal.display, extended=terminal.faults.extended))


def finish(terminal: "ZvtSimulator", head: str, data: bytes) -> Generator[None, None, None]:
    """The final word."""
    yield from tell(terminal, message(head, data, extended=terminal.faults.extended))


def record(terminal: "ZvtSimulator", entry: Entry, *, amount_minor: int | None = None) -> bytes:
    """`04 0F` for a transaction."""
    clock = f"{entry.time_s // 3_600 % 24:02d}{entry.time_s // 60 % 60:02d}{entry.time_s % 60:02d}"
    data = field(0x27, bytes([entry.result])) + field(0x04, decimal(amount_minor or entry.amount_minor, 6))
    data += field(0x49, decimal(terminal.currency, 2)) + field(0x0B, decimal(entry.trace, 3))
    data += field(0x0C, bytes.fromhex(clock)) + field(0x0D, bytes.fromhex("1123"))
    data += field(0x22, bytes.fromhex("EEEEEEEEEEEE4021")) + field(0x29, bytes.fromhex(terminal.terminal_id))
    data += field(0x87, decimal(entry.receipt, 2)) + field(0x88, decimal(entry.receipt, 3))
    if entry.original_trace:
        data += field(0x37, decimal(entry.original_trace, 3))
    if entry.result == 0:
        data += field(0x3B, f"{entry.trace:06d}".encode() + b"\0\0")
    if entry.signed:
        data += field(0x06, tag("1f10", b"\x01"))
    data += field(0x8A, b"\x0a") + field(0x8B, texts.SCHEMES[entry.scheme].encode() + b"\0")
    return message("040f", data, extended=terminal.faults.extended)


# --- payment ---------------------------------------------------------------------------------------------------------


def payment(terminal: "ZvtSimulator", amount_minor: int) -> Dialogue:
    """`06 01`."""
    terminal.can_stop, terminal.stop, terminal.refunding = True, False, False
    refusal = yield from _card_and_pin(terminal, amount_minor)
    yield from _at_the_bank(terminal, amount_minor, refusal)


def refund(terminal: "ZvtSimulator", amount_minor: int) -> Dialogue:
    """`06 31`: money for a card that no charge of ours took it from. Nobody needs a PIN to be given something."""
    terminal.can_stop, terminal.stop, terminal.refunding = True, False, True
    refusal = yield from _card(terminal)
    yield from _at_the_bank(terminal, amount_minor, refusal)


def _at_the_bank(terminal: "ZvtSimulator", amount_minor: int, refusal: int) -> Dialogue:
    """From here nothing can be stopped; `refusal`: why the bank is not asked at all."""
    terminal.can_stop = False
    if not refusal:
        yield from show(terminal, 0x0E)
        yield from until(terminal, lambda: False, terminal.bank_ms)
        refusal, terminal.declines = (DECLINED, False) if terminal.declines else (0, False)
    if refusal:
        yield from _refused(terminal, amount_minor, refusal)
    else:
        yield from _approved(terminal, amount_minor)
    if terminal.card == "insert":
        terminal.wants = "removal"
        yield from until(terminal, lambda: not terminal.card, CARD_MS)


def _stopped(terminal: "ZvtSimulator") -> bool:
    alone = not terminal.heard and terminal.faults.on_loss == "reverse"
    return alone or (terminal.stop and not terminal.faults.late_abort)


def _card_and_pin(terminal: "ZvtSimulator", amount_minor: int) -> Generator[None, None, int]:
    """0, or the result with which the payment ends here."""
    refusal = yield from _card(terminal)
    if refusal or terminal.wants_signature or (terminal.card == "tap" and amount_minor <= terminal.pin_above_minor):
        return refusal
    return (yield from _pin(terminal))


def _card(terminal: "ZvtSimulator") -> Generator[None, None, int]:
    """0 when there is a card, or the result with which it ends here."""
    terminal.card, terminal.wants = "", "card"
    yield from show(terminal, 0x0A)
    if terminal.faults.chatter:
        yield from tell(terminal, message("06d8", b"\x00"))
    yield from until(terminal, lambda: bool(terminal.card) or _stopped(terminal), CARD_MS)
    return ABORTED if _stopped(terminal) or not terminal.card else 0


def _pin(terminal: "ZvtSimulator") -> Generator[None, None, int]:
    code = 0x01
    for _ in range(PIN_TRIES):
        terminal.pin, terminal.wants = "", "pin"
        yield from show(terminal, code)
        yield from until(terminal, lambda: bool(terminal.pin) or _stopped(terminal), CARD_MS)
        terminal.wants = ""
        if _stopped(terminal) or not terminal.pin:
            return ABORTED
        if terminal.pin == terminal.card_pin:
            return 0
        code = 0x15
    return WRONG_PIN


def _refused(terminal: "ZvtSimulator", amount_minor: int, result: int) -> Dialogue:
    terminal.wants = ""
    yield from show(terminal, 0x1D)
    entry = terminal.journal.fail(amount_minor, result, terminal.now_ms)
    yield from tell(terminal, record(terminal, entry))
    if terminal.faults.decline_ends_with == "06 1E":
        yield from finish(terminal, "061e", bytes([result]))
    else:
        yield from finish(terminal, "060f", b"")


def _approved(terminal: "ZvtSimulator", amount_minor: int) -> Dialogue:
    """The bank said yes: from here money is taken (or given), until it is reversed."""
    terminal.wants = ""
    book = terminal.journal.give if terminal.refunding else terminal.journal.charge
    entry = book(amount_minor, terminal.now_ms)
    entry.signed, terminal.wants_signature = terminal.wants_signature and not terminal.refunding, False
    terminal.pending = entry
    yield from show(terminal, 0x1C)
    reply = yield from _offer(terminal, entry)
    if reply == "yes":
        entry.committed, terminal.pending = True, None
        yield from finish(terminal, "060f", b"")
        return
    given_back = yield from alone(terminal, entry, refused=reply == "no")
    yield from finish(terminal, "061e" if given_back else "060f", b"\xff" if given_back else b"")


def _offer(terminal: "ZvtSimulator", entry: Entry) -> Generator[None, None, Reply]:
    """Status and papers; `yes` when the till has confirmed them all (section 2.2.8)."""
    faults = terminal.faults
    if faults.no_status:
        return "yes"
    amount_minor = entry.amount_minor + 100 if faults.wrong_amount else entry.amount_minor
    for _ in range(2 if faults.duplicate_status else 1):
        reply = yield from tell(terminal, record(terminal, entry, amount_minor=amount_minor))
        if reply != "yes":
            return reply
    for raw in papers(terminal, entry):
        reply = yield from tell(terminal, raw)
        if reply != "yes":
            return reply
    return "yes"


def papers(terminal: "ZvtSimulator", entry: Entry) -> list[bytes]:
    """The merchant's and the customer's receipt, in the form that the till allows."""
    merchant = texts.slip(entry, "merchant", terminal.terminal_id)
    customer = texts.slip(entry, "customer", terminal.terminal_id)
    if terminal.takes_blocks:
        extended = terminal.faults.extended
        return [texts.paper(merchant, 1, extended=extended), texts.paper(customer, 2, extended=extended)]
    return [texts.line(text, last=text == customer[-1]) for text in customer]


def alone(terminal: "ZvtSimulator", entry: Entry, *, refused: bool) -> Generator[None, None, bool]:
    """The till did not confirm: keep it or give it back; whether it was given back."""
    if not refused and terminal.faults.on_loss == "keep":
        entry.committed, terminal.pending = True, None
        return False
    yield from show(terminal, 0x05)
    yield from until(terminal, lambda: False, REVERSING_MS)
    terminal.journal.reverse(entry, terminal.now_ms)
    terminal.pending = None
    return True


# --- the other orders ------------------------------------------------------------------------------------------------


def repeat(terminal: "ZvtSimulator") -> Dialogue:
    """`06 20`: the last transaction again."""
    faults = terminal.faults
    mode = faults.repeat if terminal.was_cut else "answers"
    if mode == "refused":
        yield from finish(terminal, "061e", b"\x83")
        return
    if mode == "other" and not terminal.journal.last.foreign:
        terminal.journal.foreign(777, terminal.now_ms)
    if mode != "silent" and not faults.never_repeats:
        yield from tell(terminal, record(terminal, terminal.journal.last))
    yield from finish(terminal, "060f", b"")


def reversal(terminal: "ZvtSimulator", receipt: int, amount_minor: int) -> Dialogue:
    """`06 30`: no card; and what an end of day has handed over is no more to be taken back."""
    journal, faults = terminal.journal, terminal.faults
    yield from show(terminal, 0x0E)
    yield from until(terminal, lambda: False, terminal.bank_ms)
    entry = journal.last if faults.reverses_last else journal.find(receipt)
    other = entry is None or (entry.amount_minor != amount_minor and not faults.reverses_last)
    if entry is None or other or not entry.is_charge or entry.settled or faults.reverses_nothing:
        yield from finish(terminal, "061e", b"\xb5")
    elif entry.reversed:
        yield from finish(terminal, "061e", b"\xb4")
    else:
        done = journal.reverse(entry, terminal.now_ms)
        for raw in (record(terminal, done), *papers(terminal, done)):
            yield from tell(terminal, raw)
        yield from finish(terminal, "060f", b"")


def end_of_day(terminal: "ZvtSimulator") -> Dialogue:
    """`06 50`."""
    yield from show(terminal, 0x17)
    if terminal.faults.end_of_day_fails:
        yield from finish(terminal, "061e", b"\x77")
        return
    entries = terminal.journal.open()
    paper = texts.paper(texts.day(entries, terminal.terminal_id), 3)
    yield from tell(terminal, paper)
    data = field(0x27, b"\0") + field(0x04, decimal(_net(entries), 6))
    yield from tell(terminal, message("040f", data + field(0x60, _counts(entries))))
    for entry in entries:
        entry.settled = True
    terminal.settled_by("end of day")
    yield from finish(terminal, "060f", b"")


def _net(entries: list[Entry]) -> int:
    """What is handed over of these. BCD has no sign: more given than taken is zero."""
    return max(0, sum(entry.moved_minor for entry in entries))


def _counts(entries: list[Entry]) -> bytes:
    receipts = [entry.receipt for entry in entries] or [0]
    data = decimal(receipts[0], 2) + decimal(receipts[-1], 2)
    for scheme in range(len(texts.SCHEMES)):
        used = [entry for entry in entries if entry.scheme == scheme]
        data += bytes([len(used)]) + decimal(_net(used), 6)
    return data


def diagnosis(terminal: "ZvtSimulator") -> Dialogue:
    """`06 70`: among other things it tells the till the time."""
    yield from show(terminal, 0x0E)
    yield from tell(terminal, message("0401", field(0xAA, bytes.fromhex("261123")) + field(0x0C, b"\x12\x00\x00")))
    terminal.settled_by("diagnosis")
    yield from finish(terminal, "060f", b"")


def upkeep(terminal: "ZvtSimulator", code: int, ms: int) -> Dialogue:
    """Of its own accord: it says what it does, if somebody listens, and does it. Orders wait until it is done."""
    yield from show(terminal, code)
    yield from until(terminal, lambda: False, ms)
