"""A nexo terminal and its till on a bench, in either binding: a test that takes `kind` or `till` is told of both."""

from collections.abc import Callable
from typing import Any

import pytest

from drivers.card_terminal.nexo import driver_json, driver_xml

POI = "P400Plus-275008565"
QUICK: dict[str, Any] = {"currency": "SEK", "poi_id": POI}


def made(kind: str, **settings: Any) -> tuple[Any, Any]:
    """Device and simulator."""
    if kind == "xml":
        return driver_xml.make_simulated("card", driver_xml.Settings(**QUICK, **settings))
    shared = {"key_id": "mykey", "key_version": 2, "passphrase": "mysupersecretpassphrase"}
    return driver_json.make_simulated("card", driver_json.Settings(**QUICK, **shared, **settings))


@pytest.fixture(params=["xml", "json"])
def kind(request: pytest.FixtureRequest) -> str:
    """The binding."""
    return str(request.param)


@pytest.fixture
def nexo_till(make_till: Callable[..., Any]) -> Callable[..., Any]:
    """Tills with a binding and settings of their own."""
    return lambda kind, **settings: make_till(made=made(kind, **settings))


@pytest.fixture
def till(nexo_till: Callable[..., Any], kind: str) -> Any:
    """A till in Swedish kronor."""
    return nexo_till(kind)
