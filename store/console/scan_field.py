"""Scan field: what a scanner that is a keyboard types into, as fast as it likes.

A label and Enter, and at once the next: the browser itself takes the text out of the field when Enter comes and sends
it here. A field whose text the server clears would lose the scan that comes before the answer.
"""

from collections.abc import Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

_TAKE = "(event) => { const text = event.target.value; event.target.value = ''; emit(text); }"
LONGEST = 2048


def scan_field(label: str, act: Callable[[str], None]) -> ui.element:
    """`act` is told each text that is not empty."""

    def heard(event: GenericEventArguments) -> None:
        text = str(event.args or "").strip()[:LONGEST]
        if text:
            act(text)

    field = ui.element("input").classes("g-scan g-grow")
    field.props(f"type=text autocomplete=off enterkeyhint=done maxlength={LONGEST}")
    field.props(f'aria-label="{label}" placeholder="{label}"')
    field.on("keydown.enter", heard, js_handler=_TAKE)
    return field
