"""What lanes run on is known by versions; a change is fetched, tried and told of; several lanes get it one by one."""

import msgspec
import pytest
from selling import NOW
from sqlalchemy.engine import Engine

from kiosk.values.hidden import HIDDEN
from kiosk.wire import asking
from kiosk.wire.configuring import ChangeAnswer, ChangeAsk, ConfigAnswer, ConfigAsk, KnownKey, LogAnswer, LogAsk
from kiosk.wire.messages import Result
from store import commands, lane_bank, lane_config, lane_log
from store.answering import answer
from store.config import Config, StoreTable
from store.config_edits import CannotChange, Edit, difference, edited, typed

TEXT = f"""[lane]
store = "s001"
till = "k01"  # ours
languages = ["sv", "en"]
[link]
broker = "mqtt://127.0.0.1:1883"
[devices.card_terminal]
password = {HIDDEN}
"""
KEYS = (KnownKey(path="lane.name", kind="text", default='""'),)
CONFIG = Config(StoreTable("s001"))


class Lane:
    """A lane that speaks to the store as lanes do."""

    def __init__(self, engine: Engine, till: str = "k01", text: str = TEXT) -> None:
        self.engine, self.till, self.text, self.now = engine, till, text.replace('"k01"', f'"{till}"'), NOW

    def _ask(self, question: asking.Lookup, kind: type[msgspec.Struct]) -> object:
        ask = asking.question("7", question)
        return asking.answered(answer(self.engine, CONFIG, self.till, ask, self.now), kind)

    def tells(self, change: str = "", stage: str = "", why: str = "", line: int = 0, digest: str = "") -> ConfigAnswer:
        digest = digest or f"digest of {self.text}"
        said = ConfigAsk(digest=digest, change=change, stage=stage, why=why, line=line)  # type: ignore[arg-type]
        told = self._ask(said, ConfigAnswer)
        assert isinstance(told, ConfigAnswer)
        if not told.known:
            whole = msgspec.structs.replace(said, text=self.text, keys=KEYS)
            told = self._ask(whole, ConfigAnswer)
            assert isinstance(told, ConfigAnswer) and told.known
        return told

    def takes_the_order(self) -> str:
        """The command is done; the change that it names."""
        (order,) = [one for one in commands.waiting(self.engine, self.now) if one.till == self.till]
        commands.ended(self.engine, self.till, Result(id=order.id, done=True), self.now)
        return str(order.data["detail"])

    def fetches(self, change: str) -> str | None:
        found = self._ask(ChangeAsk(change=change), ChangeAnswer)
        assert found is None or isinstance(found, ChangeAnswer)
        return found.text if found is not None else None

    def keeps(self) -> None:
        change = self.takes_the_order()
        text = self.fetches(change)
        assert text is not None
        self.tells(change, "waiting")
        self.text = text
        assert self.tells(change, "trying").ours
        self.tells(change, "kept")

    @property
    def states(self) -> list[tuple[int, str, str]]:
        return [(one.number, one.state, one.told) for one in lane_config.versions(self.engine, self.till)]


@pytest.fixture
def lane(engine: Engine) -> Lane:
    lane = Lane(engine)
    lane.tells()
    return lane


def changed(lane: Lane, name: str = "Corner shop") -> int:
    text = edited(lane.text, [Edit("lane.name", f'"{name}"')])
    return lane_config.propose(lane.engine, lane.till, text, "u1", "the shop has a name", lane.now)


def test_what_a_lane_runs_on_is_asked_for_once_and_is_its_first_version(lane: Lane) -> None:
    found = lane_config.present(lane.engine, "k01")
    assert found is not None and (found.text, found.keys) == (TEXT, KEYS)
    assert lane.tells().known
    (first,) = lane_config.versions(lane.engine, "k01")
    assert (first.number, first.by, first.state, first.text) == (1, "", "kept", TEXT)
    assert lane_config.tills(lane.engine) == ["k01"]


