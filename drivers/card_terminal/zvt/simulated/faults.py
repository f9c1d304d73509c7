"""Faults: everything that terminals have been seen to do wrong, to be switched on one by one.

A fault stays until it is switched off; `cut` happens once. The defaults are a terminal that behaves.
"""

from typing import Literal

import msgspec


class Cut(msgspec.Struct, frozen=True):
    """Cut the line, or the power, at one message of a payment, refund or reversal.

    `at` counts the messages in both directions from the order (number 1). `delivered`: that message still arrives.
    """

    at: int
    delivered: bool = True
    power: bool = False
    down_ms: int = 2_000


class BlockFault(msgspec.Struct, frozen=True):
    """One block on a serial line goes wrong, and its repeats too until it went wrong `times` times.

    `at` counts the blocks in both directions from an order that moves money (number 1). `garbled`: its checksum does
    not fit; `half`: it breaks off in the middle; `lost`: it never arrives; `unconfirmed`: it arrives, but its
    confirmation does not.
    """

    at: int
    kind: Literal["garbled", "half", "lost", "unconfirmed"]
    times: int = 1


class Faults(msgspec.Struct):
    """What goes wrong."""

    cut: Cut | None = None
    block: BlockFault | None = None
    on_loss: Literal["keep", "reverse"] = "keep"
    """What becomes of a charge whose end the till did not hear: both are seen in the field. A terminal that keeps also
    goes on with the payment alone; one that reverses stops when the line is gone."""
    repeat: Literal["answers", "silent", "refused", "other"] = "answers"
    """How `06 20` answers after a line was lost: with the last transaction, without it, with `06 1E`, or with
    somebody else's transaction made since."""
    never_repeats: bool = False
    """`06 20` never tells a transaction, not even before."""
    decline_ends_with: Literal["06 1E", "06 0F"] = "06 1E"
    duplicate_status: bool = False
    """`04 0F` comes twice."""
    no_status: bool = False
    """An approved payment ends with `06 0F` alone."""
    late_abort: bool = False
    """A stop is accepted, and the payment goes on."""
    wrong_amount: bool = False
    """`04 0F` tells another amount than was ordered."""
    reverses_last: bool = False
    """`06 30` reverses the last transaction, whatever it was told."""
    reverses_nothing: bool = False
    """`06 30` ends with "reversal not possible", whatever it was told."""
    odd_positive: bool = False
    """`84 00 00` instead of `80 00 00`."""
    extended: bool = False
    """The long form of the length, always."""
    one_byte: bool = False
    """Bytes come one at a time."""
    deaf: bool = False
    """Hears nothing, says nothing, but keeps the line."""
    greeting: bytes = b""
    """Says this when the line opens: it is no terminal at all."""
    idle_drop_ms: int = 0
    """Drops a line on which nothing was said for so long."""
    busy: int = 0
    """The state that a status enquiry tells, if not ready (`F0`: end of day open)."""
    shows_no_texts: bool = False
    """`06 E0` is not possible."""
    end_of_day_fails: bool = False
    """`06 50` ends with "not possible" (77)."""
    answers_while_busy: bool = False
    """Registration and `06 20` are answered in the middle of a payment too; only `05 01` shows that it still runs."""
    chatter: bool = False
    """Sends a command that no till knows (`06 D8`) in the middle of a payment."""
