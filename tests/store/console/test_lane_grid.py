"""The lanes' cards: one touch counts, whatever is drawn anew meanwhile."""

import asyncio

import pytest
from msgspec.structs import replace
from nicegui import ui
from nicegui.testing import User, user_simulation

from store.console.cards import Call, Card
from store.console.lane_grid import Asked, LaneGrid

CALL = Call("Shopper asks for help", "just now", "help", "asked")
FIRST = Card("k01", "Checkout 1", "Scanning", "call", "1 item", "32.90 SEK", (CALL,), (), "", "")
SECOND = replace(FIRST, till="k02", title="Checkout 2", tone="busy", calls=())
COMING = "coming-help asked"


class Heard:
    """A grid on a page, and what it heard."""

    def __init__(self) -> None:
        self.grid: LaneGrid | None = None
        self.opened: list[str] = []
        self.went: list[tuple[str, str]] = []
        self.answers: list[str] = []

    def page(self) -> None:
        self.grid = LaneGrid(
            lambda card: self.opened.append(card.due),
            lambda card, call: self.went.append((card.till, call.since)),
            lambda card, call, answer: self.answers.append(answer.kind),
        )
        self.grid.draw([FIRST, SECOND], {})

    def draws(self, *cards: Card) -> None:
        assert self.grid is not None
        self.grid.draw(cards, {("k01", "help", "asked"): Asked(("Alex",))})


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    monkeypatch.setattr("store.console.lane_grid.may", lambda what: True)
    return Heard()


def test_a_touch_of_what_was_drawn_before_counts(heard: Heard) -> None:
    async def touched() -> None:
        async with user_simulation(root=heard.page) as user:
            await user.open("/")
            await user.should_see("I’m coming")
            heard.draws(replace(FIRST, due="65.80 SEK", calls=(replace(CALL, since="1 min"),)), SECOND)
            touch(user, "k01", COMING)
            touch(user, "k01", "order-approve-help asked")
            touch(user, "k01", None)
            touch(user, None, None)

    asyncio.run(touched())
    assert (heard.went, heard.answers, heard.opened) == ([("k01", "1 min")], ["approve"], ["65.80 SEK"])


def test_who_comes_late_is_told(heard: Heard) -> None:
    async def touched() -> None:
        async with user_simulation(root=heard.page) as user:
            await user.open("/")
            heard.draws(replace(FIRST, calls=()), SECOND)
            touch(user, "k01", COMING)
            await user.should_see("That is settled already.")

    asyncio.run(touched())
    assert heard.went == []


def test_only_what_changed_is_drawn(heard: Heard) -> None:
    async def looked() -> None:
        async with user_simulation(root=heard.page) as user:
            await user.open("/")
            heard.draws(FIRST, SECOND)
            before = {till: drawn(user, till) for till in ("k01", "k02")}
            heard.draws(FIRST, replace(SECOND, due="12.00 SEK"))
            assert drawn(user, "k01") == before["k01"]
            assert drawn(user, "k02") != before["k02"]
            heard.draws(replace(SECOND, due="12.00 SEK"), FIRST)
            await user.should_see("12.00 SEK")

    asyncio.run(looked())


def touch(user: User, till: str | None, act: str | None) -> None:
    user.find(marker="lanes").trigger("click", [till, act])


def drawn(user: User, till: str) -> int:
    (card,) = user.find(marker=f"lane-{till}").elements
    assert isinstance(card, ui.element)
    return card.id
