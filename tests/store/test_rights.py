"""Who may look at what: people's data, numbers that are worth money and the takings are not everybody's."""

from typing import get_args

import pytest

from kiosk.checkout.events.commands import PersonsCommand
from store.rights import ORDERS, may, right_of

ROLES = ("cashier", "supervisor", "manager", "operator")


@pytest.mark.parametrize(
    ("method", "path", "roles"),
    [
        ("GET", "/api/v1/products", ROLES),
        ("GET", "/api/v1/members/m1", ("supervisor", "manager")),
        ("PATCH", "/api/v1/members/m1", ("supervisor", "manager")),
        ("GET", "/api/v1/vouchers", ("manager",)),
        ("POST", "/api/v1/vouchers", ("manager",)),
        ("GET", "/api/v1/segment.csv", ("manager",)),
        ("GET", "/api/v1/reports/sales", ("supervisor", "manager")),
        ("GET", "/api/v1/lane-config/k01", ("supervisor", "manager", "operator")),
        ("GET", "/api/v1/lane-log/k01/c-1", ("supervisor", "manager", "operator")),
        ("POST", "/api/v1/lane-config/k01", ("manager", "operator")),
        ("POST", "/api/v1/lane-config-banks", ("manager", "operator")),
        ("POST", "/api/v1/lane-log/k01", ("supervisor", "manager", "operator")),
        ("POST", "/api/v1/price-batches", ("supervisor", "manager")),
        ("POST", "/api/v1/what/nobody/thought/of", ("manager",)),
        ("POST", "/api/v1/exit-codes/x", ("cashier", "supervisor", "manager")),
    ],
)
def test_what_each_role_may(method: str, path: str, roles: tuple[str, ...]) -> None:
    assert tuple(role for role in ROLES if may(role, right_of(method, path))) == roles


def test_each_order_that_a_lane_knows_asks_for_a_right() -> None:
    assert set(ORDERS) == {*get_args(PersonsCommand), "configure", "log"}
