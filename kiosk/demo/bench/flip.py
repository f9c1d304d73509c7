"""Flip: a button that does a thing or undoes it, and says which."""

from collections.abc import Awaitable, Callable

from nicegui import ui


class Flip:
    """One such button. It shows what the thing is, not what was clicked, so two open pages agree."""

    def __init__(self, name: str, do: str, undo: str, act: Callable[[bool], Awaitable[None] | None]) -> None:
        """`act(True)` does it; `name` finds the button in tests."""
        self._do, self._undo, self._act = do, undo, act
        self._done = False
        self._button = ui.button(do, on_click=lambda: self._act(not self._done), color=None).props(
            f"no-caps unelevated data-testid={name}"
        )
        self._button.classes("b-flip")

    def show(self, done: bool) -> None:
        """Whether it is done. Said eight times a second, and nearly always the same."""
        if done == self._done:
            return
        self._done = done
        self._button.set_text(self._undo if done else self._do)
        self._button.classes(add="done" if done else "", remove="" if done else "done")


def push(name: str, text: str, act: Callable[[], object]) -> ui.button:
    """A plain button."""
    button = ui.button(text, on_click=lambda: act(), color=None).props(f"no-caps unelevated data-testid={name}")
    return button.classes("b-flip")
