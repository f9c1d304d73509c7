"""Rights: who may do what at the store, people at the console and programs over HTTP, as one table. Pure.

The same four roles as on the lanes: cashier, supervisor and manager are three steps of one ladder, the operator stands
beside it, at home in the machines and never at the money. What somebody orders of a lane the lane itself decides once
more, by its own table: this one only keeps buttons away that would be refused.
"""

from typing import Literal

from kiosk.checkout.rights import Role

Right = Literal["look", "assist", "lane", "machine", "drawer", "training", "goods", "acts", "manage", "configure"]

_CASHIER: tuple[Role, ...] = ("cashier", "supervisor", "manager")
_SUPERVISOR: tuple[Role, ...] = ("supervisor", "manager")

RIGHTS: dict[Right, tuple[Role, ...]] = {
    "look": (*_CASHIER, "operator"),
    "assist": _CASHIER,
    "lane": (*_CASHIER, "operator"),
    "machine": (*_SUPERVISOR, "operator"),
    "drawer": _SUPERVISOR,
    "training": _SUPERVISOR,
    "goods": _SUPERVISOR,
    "acts": (*_SUPERVISOR, "operator"),
    "manage": ("manager",),
    "configure": ("manager", "operator"),
}
"""See lanes, sales and stock; see a shopper through; open, pause and close lanes; restart them; open a drawer; train;
change prices and stock; read what people did; whatever nobody has thought of; change what lanes run on."""

ORDERS: dict[str, Right] = {
    "approve": "assist",
    "deny": "assist",
    "message": "assist",
    "basket": "assist",
    "price": "assist",
    "coming": "lane",
    "open": "lane",
    "close": "lane",
    "pause": "lane",
    "restart": "machine",
    "drawer": "drawer",
    "training": "training",
    "configure": "configure",
    "log": "machine",
}
"""The right that an order to a lane needs, by its kind: all kinds that people order (`events.commands`)."""

_WRITES: tuple[tuple[str, Right], ...] = (
    ("/api/v1/prices/", "goods"),
    ("/api/v1/products/", "goods"),
    ("/api/v1/offers/", "goods"),
    ("/api/v1/pictures", "goods"),
    ("/api/v1/stock", "goods"),
    ("/api/v1/price-", "goods"),
    ("/api/v1/purchase-", "goods"),
    ("/api/v1/suppliers", "goods"),
    ("/api/v1/members", "goods"),
    ("/api/v1/orders", "goods"),
    ("/api/v1/tills/", "look"),
    ("/api/v1/exit-codes/", "assist"),
    ("/api/v1/adoptions", "machine"),
    ("/api/v1/revocations", "machine"),
    ("/api/v1/lane-config", "configure"),
    ("/api/v1/lane-log", "machine"),
    ("/api/v1/introductions", "machine"),
    ("/api/v1/losses", "machine"),
    ("/api/v1/bundles", "machine"),
    ("/api/v1/rollouts", "machine"),
)
"""What changing something over HTTP needs, by the beginning of its path. An order to a till is asked again, by kind."""

_READS: tuple[tuple[str, Right], ...] = (
    ("/api/v1/members", "goods"),
    ("/api/v1/segment", "manage"),
    ("/api/v1/vouchers", "manage"),
    ("/api/v1/report", "goods"),
    ("/api/v1/purchase-", "goods"),
    ("/api/v1/suppliers", "goods"),
    ("/api/v1/days", "goods"),
    ("/api/v1/bookkeeping", "goods"),
    ("/api/v1/differences", "goods"),
    ("/api/v1/losses", "machine"),
    ("/api/v1/webhook", "manage"),
    ("/api/v1/users", "manage"),
    ("/api/v1/lane-", "machine"),
)
"""What looking over HTTP needs where it is not for all: people's data, numbers that are worth money, the takings."""


def may(role: str, right: Right) -> bool:
    """Whether somebody of this role may do it; a role that there is not may nothing."""
    return role in RIGHTS[right]


def right_of(method: str, path: str) -> Right:
    """What a request over HTTP needs: to look is everybody's, to change what stands in no table the manager's."""
    if method in ("GET", "HEAD"):
        return next((right for beginning, right in _READS if path.startswith(beginning)), "look")
    return next((right for beginning, right in _WRITES if path.startswith(beginning)), "manage")
