"""Settings: a table of the configuration becomes a typed Struct, or an error that a technician can act on.

Every driver defines its own frozen Struct `Settings`; its field names are the keys of `[devices.NAME]`.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, TypeVar

import msgspec

from drivers.device import DeviceError

T = TypeVar("T", bound=msgspec.Struct)
Positive = Annotated[int, msgspec.Meta(ge=1)]
NotNegative = Annotated[int, msgspec.Meta(ge=0)]

_PLACE = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<key>[^`]*)`)?$", re.DOTALL)


def decode(kind: type[T], table: Mapping[str, object], where: str, *, from_text: bool = False) -> T:
    """The table as a `kind`. `where` names it in errors; `from_text` reads numbers and yes or no from strings.

    Raises DeviceError for an unknown key (naming the nearest good one), a missing one, a wrong type or value.
    """
    known = [field.encode_name for field in msgspec.structs.fields(kind)]
    for key in table:
        if key not in known:
            raise DeviceError(f"{where}: there is no setting {key!r}; {nearest(key, known)}")
    try:
        return msgspec.convert(dict(table), kind, strict=not from_text)
    except msgspec.ValidationError as refusal:
        raise DeviceError(f"{where}: {_plain(str(refusal))}{_choices(kind, str(refusal))}") from refusal


def nearest(wrong: str, good: Iterable[str]) -> str:
    """Half a sentence that helps: the one that was likely meant, or all that there are."""
    choices = sorted(good)
    close = difflib.get_close_matches(wrong, choices, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    return f"choose one of {', '.join(choices)}" if choices else "there are none"


def _choices(kind: type[msgspec.Struct], refusal: str) -> str:
    """The good values, where the wrong one is not among a few."""
    place = _PLACE.match(refusal)
    info = msgspec.inspect.type_info(kind)
    assert place is not None and isinstance(info, msgspec.inspect.StructType)
    types = {field.encode_name: field.type for field in info.fields}
    type_ = types.get(place["key"] or "")
    if not isinstance(type_, msgspec.inspect.LiteralType):
        return ""
    return f"; choose one of {', '.join(str(value) for value in type_.values)}"


def _plain(refusal: str) -> str:
    """msgspec's words for people: `Expected `int`, got `str` - at `$.baud`` becomes `baud: expected int, got str`."""
    missing = re.fullmatch(r"Object missing required field `(.*)`", refusal)
    if missing:
        return f"the setting {missing[1]!r} is missing"
    parts = _PLACE.match(refusal)
    assert parts is not None
    what = parts["what"].replace("`", "")
    what = what[:1].lower() + what[1:]
    return f"{parts['key']}: {what}" if parts["key"] else what
