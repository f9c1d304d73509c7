"""Boot backend: what RAUC asks of the boot loader, answered from the boot state's files.

    boot-backend get-primary            the slot that is started next
    boot-backend set-primary SLOT       this one is, with all of its tries
    boot-backend get-state SLOT         `good`: it has tries left; else `bad`
    boot-backend set-state SLOT good    its tries are given back; `bad`: it has none
    boot-backend get-current            the slot that runs

https://rauc.readthedocs.io/en/latest/integration.html#custom

RAUC sets the other slot `bad` before it writes the first byte of it, and makes it primary after the last: each is one
write of a state file (`boot_state.write`), on the card when the command ends, so a cut at any point leaves a slot that
is whole to be started. The slot that runs is never touched.
"""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from image.device.boot_state import TRIES, BootState, Slot, change, read

FIRMWARE, CMDLINE = Path("/boot/firmware"), Path("/proc/cmdline")
_RUNS = re.compile(r"(?:^|\s)kassa\.slot=([AB])(?:\s|$)")


class CannotAnswer(Exception):
    """What was asked makes no sense here. One line for a person."""


def running_slot(cmdline: str) -> Slot:
    """The slot that the boot script has started. CannotAnswer."""
    found = _RUNS.search(cmdline)
    if found is None:
        raise CannotAnswer("the boot loader did not say which slot runs (kassa.slot= on the kernel's command line)")
    return "A" if found[1] == "A" else "B"


def primary(state: BootState) -> Slot:
    """The slot that is started next; where none has tries left, the boot script gives all of them back."""
    return next((slot for slot in state.order if state.left(slot)), state.order[0])


def answer(words: Sequence[str], folder: Path, cmdline: str) -> str:
    """What RAUC is told; empty: it is done. CannotAnswer; OSError."""
    match words:
        case ["get-primary"]:
            return primary(read(folder))
        case ["get-current"]:
            return running_slot(cmdline)
        case ["get-state", "A" | "B" as slot]:
            return "good" if read(folder).left(slot) else "bad"
        case ["set-primary", "A" | "B" as slot]:
            change(folder, lambda state: state.first(slot))
        case ["set-state", "A" | "B" as slot, "good" | "bad" as word]:
            _refuse_own(slot, word, cmdline)
            change(folder, lambda state: state.with_left(slot, TRIES if word == "good" else 0))
        case _:
            raise CannotAnswer(f"not understood: {' '.join(words)}")
    return ""


def _refuse_own(slot: str, word: str, cmdline: str) -> None:
    """Nobody takes the last way back: the slot that runs is not made unbootable."""
    if word == "bad" and running_slot(cmdline) == slot:
        raise CannotAnswer(f"slot {slot} runs: it is not set bad")


def main() -> NoReturn:
    """Exit code 0 and the answer, or 1 and why not on the standard error."""
    try:
        said = answer(sys.argv[1:], FIRMWARE, CMDLINE.read_text(encoding="ascii", errors="replace"))
    except (CannotAnswer, OSError) as problem:
        sys.exit(f"boot-backend: {problem}")
    if said:
        sys.stdout.write(f"{said}\n")
    sys.exit(0)


if __name__ == "__main__":
    main()
