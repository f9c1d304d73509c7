"""The orders of the till, as the simulated terminal takes them: what it looks at, what it refuses, what it then does.

An order with a dialogue is accepted first; where its numbers are missing or are none it is "not possible" (84 83).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from drivers.card_terminal.zvt.simulated import dialogues
from drivers.card_terminal.zvt.simulated.wire import decimal, field, fields, message

if TYPE_CHECKING:
    from drivers.card_terminal.zvt.simulator import ZvtSimulator

Order = Callable[["ZvtSimulator", bytes], None]
OF_MONEY = ("0601", "0630", "0631")


def _dialogue(dialogue: Callable[["ZvtSimulator"], dialogues.Dialogue]) -> Order:
    """An order that needs no numbers."""

    def take(terminal: "ZvtSimulator", content: bytes) -> None:
        terminal.accept()
        terminal.begin(dialogue(terminal))

    return take


def _with_numbers(skipped: int, wanted: tuple[int, ...], dialogue: Callable[..., dialogues.Dialogue]) -> Order:
    """An order with these fields, after so many bytes of password."""

    def take(terminal: "ZvtSimulator", content: bytes) -> None:
        told = fields(content[skipped:])
        digits = [told.get(name, b"").hex() for name in wanted]
        if all(number.isdigit() for number in digits):
            terminal.accept()
            terminal.begin(dialogue(terminal, *(int(number) for number in digits)))
        else:
            terminal.deny(0x83)

    return take


def state(terminal: "ZvtSimulator") -> None:
    """What a status enquiry is told: a version text and the state."""
    in_it = terminal.card == "insert" and terminal.wants in ("", "removal")
    code = 0xDC if in_it else 0x9C if terminal.busy else terminal.faults.busy
    terminal.say(message("060f", b"\xf0\xf0\xf4" + b"1.07" + bytes([code])))


def registration(terminal: "ZvtSimulator", content: bytes) -> None:
    """`06 00`: only in the terminal's own currency."""
    if content[4:6] != decimal(terminal.currency, 2):
        terminal.deny(0x1E)
        return
    terminal.registered, terminal.takes_blocks = True, b"\x0a\x02\x06\xd3" in content
    terminal.accept()
    data = field(0x19, b"\0") + field(0x29, bytes.fromhex(terminal.terminal_id))
    terminal.say(message("060f", data + field(0x49, decimal(terminal.currency, 2)), extended=terminal.faults.extended))


def _log_off(terminal: "ZvtSimulator", content: bytes) -> None:
    terminal.registered = False
    terminal.accept()


def _text(terminal: "ZvtSimulator", content: bytes) -> None:
    """The lines of F1 to F8."""
    if terminal.faults.shows_no_texts:
        terminal.deny(0x83)
        return
    lines, rest = [], content[2:]
    while len(rest) > 3 and 0xF1 <= rest[0] <= 0xF8:
        size = (rest[1] & 0x0F) * 10 + (rest[2] & 0x0F)
        lines.append(rest[3 : 3 + size].decode("ascii", "replace"))
        rest = rest[3 + size :]
    terminal.display = "\n".join(lines)
    terminal.accept()


ORDERS: dict[str, Order] = {
    "0600": registration,
    "0601": _with_numbers(0, (0x04,), dialogues.payment),
    "0602": _log_off,
    "0620": _dialogue(dialogues.repeat),
    "0630": _with_numbers(3, (0x87, 0x04), dialogues.reversal),
    "0631": _with_numbers(3, (0x04,), dialogues.refund),
    "0650": _dialogue(dialogues.end_of_day),
    "0670": _dialogue(dialogues.diagnosis),
    "06e0": _text,
}
