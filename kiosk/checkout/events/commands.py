"""Command events: what somebody at the store's console wants of this lane."""

from typing import Literal

from kiosk.checkout.events.fact import Fact

PersonsCommand = Literal[
    "approve",
    "deny",
    "open",
    "close",
    "pause",
    "message",
    "drawer",
    "training",
    "price",
    "basket",
    "restart",
    "coming",
]
"""What people order."""
CommandKind = Literal[PersonsCommand, "urgent", "configure", "log"]
"""And what is ordered in other ways: nobody has come for so long, another kiosk.toml waits, the log is asked for."""


class CommandCame(Fact, frozen=True, kw_only=True):
    """An order of the console, once for each `id`.

    `staff`, `name` and `role` are as the lane's own list has them; an empty role: it knows nobody by that id. `reason`
    and `detail` name the intervention that is meant, or say why a price is another and which product's it is; `line`,
    `price_minor` (of one, or of one kilogram) and when the visit was `started_utc_ms` belong to that price, `minutes`
    to a pause, `text` to a message (or says why), `on` to training; `sees`: whoever approves an age says that they
    see the shopper. `detail` is the name of a change of kiosk.toml too, or from which level on an excerpt of the log is
    wanted, with the last `lines` of it since `since_utc_ms`.
    """

    id: str
    kind: CommandKind
    staff: str
    name: str = ""
    role: str = ""
    expires_utc_ms: int = 0
    reason: str = ""
    detail: str = ""
    minutes: int = 0
    text: str = ""
    on: bool = True
    line: int = 0
    price_minor: int = 0
    started_utc_ms: int = 0
    sees: bool = False
    lines: int = 0
    since_utc_ms: int = 0


CommandEvent = CommandCame
