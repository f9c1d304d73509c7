"""An excerpt of the log is what was asked for, bounded, and never has a secret or a card number in it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.app.log_excerpt import MASK, MOST_BYTES, cleaned, excerpt
from kiosk.app.log_keeping import FILE_BYTES, LogKeeper, kept_lines, older
from kiosk.app.log_telling import LogTelling
from kiosk.checkout.effects import TellLog
from kiosk.values.moment import Moment
from kiosk.wire.configuring import LogAnswer, LogAsk

NINE = 1_764_061_200_000  # 2025-11-25T09:00:00Z


def line(event: str, level: str = "info", minute: int = 0, **more: Any) -> str:
    return json.dumps({"event": event, "level": level, "timestamp": f"2025-11-25T09:{minute:02d}:00.5Z", **more})


LINES = [line("a"), line("b", "warning", 1), line("c", "error", 2), "  Traceback of c", line("d", minute=3)]


@pytest.mark.parametrize(
    ("most", "since", "level", "events"),
    [
        (10, 0, "", "abcTd"),
        (2, 0, "", "Td"),
        (10, 0, "warning", "bcT"),
        (10, 0, "error", "cT"),
        (10, NINE + 90_000, "", "cTd"),
        (1, NINE + 10**9, "", ""),
    ],
)
def test_it_has_the_lines_that_were_asked_for(most: int, since: int, level: str, events: str) -> None:
    told = excerpt(LINES, most, since, level).splitlines()
    assert "".join(json.loads(one)["event"] if one[0] == "{" else "T" for one in told) == events


def test_it_is_bounded_in_bytes_and_the_newest_stays() -> None:
    many = [line("ö" * 500, n=n) for n in range(1_000)]
    told = excerpt(many, 1_000)
    assert len(told.encode()) <= MOST_BYTES and json.loads(told.splitlines()[-1])["n"] == 999


def luhn(digits: str) -> str:
    total = sum(int(c) if n % 2 else sum(divmod(2 * int(c), 10)) for n, c in enumerate(reversed(digits)))
    return digits + str(-total % 10)


@given(
    st.text("0123456789", min_size=12, max_size=18),
    st.sampled_from(["", " ", "-"]),
    st.sampled_from(["", "=25122010000"]),
)
def test_no_card_number_gets_through(digits: str, gap: str, track: str) -> None:
    number = luhn(digits)
    written = gap.join(number[at : at + 4] for at in range(0, len(number), 4)) + track
    told = cleaned(line("card", said=f"read {written} from the reader"))
    assert written not in told and number[6:] not in told and MASK in told


def test_what_is_no_card_stays() -> None:
    text = line("x", id="c-1764061200001-ab12", till="k01", port=20007)
    assert cleaned(text) == text


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, blacklist_characters='\\"'), min_size=6))
def test_no_secret_of_this_lane_gets_through(secret: str) -> None:
    assert secret not in cleaned(line(f"refused {secret}!", detail=f"a{secret}b"), [secret]).replace(MASK, "")


@pytest.mark.parametrize(
    "text",
    [
        line("x", password="hunter2"),
        "password=hunter2",
        "Authorization: hunter2",
        'api_token: "hunter2"',
        '"pin": "hunter2"',
    ],
)
def test_what_is_called_a_secret_is_none_of_anybodys_business(text: str) -> None:
    assert "hunter2" not in cleaned(text)


def test_the_file_is_bounded_and_the_end_of_the_log_is_in_it(tmp_path: Path) -> None:
    path, onward = tmp_path / "new" / "kiosk.log", io.StringIO()
    keeper = LogKeeper(onward)
    keeper.write("before it is known where\n")
    keeper.keep_in(path)
    for n in range(3 * FILE_BYTES // 1_000):
        keeper.write(f"{n:06d} {'x' * 990}\n")
        keeper.flush()
    lines = kept_lines(path)
    assert path.stat().st_size + older(path).stat().st_size <= 2 * FILE_BYTES + 2_000
    assert lines[-1].startswith(f"{n:06d}") and len(lines) >= FILE_BYTES // 1_000
    assert onward.getvalue().startswith("before") and onward.getvalue().endswith("x\n")


def test_a_log_that_cannot_be_kept_goes_onward(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    onward = io.StringIO()
    keeper = LogKeeper(onward)
    keeper.keep_in(tmp_path / "file" / "kiosk.log")
    keeper.write("said\n")
    assert onward.getvalue().endswith("said\n")


def test_an_excerpt_is_sent_until_the_store_has_it(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.log"
    path.write_text("".join(f"{one}\n" for one in LINES) + line("e", secret="s3cr3t!") + "\n")
    telling, now = LogTelling(path, ("s3cr3t!",), lambda job: list(job())), Moment(0, 0, "2025-11-25", 0)  # type: ignore[arg-type,return-value]
    telling.tell(TellLog("c-1", 2))
    asked = telling.ask(now)
    assert isinstance(asked, LogAsk) and asked.order == "c-1" and "s3cr3t!" not in asked.text
    assert len(asked.text.splitlines()) == 2 and telling.ask(now) is None
    telling.lost()
    assert telling.ask(now) == asked
    telling.heard(asked, LogAnswer())
    telling.lost()
    assert telling.ask(now) is None
