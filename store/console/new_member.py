"""New member: somebody becomes one at the desk. What they agreed to is kept with the version of its words."""

from collections.abc import Callable

from nicegui import ui

from store.console import words
from store.database import writing
from store.joining import DESK, agree, new_id
from store.members import KeyTaken, Member, enrol
from store.parts import Parts

WORDS_VERSION = "desk"


def new_member(parts: Parts, opened: Callable[[str], None]) -> None:
    """Ask for it in a dialog; `opened` is told the new id."""
    with ui.dialog(value=True) as dialog, ui.card().classes("k-file"):
        ui.label("New member").classes("k-title")
        name = ui.input("First name").props("outlined dense maxlength=60").classes("w-full").mark("new-name")
        key = ui.input("Card, telephone number or e-mail address").props("outlined dense").classes("w-full")
        key.mark("new-key")
        member = ui.checkbox("Agrees to be a member and to be kept here").mark("new-consent")
        offers = ui.checkbox("Agrees to be sent offers").mark("new-marketing")
        wrong = ui.label().classes("k-below").mark("new-wrong")

        def add() -> None:
            if not (key.value or "").strip():
                wrong.set_text("Scan a card, or type a number or an address.")
                return
            if not member.value:
                wrong.set_text("Nobody becomes a member without agreeing to it.")
                return
            one = Member(
                new_id(), parts.now_utc_ms(), (name.value or "").strip(), " ".join(parts.config.members.groups)
            )
            try:
                with writing(parts.engine) as connection:
                    enrol(connection, one, key.value.strip())
                    agree(connection, one, DESK, WORDS_VERSION, "", marketing=bool(offers.value))
            except KeyTaken as taken:
                wrong.set_text(f"{words.sentence(str(taken))}.")
                return
            dialog.close()
            opened(one.id)

        with ui.row().classes("w-full justify-end"):
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
            ui.button("Add", on_click=add).props("no-caps unelevated").mark("add-member")
    dialog.on("hide", dialog.delete)
