"""Configuring: what a lane tells of its kiosk.toml, and how a change of it and an excerpt of its log travel.

The lane speaks first at every connection: the digest of what it runs on and what became of the last change. The store
asks for the rest if it does not have it. A change is ordered by a command and fetched by its name; what is secret in it
stays hidden on the way out and is put back in by the lane (`kiosk.values.hidden`).
"""

from typing import Literal

import msgspec


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """Unknown fields are ignored, as in all messages."""


class KnownKey(_Told, frozen=True, kw_only=True):
    """A setting that this lane's version knows. `default` is written as in TOML; empty: it has none."""

    path: str
    """Dotted, such as `lane.currency`."""
    kind: Literal["yes_no", "number", "text", "choice", "toml"]
    """What a form may ask for it; `toml`: anything more than one value, typed as it stands in the file."""
    choices: tuple[str, ...] = ()
    default: str = ""
    help: str = ""


class ConfigAsk(_Told, frozen=True, kw_only=True):
    """This is what I run on, and what became of the last change.

    `digest`: SHA-256 of `text`, which is sent, with `keys`, when the store has said that it lacks them; empty: not now.
    `line`: of the changed text, where `why` is about one.
    """

    digest: str
    text: str = ""
    """Without what is secret."""
    keys: tuple[KnownKey, ...] = ()
    change: str = ""
    stage: Literal["", "waiting", "trying", "kept", "back", "refused"] = ""
    why: str = ""
    line: int = 0


class ConfigAnswer(_Told, frozen=True, kw_only=True):
    """`known`: the store has that text; `ours`: it has ordered that change of this very lane.

    `wanted`: a change that the lane has agreed to and has not told of yet; empty: none.
    """

    known: bool
    ours: bool = False
    wanted: str = ""


class ChangeAsk(_Told, frozen=True, kw_only=True):
    """What is that change?"""

    change: str


class ChangeAnswer(_Told, frozen=True, kw_only=True):
    """The whole kiosk.toml as it shall be."""

    text: str


class LogAsk(_Told, frozen=True, kw_only=True):
    """What the lane's log says, as it was ordered: one JSON object a line, the oldest first."""

    order: str
    text: str


class LogAnswer(_Told, frozen=True, kw_only=True):
    """Kept."""
