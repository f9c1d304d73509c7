"""Any bytes at all on a cash machine's line, at any times: nobody is stopped, and nothing of a flood is kept.

What is damaged in the middle of work is a row of `tests/drivers/parsers/cash.py`.
"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import events as d
from tests.drivers.mutations import HELD_MOST, held
from tests.drivers.parsers.cash import Line, coins, coins_with_crc, essp, hopper, ssp

LINES = [ssp, essp, hopper, coins, coins_with_crc]


@pytest.mark.parametrize("line_of", LINES)
@settings(max_examples=500, deadline=None)
@given(pieces=st.lists(st.tuples(st.binary(max_size=60), st.integers(0, 2_000)), max_size=12))
def test_any_bytes_at_all_stop_nobody(line_of: Callable[[], Line], pieces: list[tuple[bytes, int]]) -> None:
    line = line_of()
    line.host.received(b"", 0)
    heard = [event for data, ms in pieces for event in line.hears(data, ms)]
    assert not [event for event in heard if isinstance(event, d.CashOffered | d.CashMetered | d.CashDispensed)]


@pytest.mark.parametrize("line_of", LINES)
def test_a_flood_is_not_kept(line_of: Callable[[], Line]) -> None:
    line = line_of()
    for flood in (b"\x7f" * 1_000_000, b"\x7f\x80\xff" + bytes(1_000_000), b"\x01\xff\x02\x00" * 250_000):
        line.hears(flood, 0)
        assert held(line.host) < HELD_MOST
