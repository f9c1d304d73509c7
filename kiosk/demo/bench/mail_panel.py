"""The mailbox of everybody: receipts that the store has sent by e-mail, and a mail server that may not want them."""

from html import escape

from nicegui import ui

from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench
from kiosk.demo.mail_catcher import Caught, Mood

Seen = tuple[Caught | None, Mood]


class MailPanel:
    """The newest mail, to be opened."""

    def __init__(self, bench: Bench) -> None:
        self._server = bench.devices.mail
        self._seen: Seen | None = None
        with ui.element("div").classes("b-card b-hand"):
            ui.label("E-mail").classes("b-muted")
            self._newest = ui.label().props("data-testid=mail-newest")
            with ui.row().classes("b-chips"):
                self._open = push("mail-read", "Read it", self._read)
                self._busy = Flip("mail-busy", "Mail server busy", "Mail server ready", self._flip)

    def _flip(self, busy: bool) -> None:
        with self._server.hands() as catcher:
            catcher.mood = "busy" if busy else "takes"

    def _read(self) -> None:
        with self._server.hands() as catcher:
            page = catcher.mails[-1].page if catcher.mails else ""
        with ui.dialog(value=True), ui.card():
            ui.html(
                f'<iframe sandbox srcdoc="{escape(page, quote=True)}" width="420" height="640" '
                'title="E-mail" style="border:0"></iframe>',
                sanitize=False,
            )

    def refresh(self) -> None:
        """Show what has come."""
        with self._server.hands() as catcher:
            seen = (catcher.mails[-1] if catcher.mails else None, catcher.mood)
        if seen == self._seen:
            return
        self._seen = seen
        newest, mood = seen
        self._newest.set_text(f"{newest.to}: {newest.subject}" if newest is not None else "Nothing has come yet")
        self._open.set_enabled(newest is not None)
        self._busy.show(mood == "busy")
