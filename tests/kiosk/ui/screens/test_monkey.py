"""A monkey at the lane: touches whatever there is while things happen; no screen may fail, trap it or grow wrong."""

from collections.abc import Iterator
from random import Random

import pytest

from kiosk.checkout import events as e
from kiosk.ui import gallery, layout
from kiosk.ui.scene import Scene, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import ShowWhy, SubmitPin

WORDS = words_of_gallery()
GOODS = (gallery.COFFEE, gallery.BREAD, gallery.WATER, gallery.COFFEE, gallery.BREAD, gallery.WINE)


def _terminal(random: Random, visit: gallery.Visit) -> e.Event:
    """Something that the card terminal says about the open attempt."""
    assert visit.state.payment is not None
    attempt, amount = visit.attempt(), visit.state.payment.amount
    return random.choice(
        (
            e.CardReady(attempt=attempt, baseline="{}"),
            e.CardText(attempt=attempt, text="PLEASE WAIT", step=random.choice(("card", "pin", "bank", "remove"))),
            e.CardDeclined(attempt=attempt, why=random.choice(("declined", "card_error", "cancelled"))),
            e.CardRefused(attempt=attempt, why="busy"),
            e.CardInDoubt(attempt=attempt, why="connection lost"),
            e.CardUnknown(attempt=attempt, evidence="no answer"),
            e.CardCompleted(attempt=attempt, record=e.CardRecord(amount=amount, masked="****4021"), message=1),
        )
    )


def _world(random: Random, visit: gallery.Visit) -> e.Event:
    """Something that nobody touched."""
    if visit.state.payment is not None and random.random() < 0.6:
        return _terminal(random, visit)
    return random.choice(
        (
            e.ItemFound(item=random.choice(GOODS), count=random.randint(1, 3)),
            e.ItemUnknown(text="1234567890123"),
            e.PaperChanged(paper=random.choice(("ok", "low", "out", "error"))),
            e.LinkChanged(up=random.random() < 0.5),
            e.DeviceLost(device=random.choice(("scanner", "card_terminal", "pos_printer"))),
            e.DeviceFound(device=random.choice(("scanner", "card_terminal", "pos_printer"))),
            e.HelpSeen(name="Alex"),
        )
    )


def _act(random: Random, visit: gallery.Visit, scene: Scene) -> None:
    luck = random.random()
    if luck < 0.3:
        visit.does(_world(random, visit))
    elif luck < 0.37:
        visit.waits(random.choice((1_000, 30_000, 95_000)))
    else:
        main = [b for b in buttons(scene) if b.style in ("primary", "sun", "info")]
        said = random.choice(main if main and luck < 0.7 else buttons(scene)).says
        assert said is not None
        visit.does(said)
        if isinstance(said, SubmitPin):
            visit.does(e.StaffSignedIn(staff="u7", name="Alex", role="cashier"))
    if visit.state.waits:
        visit.does(e.Stored())


def _walk(seed: int) -> Iterator[Scene]:
    random = Random(seed)
    visit = gallery.Visit(random.choice(tuple(WORDS)))
    for _ in range(100):
        scene = make_scene(visit.state, visit.view, WORDS[visit.state.language])
        yield scene
        _act(random, visit, scene)


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_touched_there_is_a_whole_screen_and_a_way_on(seed: int) -> None:
    for scene in _walk(seed):
        ways = [b for b in buttons(scene) if b.says is not None and not isinstance(b.says, ShowWhy)]
        assert ways, scene.name
        assert all(min(b.rect.w, b.rect.h) >= layout.FLOOR_PX for b in buttons(scene)), scene.name


def test_the_monkeys_get_around() -> None:
    """The walk above is worth something only if it meets most screens."""
    met = {scene.name for seed in range(40) for scene in _walk(seed)}
    assert len(met & set(gallery.STOPS)) >= 20, set(gallery.STOPS) - met
