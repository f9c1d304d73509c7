"""Setting form: find a setting that the lane knows, give it another value, collect such edits before they are sent."""

from collections.abc import Callable, Sequence
from functools import partial

from nicegui import ui

from kiosk.wire.configuring import KnownKey
from store.config_edits import CannotChange, Edit, typed
from store.console import lane_settings_words as words


class SettingForm:
    """One form. `says` shows what is wrong with what was typed; `name` is what tests call its parts."""

    def __init__(self, says: Callable[[str], None], name: str = "setting") -> None:
        self._says, self._name = says, name
        self._keys: dict[str, KnownKey] = {}
        self._values: dict[str, str] = {}
        self.edits: list[Edit] = []
        find = ui.select([], label="Setting, such as link.broker", with_input=True, on_change=self._chosen)
        self._find = find.classes("w-full").props("outlined dense options-dense").mark(f"{name}-find")
        self._now = ui.label().classes("k-muted").mark(f"{name}-now")
        self._help = ui.label().classes("k-fact")
        with ui.row().classes("w-full items-center"):
            self._place = ui.element("div").classes("grow")
            self._set = ui.button("Change it", on_click=self._add).props("outline no-caps").mark(f"{name}-add")
            self._default = ui.button("Its default", on_click=self._reset).props("flat no-caps").mark(f"{name}-default")
        self._field: ui.input | ui.select | None = None
        self._list = ui.column().classes("w-full gap-1").mark(f"{name}-edits")

    def begin(self, keys: Sequence[KnownKey], values: dict[str, str]) -> None:
        """Of these settings, with what they are now."""
        self._keys, self._values, self.edits = {key.path: key for key in keys}, values, []
        self._find.set_options(list(self._keys), value=None)
        self._chosen()
        self._show()

    def _chosen(self) -> None:
        key = self._keys.get(str(self._find.value or ""))
        self._place.clear()
        self._field = None
        for part in (self._set, self._default):
            part.set_enabled(key is not None)
        self._now.set_text(words.now_of(key, self._values) if key is not None else "")
        self._help.set_text(key.help if key is not None else "")
        if key is not None:
            with self._place:
                self._field = _field(key, words.field_of(key, self._values))
                self._field.classes("w-full").props("outlined dense").mark(f"{self._name}-value")

    def _add(self) -> None:
        key = self._keys.get(str(self._find.value or ""))
        if key is None or self._field is None:
            return
        try:
            self._put(Edit(key.path, typed(key, str(self._field.value or ""))))
        except CannotChange as problem:
            self._says(problem.why)

    def _reset(self) -> None:
        self._put(Edit(str(self._find.value), None))

    def _put(self, edit: Edit) -> None:
        self._says("")
        self.edits = [*(one for one in self.edits if one.path != edit.path), edit]
        self._show()

    def _drop(self, edit: Edit) -> None:
        self.edits.remove(edit)
        self._show()

    def _show(self) -> None:
        self._list.clear()
        with self._list:
            for edit in self.edits:
                with ui.row().classes("w-full items-center no-wrap justify-between"):
                    ui.label(words.edit_of(edit)).style("font-family: monospace; overflow-wrap: anywhere")
                    drop = ui.button(icon="close", on_click=partial(self._drop, edit))
                    drop.props(f"flat round dense aria-label='Not {edit.path}'")


def _field(key: KnownKey, value: str) -> ui.input | ui.select:
    choices = ("true", "false") if key.kind == "yes_no" else key.choices
    field: ui.input | ui.select
    if choices:
        field = ui.select(list(choices), value=value if value in choices else None, label=key.path)
    else:
        kinds = {"number": "A whole number", "text": "Text", "toml": "As it stands in the file"}
        field = ui.input(kinds[key.kind], value=value)
    return field
