"""A table becomes a typed Struct, or words that say what to mend."""

from typing import Literal

import msgspec
import pytest

from drivers.device import DeviceError
from drivers.settings import decode, nearest


class Toaster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings as a driver would have them."""

    port: str
    slots: int = 2
    colour: Literal["red", "blue"] = "red"
    loud: bool = False


def test_a_good_table() -> None:
    assert decode(Toaster, {"port": "/dev/toaster", "slots": 4}, "here") == Toaster(port="/dev/toaster", slots=4)


def test_a_query_is_all_text() -> None:
    table = {"port": "x", "slots": "4", "loud": "true"}
    assert decode(Toaster, table, "here", from_text=True) == Toaster(port="x", slots=4, loud=True)
    with pytest.raises(DeviceError):
        decode(Toaster, table, "here")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"prt": "x"}, "here: there is no setting 'prt'; did you mean 'port'?"),
        ({"port": "x", "zzz": 1}, "here: there is no setting 'zzz'; choose one of colour, loud, port, slots"),
        ({}, "here: the setting 'port' is missing"),
        ({"port": "x", "slots": "two"}, "here: slots: expected int, got str"),
        ({"port": "x", "colour": "green"}, "here: colour: invalid enum value 'green'; choose one of blue, red"),
    ],
)
def test_a_bad_one(table: dict[str, object], words: str) -> None:
    with pytest.raises(DeviceError) as refusal:
        decode(Toaster, table, "here")
    assert str(refusal.value) == words


def test_where_there_is_nothing_to_choose_from() -> None:
    assert nearest("x", []) == "there are none"
