"""Succession: where this machine goes on if it took another's place, from the file that its adoption wrote."""

from pathlib import Path

import msgspec

from kiosk.app.identity import written
from kiosk.checkout.state import State
from kiosk.checkout.succession import Succession
from kiosk.values.settings import BadSettings

FILE = "succession.json"
"""Beside kiosk.toml, which names it."""


def keep(path: Path, succession: Succession) -> None:
    """Write it, whole and onto the disk. OSError."""
    written(path, msgspec.json.encode(succession))


def read(path: str, state: State) -> Succession | None:
    """What the lane is to be told of it; None for a machine that took nobody's place, or has begun in it already.

    BadSettings: it cannot be read, and a lane that does not know its numbers must not sell.
    """
    if not path:
        return None
    begun = state.in_earnest.segment
    try:
        succession = msgspec.json.decode(Path(path).read_bytes(), type=Succession)
    except (OSError, msgspec.DecodeError) as error:
        if begun > 1:
            return None
        raise BadSettings(
            f"link.succession: {path} cannot be read: {error}. Adopt this machine again, or it would use numbers twice"
        ) from None
    return succession if succession.segment > begun else None
