"""Reports by e-mail: on their hour, once, as the same mail if it may have gone; a real mail server takes them."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selling import BREAD, NOW, Till, on, said
from sqlalchemy.engine import Engine
from test_smtp import Judge, served

from store import report_schedules, smtp
from store.config import Config, SmtpTable, StoreTable
from store.ingest import take
from store.postman import Postman
from store.report_schedules import BadSchedule, Wish, next_turn
from store.report_shapes import Ask

ZONE = ZoneInfo("Europe/Stockholm")
HOUR_MS, DAY_MS = 3_600_000, 24 * 3_600_000


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp()) * 1000


MONDAY = at("2026-11-23T12:00:00+01:00")


def wish(**changes: object) -> Wish:
    plain = {"ask": Ask("sales", by=("till",)), "period": "yesterday", "form": "csv", "address": "boss@example.com",
             "every": "day", "hour": 6}  # fmt: skip
    return Wish(**{**plain, **changes})  # type: ignore[arg-type]


class Office:
    """A postman whose mail server is a list, or whatever it is made to say."""

    def __init__(self, engine: Engine, url: str = "smtp://127.0.0.1:1") -> None:
        self.now, self.mails, self.answer = MONDAY, list[EmailMessage](), None
        self.engine = engine
        config = Config(store=StoreTable(id="s001", name="Corner shop"), smtp=SmtpTable(url, "kvitto@example.com"))
        real = url != "smtp://127.0.0.1:1"
        self.postman = Postman(config, engine, lambda: self.now, None if real else self._deliver)

    def _deliver(self, message: EmailMessage, recipient: str) -> None:
        self.mails.append(message)
        if self.answer is not None:
            raise self.answer

    def until(self, moment: str) -> int:
        """How many turns the postman had until nothing was due."""
        self.now, turns = at(moment), 0
        while self.postman.turn():
            turns += 1
        return turns


def keep(office: Office, **changes: object) -> None:
    report_schedules.add(office.engine, wish(**changes), "u1", office.now, ZONE)


def test_a_real_server_gets_the_report_of_yesterday(engine: Engine) -> None:
    take(engine, on("sale"), said(Till().sell((BREAD, 2))), NOW)
    with served(judge := Judge()) as port:
        office = Office(engine, f"smtp://127.0.0.1:{port}")
        keep(office)
        assert office.until("2026-11-24T05:59:00+01:00") == 0
        assert office.until("2026-11-24T06:00:00+01:00") == 1
        assert office.until("2026-11-24T06:30:00+01:00") == 0
    ((recipients, content),) = judge.mails
    mail = message_from_bytes(content, policy=policy.default)
    assert recipients == ["boss@example.com"]
    assert mail["Subject"] == "Sales, 23 Nov 2026: Corner shop"
    text, attached = mail.get_body(), next(iter(mail.iter_attachments()))
    assert text is not None and "Paid: 65.80 SEK" in text.get_content()
    assert attached.get_filename() == "sales_2026-11-23_2026-11-23.csv"
    assert attached.get_content().splitlines()[1].startswith("k01,SEK,1,2,6580")


def test_one_that_is_not_taken_is_tried_again_as_the_same_mail(engine: Engine) -> None:
    office = Office(engine)
    keep(office, form="pdf")
    office.answer = smtp.NotNow("451 to the recipient")
    assert office.until("2026-11-24T06:00:00+01:00") == 1
    (one,) = report_schedules.everything(engine)
    assert one.why == "451 to the recipient" and one.tries == 1
    office.answer = None
    assert office.until("2026-11-24T06:00:59+01:00") == 0
    assert office.until("2026-11-24T06:01:00+01:00") == 1
    first, second = office.mails
    assert first.as_bytes() == second.as_bytes()
    (one,) = report_schedules.everything(engine)
    assert (one.why, one.tries, one.due_utc_ms) == ("", 0, at("2026-11-25T06:00:00+01:00"))


def test_what_was_missed_gives_way_to_the_newest(engine: Engine) -> None:
    office = Office(engine)
    keep(office)
    assert office.until("2026-11-29T20:00:00+01:00") == 1
    assert office.mails[0]["Subject"].startswith("Sales, 28 Nov 2026")


def test_what_is_refused_for_good_waits_for_the_next_turn(engine: Engine) -> None:
    office = Office(engine)
    keep(office, every="week", period="last-week")
    office.answer = smtp.Refused("550 to the recipient")
    assert office.until("2026-11-30T07:00:00+01:00") == 1
    assert office.until("2026-12-06T07:00:00+01:00") == 0
    office.answer = None
    assert office.until("2026-12-07T07:00:00+01:00") == 1
    assert office.mails[-1]["Subject"].startswith("Sales, 30 Nov 2026 to 6 Dec 2026")


def test_one_that_is_taken_away_goes_no_more(engine: Engine) -> None:
    office = Office(engine)
    keep(office)
    (one,) = report_schedules.everything(engine)
    assert report_schedules.remove(engine, one.id) and not report_schedules.remove(engine, one.id)
    assert office.until("2026-11-24T07:00:00+01:00") == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"address": "boss"}, "no e-mail address"),
        ({"period": "soon"}, "there is today"),
        ({"hour": 24}, "hour 0 to 23"),
    ],
)
def test_what_cannot_be_kept_is_said(engine: Engine, changes: dict[str, object], says: str) -> None:
    with pytest.raises(BadSchedule, match=says):
        keep(Office(engine), **changes)
    assert report_schedules.everything(engine) == []


@pytest.mark.parametrize(
    ("every", "hour", "after", "turn"),
    [
        ("day", 6, "2026-11-23T05:59:59+01:00", "2026-11-23T06:00:00+01:00"),
        ("day", 6, "2026-11-23T06:00:00+01:00", "2026-11-24T06:00:00+01:00"),
        ("week", 6, "2026-11-23T06:00:00+01:00", "2026-11-30T06:00:00+01:00"),
        ("month", 0, "2026-12-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
        ("day", 2, "2027-03-27T12:00:00+01:00", "2027-03-28T03:00:00+02:00"),
        ("day", 6, "2027-03-27T12:00:00+01:00", "2027-03-28T06:00:00+02:00"),
    ],
)
def test_a_turn_is_on_the_shop_s_clock(every: report_schedules.Every, hour: int, after: str, turn: str) -> None:
    assert next_turn(every, hour, at(after), ZONE) == at(turn)


@given(st.sampled_from(["day", "week", "month"]), st.integers(0, 23), st.integers(0, 4 * 365 * 24))
def test_a_turn_always_comes_and_never_the_same_twice(every: report_schedules.Every, hour: int, hours: int) -> None:
    after = MONDAY + hours * HOUR_MS
    turn = next_turn(every, hour, after, ZONE)
    assert after < turn <= after + 32 * DAY_MS
    local = datetime.fromtimestamp(turn // 1000, UTC).astimezone(ZONE)
    assert local.minute == 0 and (local.hour == hour or hour == 2)
    assert every != "week" or local.weekday() == 0
