"""Honest: what lies on the bagging shelf while a shopper does what the lane asks, so that nobody must click for it.

Whatever the lane awaits comes or goes at once, and once; when goodbye is on the screen the bags are taken home. What a
hand put there besides stays, and so does what it took away: those are for whoever tries the lane's patience to mend.
"""

from kiosk.checkout.shelf import Move
from kiosk.checkout.state import Phase, State
from kiosk.checkout.weights import MG

THING_G = 300
"""What a thing weighs of which nobody knows it."""


def honest_load_g(state: State, load_g: int) -> int:
    """What should lie there, if `load_g` does now."""
    if state.phase in (Phase.THANKS, Phase.WELCOME):
        return 0
    moves = [move for move in state.shelf.moves if move.how == "must"]
    if not moves or not state.shelf.known or state.shelf.seen_g != state.shelf.settled_g:
        return load_g
    return max(0, state.shelf.settled_g + sum(_weight_g(move) for move in moves))


class Bagger:
    """The one who does it, for all pages that are open."""

    def __init__(self) -> None:
        self.by_itself = True
        self._done: tuple[int, tuple[Move, ...]] | None = None

    def load_g(self, state: State, load_g: int) -> int:
        """What should lie there now. What is seen of the lane is a little old, so nothing is done twice for it."""
        asked = (state.shelf.settled_g, state.shelf.moves)
        if not self.by_itself or (state.shelf.moves and asked == self._done):
            return load_g
        wanted_g = honest_load_g(state, load_g)
        self._done = asked if wanted_g != load_g else None
        return wanted_g


def _weight_g(move: Move) -> int:
    return move.count * ((move.mean_mg + MG // 2) // MG or THING_G)