def test_a_change_is_a_version_from_its_order_to_the_lanes_word(lane: Lane) -> None:
    changed(lane)
    assert lane.states[0] == (2, "ordered", "")
    change = lane.takes_the_order()
    assert lane.tells().wanted == change, "a lane that was cut off hears of it again"
    assert lane.fetches(change) == edited(TEXT, [Edit("lane.name", '"Corner shop"')])
    lane.tells(change, "waiting")
    assert lane.tells(change, "waiting").wanted == ""
    lane.text = lane.fetches(change) or ""
    lane.tells(change, "trying")
    assert lane.states[0] == (2, "trying", "")
    lane.tells(change, "kept")
    lane.tells(change, "back", "a late echo")
    assert lane.states == [(2, "kept", ""), (1, "kept", "")]
    assert lane.fetches(change) is None
    (new, old) = lane_config.versions(lane.engine, "k01")
    assert lane_config.before(lane.engine, new) == old
    assert "+name" in "\n".join(difference(old.text, new.text))


def test_what_was_taken_back_and_what_was_refused_says_why(lane: Lane) -> None:
    changed(lane)
    change = lane.takes_the_order()
    lane.tells(change, "waiting")
    lane.tells(change, "trying")
    lane.tells(change, "back", "the lane did not reach the store within 120 s")
    assert lane.states[0] == (2, "back", "the lane did not reach the store within 120 s")
    changed(lane)
    lane.tells(lane.takes_the_order(), "refused", "lane.name: too long", 4)
    assert lane_config.versions(lane.engine, "k01")[0].line == 4
    assert len(lane.states) == 3


def test_back_to_any_version_is_a_change_like_others(lane: Lane) -> None:
    changed(lane)
    lane.keeps()
    first = lane_config.version(lane.engine, "k01", 1)
    assert first is not None
    lane_config.propose(lane.engine, "k01", first.text, "u2", "back to version 1", NOW)
    lane.keeps()
    assert [state for _, state, _ in lane.states] == ["kept", "kept", "kept"]
    assert lane_config.present(lane.engine, "k01").text == TEXT  # type: ignore[union-attr]


def test_what_was_changed_at_the_machine_is_a_version_of_nobody(lane: Lane) -> None:
    lane.text = edited(TEXT, [Edit("lane.name", '"By hand"')])
    lane.tells()
    assert lane.states[0] == (2, "kept", "") and lane_config.versions(lane.engine, "k01")[0].by == ""


def test_a_new_secret_is_forgotten_as_soon_as_the_lane_is_done(lane: Lane, engine: Engine) -> None:
    text = TEXT.replace(HIDDEN, '"brand new"')
    lane_config.propose(engine, "k01", text, "u1", "another password", NOW)
    assert "brand new" not in lane_config.versions(engine, "k01")[0].text
    change = lane.takes_the_order()
    assert lane.fetches(change) == text
    lane.tells(change, "refused", "no")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT text, sent FROM lane_change").all()
    assert "brand new" not in str(rows)


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        (TEXT, "it is what the lane runs on already", 0),
        (TEXT.replace("[link]", "[link"), "this is not TOML", 5),
        (TEXT + "x =", "this is not TOML", 9),
    ],
)
def test_what_is_no_change_is_refused_at_once(lane: Lane, text: str, why: str, line: int) -> None:
    with pytest.raises(CannotChange, match=why) as caught:
        lane_config.propose(lane.engine, "k01", text, "u1", "why", NOW)
    assert caught.value.line == line


def test_nobody_changes_a_lane_that_is_unknown_or_says_not_why_or_during_a_trial(lane: Lane) -> None:
    with pytest.raises(CannotChange, match="k09 has not told"):
        lane_config.propose(lane.engine, "k09", "x = 1", "u1", "why", NOW)
    with pytest.raises(CannotChange, match="say why"):
        lane_config.propose(lane.engine, "k01", "x = 1", "u1", "  ", NOW)
    changed(lane)
    lane.tells(lane.takes_the_order(), "trying")
    with pytest.raises(CannotChange, match="k01 tries version 2"):
        changed(lane, "Another")


