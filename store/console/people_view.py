"""People: the shop's staff, who they are, how it stands with them, and what a manager does about it.

A PIN that is made here is shown once, in large figures, and nowhere again. What is done is done by `user_changes`,
which also says what may not be; this page only shows its words.
"""

from collections.abc import Callable

from nicegui import context, run, ui

from store import proving_pins
from store.console import people_words as words
from store.console.slow_button import slow_button
from store.console.who import person
from store.guard import address_of
from store.parts import Parts
from store.user_changes import By, Changes
from store.user_list import User, listed
from store.users import BadUser

_EVERY_S = 3


class PeopleView:
    """The page's tab."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._drawn: tuple[list[User], bool] | None = None
        self._dialog = _PersonDialog(parts, self._draw)
        with ui.row().classes("w-full items-center justify-between"):
            ui.label("Staff").classes("k-title")
            add = ui.button("Add somebody", icon="person_add", on_click=lambda: self._dialog.open(None))
            add.props("no-caps unelevated").mark("add-person")
        self._locked = ui.row().classes("k-sheet w-full items-center justify-between q-pa-sm").mark("desks-locked")
        with self._locked:
            ui.label("Too many wrong PINs at a desk: for five minutes none is looked at there.").classes("k-flag")
            ui.button("Unlock", on_click=self._unlock_desks).props("no-caps outline").mark("desks-unlock")
        self._list = ui.column().classes("k-sheet w-full gap-0").mark("people")
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _draw(self) -> None:
        engine, now = self._parts.engine, self._parts.now_utc_ms()
        with engine.connect() as connection:
            locked = proving_pins.locked(connection, now)
        found = listed(engine, now)
        if (found, locked) == self._drawn:
            return
        self._drawn = found, locked
        self._locked.set_visibility(locked)
        self._list.clear()
        with self._list:
            for one in found:
                self._row(one)

    def _unlock_desks(self) -> None:
        if (by := _hand()) is not None:
            Changes(self._parts.engine).unlock_desks(by, self._parts.now_utc_ms())
            self._draw()

    def _row(self, one: User) -> None:
        row = ui.element("div").classes("k-member").mark(f"person-{one.id}").props("tabindex=0 role=button")
        row.on("click", lambda: self._dialog.open(one))
        row.on("keydown.enter", lambda: self._dialog.open(one))
        with row:
            with ui.element("div"):
                ui.label(one.name).classes("k-title")
                ui.label(words.line_of(one, self._parts.config.zone)).classes("k-muted")
            if words.STATES[one.state]:
                ui.label(words.STATES[one.state]).classes("k-flag" if one.state == "locked" else "k-muted")


Deed = Callable[[By, int], str | None]
"""Done in this name at this moment; a PIN that was made."""


class _PersonDialog:
    """One person, or a new one: a form for what they are, and the other things that can be done."""

    def __init__(self, parts: Parts, done: Callable[[], None]) -> None:
        self._parts, self._done, self._busy = parts, done, False
        self._one: User | None = None
        self._changes = Changes(parts.engine, any_pin=parts.config.store.mode == "demo")
        with ui.dialog() as self._dialog, ui.card().classes("w-full").style("max-width: 560px"):
            self._title = ui.label().classes("k-title")
            self._body = ui.column().classes("w-full gap-2")
            self._said = ui.label().classes("k-below").props("role=alert").mark("person-said")

    def open(self, one: User | None) -> None:
        """For them; None: for somebody new."""
        self._one = one
        self._title.set_text(one.name if one is not None else "Somebody new")
        self._said.set_text("")
        self._body.clear()
        with self._body:
            if one is None:
                self._new()
            elif one.state == "gone":
                self._gone(one)
            else:
                self._here(one)
        self._dialog.open()

    # --- what stands in it --------------------------------------------------------------------------------------------

    def _new(self) -> None:
        name, role, pin, badge = (
            _text("Name", "person-name"),
            _role("cashier"),
            _pin(),
            _badge("Badge, if they have one"),
        )

        def add(by: By, now: int) -> str:
            made = self._changes.add(by, now, _said(name), str(role.value), _said(pin), _said(badge))[1]
            return "" if _said(pin) else made

        self._buttons("Add", "person-save", add)

    def _here(self, one: User) -> None:
        name, role = _text("Name", "person-name", one.name), _role(one.role)
        badge = _badge("Another badge" if one.badge else "Badge")
        away = ui.switch("Take the badge away").mark("person-no-badge") if one.badge else None

        def save(by: By, now: int) -> str:
            given = _said(badge) or None
            taken = away is not None and away.value
            self._changes.change(by, now, one.id, name=_said(name), role=str(role.value), badge="" if taken else given)
            return ""

        self._buttons("Save", "person-save", save)
        ui.separator()
        if one.state == "locked":
            ui.label("Too many wrong PINs: for five minutes none is looked at.").classes("k-muted")
            self._button("Unlock", "person-unlock", lambda by, now: self._changes.unlock(by, now, one.id))
        self._fresh_pin(one, "New PIN", self._changes.new_pin)
        here = person()
        if here is None or here.id != one.id:
            ui.separator()
            told = "Signed out at once, here and at the checkouts; PIN and badge open nothing any more."
            ui.label(told).classes("k-muted")
            off = self._button(
                "Take off the staff", "person-off", lambda by, now: self._changes.deactivate(by, now, one.id)
            )
            off.props("color=negative")

    def _gone(self, one: User) -> None:
        text = f"{one.name} left. Back on the staff they are {words.ROLES.get(one.role, one.role)}, with a new PIN."
        ui.label(text).classes("k-muted")
        self._fresh_pin(one, "Take back", self._changes.take_back)

    def _fresh_pin(self, one: User, label: str, act: Callable[[By, int, str, str], str]) -> None:
        pin = _pin()

        def done(by: By, now: int) -> str:
            made = act(by, now, one.id, _said(pin))
            return "" if _said(pin) else made

        self._button(label, "person-pin", done)

    def _buttons(self, label: str, mark: str, act: Deed) -> None:
        with ui.row().classes("w-full justify-end"):
            ui.button("Cancel", on_click=self._dialog.close).props("flat no-caps")
            self._button(label, mark, act).props(remove="outline", add="unelevated")

    def _button(self, label: str, mark: str, act: Deed) -> ui.button:
        async def press() -> None:
            await self._act(act)

        return slow_button(label, press).props("no-caps outline").mark(mark)

    # --- done ---------------------------------------------------------------------------------------------------------

    async def _act(self, act: Deed) -> None:
        """It takes everybody's hashes: not in the page's own loop, and of several buttons one at a time."""
        by = _hand()
        if self._busy or by is None:
            return
        self._busy = True
        try:
            made = await run.io_bound(act, by, self._parts.now_utc_ms())
        except BadUser as refusal:
            self._said.set_text(f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.")
        else:
            self._parts.clerk.look()
            self._done()
            self._show(made or "")
        finally:
            self._busy = False

    def _show(self, pin: str) -> None:
        """The PIN that was made, until somebody has it; or nothing more."""
        if not pin:
            self._dialog.close()
            return
        self._said.set_text("")
        self._body.clear()
        with self._body:
            ui.label("The new PIN. It is shown only now.").classes("k-muted")
            ui.label(pin).classes("k-due").mark("person-made-pin")
            with ui.row().classes("w-full justify-end"):
                ui.button("Done", on_click=self._dialog.close).props("unelevated no-caps").mark("person-done")


def _hand() -> By | None:
    """Whose it is, if they may do such things."""
    here = person()
    if here is None or not here.may("manage"):
        return None
    return By(here.id, address_of(context.client.request.scope), here.session)


def _text(label: str, mark: str, value: str = "") -> ui.input:
    return (
        ui.input(label, value=value).classes("w-full").props("outlined dense maxlength=60 autocomplete=off").mark(mark)
    )


def _badge(label: str) -> ui.input:
    hint = 'hint="Hold it to a reader here, or type what it says"'
    return _text(label, "person-badge").props(hint)


def _pin() -> ui.input:
    field = ui.input("PIN", password=True).classes("w-full").mark("person-pin-field")
    field.props('hint="4 to 8 digits; empty: one is made"')
    return field.props('outlined dense maxlength=8 inputmode=numeric autocomplete="new-password"')


def _role(role: str) -> ui.select:
    return (
        ui.select(words.ROLES, value=role, label="Role").classes("w-full").props("outlined dense").mark("person-role")
    )


def _said(field: ui.input) -> str:
    return str(field.value or "").strip()
