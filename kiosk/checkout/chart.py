"""Chart: the state chart of the checkout in Mermaid, drawn from the table. `python -m kiosk.checkout.chart` rewrites
it in the README; a test compares, so the picture cannot lie.
"""

from kiosk.checkout.state import Phase
from kiosk.checkout.table import MOVES, TABLE, Ignored

BEGIN, END = "<!-- chart -->", "<!-- /chart -->"


def chart() -> str:
    """The chart between its marks: one arrow per pair of phases, with the events that can take it."""
    arrows: dict[tuple[Phase, Phase], list[str]] = {}
    for (phase, kind), cell in TABLE.items():
        if isinstance(cell, Ignored):
            continue
        for target in MOVES.get(cell, ()):
            if _possible(phase, target, kind.__name__):
                arrows.setdefault((phase, target), []).append(kind.__name__)
    lines = [f"    {a} --> {b}: {', '.join(sorted(names))}" for (a, b), names in sorted(arrows.items())]
    rule = "    welcome --> closed: a needed device is lost\n    closed --> welcome: it is found"
    return "\n".join([BEGIN, "```mermaid", "stateDiagram-v2", "    [*] --> welcome", *lines, rule, "```", END])


def _possible(phase: Phase, target: Phase, event: str) -> bool:
    """Events handled everywhere move the lane only from where their subject lives."""
    if phase is target:
        return False
    card = phase in (Phase.CARD, Phase.DOUBT)
    homes = {
        "StaffSignedIn": False,  # moves it only as the second name under what another event moves
        "Restarted": phase is Phase.RETURNING if target in (Phase.WELCOME, Phase.CLOSED) else phase is Phase.CARD,
        "CardCompleted": card,
        "CardDeclined": card,
        "ReceiptFailed": phase is Phase.THANKS,
        "LaneClosed": phase is Phase.WELCOME,
        "LaneOpened": phase is Phase.CLOSED,
        "StaffSignedOut": phase is Phase.RETURNING,
        "KeylockTurned": phase is Phase.RETURNING,
    }
    if event == "TimePassed":
        if target is Phase.SCANNING:
            return phase is Phase.PAYING
        return phase not in (Phase.WELCOME, Phase.CLOSED, Phase.DOUBT) and (target is Phase.THANKS) == (
            phase is Phase.RECEIPT
        )
    return homes.get(event, True)


def drawn_into(text: str) -> str:
    """The text with its chart replaced."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return head + chart() + tail


if __name__ == "__main__":
    from pathlib import Path

    readme = Path(__file__).with_name("README.md")
    readme.write_text(drawn_into(readme.read_text()))