def test_a_newer_change_takes_the_place_of_one_that_waits(lane: Lane) -> None:
    changed(lane)
    first = lane.takes_the_order()
    lane.tells(first, "waiting")
    changed(lane, "Another")
    lane.tells(lane.takes_the_order(), "waiting")
    assert [state for _, state, _ in lane.states] == ["waiting", "replaced", "kept"]


def test_a_lane_that_does_not_answer_gets_it_never(lane: Lane) -> None:
    n = changed(lane)
    late = NOW + commands.LASTS_MS + 1
    commands.waiting(lane.engine, late)
    lane_config.look(lane.engine, late)
    assert lane.states[0] == (2, "expired", "the checkout did not answer in time")
    assert lane.fetches(f"cfg-{n}") is None


def test_no_lane_hears_or_settles_another_ones_change(lane: Lane) -> None:
    n = changed(lane)
    other = Lane(lane.engine, "k02")
    assert not other.tells(f"cfg-{n}", "kept").ours
    assert other.fetches(f"cfg-{n}") is None
    assert other.fetches("cfg-9999999999999999999") is None and other.fetches("x") is None
    assert lane.states[0] == (2, "ordered", "")


# --- several lanes ----------------------------------------------------------------------------------------------------


def bank(engine: Engine) -> list[Lane]:
    lanes = [Lane(engine, till) for till in ("k01", "k02", "k03")]
    for lane in lanes:
        lane.tells()
    return lanes


EDITS = [Edit("lane.name", '"Corner shop"'), Edit("lane.languages", None)]


def test_lanes_get_it_one_after_another_and_those_that_have_it_are_passed_over(engine: Engine) -> None:
    first, second, third = bank(engine)
    second.text = edited(second.text, EDITS)
    second.tells()
    lane_bank.begin(engine, ["k01", "k02", "k03"], EDITS, "u1", "a name", NOW)
    lane_bank.look(engine, NOW)
    assert third.states[0][1] == "kept", "not before the first has kept it"
    first.keeps()
    lane_bank.look(engine, NOW)
    third.keeps()
    lane_bank.look(engine, NOW)
    (found,) = lane_bank.banks(engine)
    assert (found.state, found.lanes) == ("done", (("k01", "kept"), ("k02", ""), ("k03", "kept")))
    assert 'till = "k03"' in third.text and 'name = "Corner shop"' in third.text


@pytest.mark.parametrize(
    ("stage", "says"), [("back", "k01 took it back: no broker"), ("refused", "k01 refused it: no broker")]
)
def test_the_first_that_does_not_keep_it_stops_the_rest(engine: Engine, stage: str, says: str) -> None:
    first, second, _ = bank(engine)
    lane_bank.begin(engine, ["k01", "k02", "k03"], EDITS, "u1", "a name", NOW)
    first.tells(first.takes_the_order(), stage, "no broker")
    lane_bank.look(engine, NOW)
    (found,) = lane_bank.banks(engine)
    assert (found.state, found.told) == ("stopped", says)
    assert [one.state for one in lane_config.versions(engine, "k02")] == ["kept"]
    assert second.tells().wanted == ""


def test_a_lane_that_does_not_answer_stops_the_rest_and_so_does_somebody(engine: Engine) -> None:
    bank(engine)
    lane_bank.begin(engine, ["k01", "k02"], EDITS, "u1", "a name", NOW)
    late = NOW + commands.LASTS_MS + 1
    commands.waiting(engine, late)
    lane_config.look(engine, late)
    lane_bank.look(engine, late)
    assert lane_bank.banks(engine)[0].told.startswith("k01 did not answer")
    n = lane_bank.begin(engine, ["k01", "k02"], EDITS, "u1", "a name", late)
    lane_bank.stop(engine, n, "Kim")
    assert (lane_bank.banks(engine)[0].state, lane_bank.banks(engine)[0].told) == ("stopped", "stopped by Kim")


