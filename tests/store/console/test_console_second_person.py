"""An act that waits for a second person, on the console's own page: what is asked, and what an answer orders."""

import asyncio

import pytest
from msgspec.structs import replace
from nicegui import context
from nicegui.testing.user_simulation import user_simulation
from selling import NOW
from sqlalchemy.engine import Engine

from kiosk.wire.messages import ActAsked, LaneState, StaffNeed
from store import commands
from store.config import Config, StoreTable
from store.console.cards import card_of
from store.console.lanes_view import lanes_view
from store.guard import STILL
from store.lanes import Lane
from store.parts import Parts, make_parts
from store.sessions import Person
from store.users import add_user

DISCOUNT = ActAsked(
    name="Bo", act="DiscountGiven", right="large_line", was_minor=6580, becomes_minor=3290, why="damaged"
)
NEED = StaffNeed(
    reason="approval", since="2026-11-23T10:14:50.000Z", detail="u2/DiscountGiven/1764000000000", act=DISCOUNT
)
STATE = LaneState(
    store="s001", till="k01", online=True, phase="scanning", items=2, due_minor=6580, currency="SEK", number="4",
    staff_needed=(NEED,),
)  # fmt: skip


def asked(act: ActAsked) -> str:
    needs = (replace(NEED, act=act),)
    (call,) = card_of("k01", Lane("k01", replace(STATE, staff_needed=needs)), NOW).calls
    return call.why


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (DISCOUNT, "Bo asks for a second person: a discount, 65.80 → 32.90 SEK (damaged)"),
        (
            ActAsked(
                name="Bo", act="LineRemoved", right="large_line", about="Rye bread", was_minor=6580, becomes_minor=0
            ),
            "Bo asks for a second person: take out, Rye bread, 65.80 → 0.00 SEK",
        ),
        (
            ActAsked(name="Bo", act="ReturnConfirmed", right="large_refund", becomes_minor=99_900),
            "Bo asks for a second person: pay a return back, 999.00 SEK",
        ),
        (ActAsked(name="Bo", act="DayClosed", right="day"), "Bo asks for a second person: close the day"),
    ],
)
def test_it_is_told_in_words(act: ActAsked, says: str) -> None:
    assert asked(act) == says


@pytest.mark.parametrize(("button", "kind"), [("order-approve-approval", "approve"), ("order-deny-approval", "deny")])
def test_an_answer_on_the_page_orders_it_with_name_and_reason(engine: Engine, button: str, kind: str) -> None:
    parts = make_parts(Config(StoreTable("s001")), engine, lambda: NOW, _raise)
    anna, _ = add_user(engine, "Anna", "supervisor", "2468", any_pin=True)
    parts.lanes.hear("k01", STATE, NOW)
    asyncio.run(_answered(parts, button))
    (order,) = commands.latest(engine, "k01")
    assert (order.kind, order.staff) == (kind, anna.id)
    assert order.data == {"reason": "approval", "detail": NEED.detail, "text": "the box was torn"}


async def _answered(parts: Parts, button: str) -> None:
    def page() -> None:
        context.client.request.scope[STILL] = lambda: Person("u1", "Anna", "supervisor", "s")
        lanes_view(parts)

    async with user_simulation(root=page) as user:
        await user.open("/")
        await user.should_see("Bo asks for a second person: a discount, 65.80 → 32.90 SEK (damaged)")
        await user.should_see(marker=button)
        user.find(marker="lanes").trigger("click", ["k01", f"{button} {NEED.detail}"])
        await user.should_see(marker="order-why")
        user.find(marker="order-why").type("the box was torn")
        user.find(marker="order-sure").click()


def _raise(bug: BaseException) -> None:
    raise bug
