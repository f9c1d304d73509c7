"""Presence: who is at this page, shown in its bar; a finger keeps them signed in, and nobody's page goes by itself."""

from nicegui import ui

from store import sessions
from store.console.people_words import ROLES
from store.console.who import note, person
from store.guard import SIGN_IN
from store.parts import Parts

_LOOK_S = 2
_ACTIVE = """
let last = 0;
for (const kind of ['pointerdown', 'keydown', 'scroll'])
  addEventListener(kind, () => { if (Date.now() - last > 15000) { last = Date.now(); emitEvent('touched'); } },
    { passive: true, capture: true });
"""


def presence(parts: Parts) -> None:
    """In the bar: the name, and the way out."""
    here = person()
    if here is None:  # no guard stands here: a test of the page alone
        return

    def touched() -> None:
        if here.session:
            sessions.touch(parts.engine, here.session, parts.now_utc_ms())

    def leave() -> None:
        note(parts, "sign_out")
        sessions.end(parts.engine, here.session, parts.now_utc_ms())
        ui.navigate.to(SIGN_IN)

    def look() -> None:
        still = person()
        if still is None:
            ui.navigate.to(SIGN_IN)
        elif still.role != here.role:  # other tabs and buttons are theirs now
            ui.navigate.reload()

    with ui.button(icon="person").props(f'flat round dense color=white aria-label="Signed in: {here.name}"') as button:
        button.mark("person")
        with ui.menu(), ui.column().classes("q-pa-md").style("white-space: nowrap"):
            ui.label(here.name).classes("k-title")
            ui.label(ROLES.get(here.role, here.role)).classes("k-muted")
            ui.link("Screen on the wall", "/board")
            ui.button("Sign out", on_click=leave).props("no-caps outline").mark("sign-out")
    if not here.only:
        ui.on("touched", touched)
        ui.run_javascript(_ACTIVE)
    ui.timer(_LOOK_S, look)
