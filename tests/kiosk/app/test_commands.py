"""What the console says is read with care: its person is looked up here, and what cannot be read never gets further."""

from typing import Any

import pytest

from kiosk.app.commands import came
from kiosk.checkout.events import CommandCame
from kiosk.storage.price_book import StaffMember
from kiosk.wire.messages import Command

ANNA = StaffMember(id="u1", name="Anna", role="supervisor", pin_hash="x")


def command(**changes: Any) -> Command:
    told = {"id": "c1", "kind": "pause", "staff": "u1", "expires": "2026-11-23T09:14:40.002Z", "data": {"minutes": 5}}
    return Command(**{**told, **changes})


def test_the_right_comes_from_the_lanes_own_list() -> None:
    event = came(command(data={"minutes": 5, "text": "lunch"}), lambda: [ANNA])
    assert isinstance(event, CommandCame)
    assert (event.name, event.role, event.minutes, event.text) == ("Anna", "supervisor", 5, "lunch")
    assert event.expires_utc_ms == 1_795_425_280_002
    stranger = came(command(staff="u9"), lambda: [ANNA])
    assert isinstance(stranger, CommandCame) and stranger.role == ""


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "dance"}, "knows no dance"),
        ({"expires": "tomorrow"}, "no time"),
        ({"expires": "2026-11-23T09:14:40"}, "no time"),
        ({"data": {"minutes": "5"}}, "cannot be read"),
        ({"data": {"minutes": True}}, "cannot be read"),
        ({"data": {"text": "x" * 500}}, "too long"),
        ({"data": {"reason": ["age"]}}, "too long"),
        ({"kind": "training", "data": {"on": "yes"}}, "cannot be read"),
        ({"kind": "price", "data": {"line": 1, "price_minor": "0"}}, "cannot be read"),
        ({"kind": "price", "data": {"line": 1, "price_minor": 10**30}}, "cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(changes: dict[str, Any], says: str) -> None:
    refusal = came(command(**changes), lambda: [ANNA])
    assert isinstance(refusal, str) and says in refusal
