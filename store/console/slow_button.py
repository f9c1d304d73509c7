"""Slow button: what it starts takes a while, so it turns meanwhile and can't be pressed: no press is lost unseen."""

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui


def slow_button(label: str, act: Callable[[], Awaitable[Any]]) -> ui.button:
    """A button that does `act`, one at a time; `act` tells its own troubles."""

    async def press() -> None:
        button.disable()
        button.props("loading")
        try:
            await act()
        finally:
            button.props(remove="loading")
            button.enable()

    button = ui.button(label, on_click=press)
    return button