def test_what_does_not_fit_one_of_them_is_begun_with_none(engine: Engine) -> None:
    bank(engine)
    for tills, edits, why in (
        (["k01", "k09"], EDITS, "k09 has not told"),
        (["k01"], [Edit("lane.name", "Corner shop")], "this is no value"),
        ([], EDITS, "name the lanes"),
    ):
        with pytest.raises(CannotChange, match=why):
            lane_bank.begin(engine, tills, edits, "u1", "a name", NOW)
    assert lane_bank.banks(engine) == []


def test_a_secret_for_several_lanes_is_forgotten_when_all_have_it(engine: Engine) -> None:
    first, *_ = bank(engine)
    lane_bank.begin(engine, ["k01"], [Edit("devices.card_terminal.password", '"brand new"')], "u1", "new", NOW)
    assert lane_bank.banks(engine)[0].edits[0].value == HIDDEN
    change = first.takes_the_order()
    assert "brand new" in (first.fetches(change) or "")
    first.tells(change, "kept")
    lane_bank.look(engine, NOW)
    with engine.connect() as connection:
        rows = [connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in ("lane_bank", "lane_change")]
    assert lane_bank.banks(engine)[0].state == "done" and "brand new" not in str(rows)


# --- edits ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "literal"),
    [
        ("text", 'a "b"', '"a \\"b\\""'),
        ("number", " 12", "12"),
        ("yes_no", True, "true"),
        ("yes_no", "false", "false"),
        ("choice", "live", '"live"'),
        ("toml", " [1, 2]", "[1, 2]"),
    ],
)
def test_a_form_is_written_as_toml(kind: str, value: str | bool, literal: str) -> None:
    key = KnownKey(path="a.b", kind=kind, choices=("live", "demo"))  # type: ignore[arg-type]
    assert typed(key, value) == literal


@pytest.mark.parametrize(
    ("kind", "value"), [("number", "1.5"), ("number", ""), ("yes_no", "perhaps"), ("choice", "dead")]
)
def test_what_a_form_cannot_mean_is_said(kind: str, value: str) -> None:
    with pytest.raises(CannotChange, match=r"a\.b: "):
        typed(KnownKey(path="a.b", kind=kind, choices=("live",)), value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["1\n[evil]\nx = 1", "", "1 # comment\ny = 2", "= 3"])
def test_a_value_is_one_value_and_nothing_else(value: str) -> None:
    with pytest.raises(CannotChange):
        edited(TEXT, [Edit("lane.name", value)])


# --- logs -------------------------------------------------------------------------------------------------------------


def test_an_excerpt_is_kept_for_its_order_alone_and_only_the_last_few(lane: Lane, engine: Engine) -> None:
    ids = [lane_log.order(engine, "k01", 10, 0, "warning", "u1", NOW + n) for n in range(lane_log.KEPT + 2)]
    order = commands.find(engine, ids[0])
    assert order is not None and order.data == {"lines": 10, "since_utc_ms": 0, "detail": "warning"}
    for n, id_ in enumerate(ids):
        lane.now = NOW + n
        assert lane._ask(LogAsk(order=id_, text=f"line {n}"), LogAnswer) == LogAnswer()
    assert lane._ask(LogAsk(order=ids[-1], text="again"), LogAnswer) == LogAnswer()
    assert lane_log.find(engine, "k01", ids[-1]).text == f"line {len(ids) - 1}"  # type: ignore[union-attr]
    assert len(lane_log.latest(engine, "k01")) == lane_log.KEPT and lane_log.find(engine, "k01", ids[0]) is None
    assert lane._ask(LogAsk(order="c-1", text="unasked"), LogAnswer) is None
    assert Lane(engine, "k02")._ask(LogAsk(order=ids[1], text="not mine"), LogAnswer) is None
    assert lane_log.find(engine, "k02", ids[-1]) is None
