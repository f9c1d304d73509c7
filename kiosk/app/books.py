"""Books: the store's price book and staff list arriving on the lane, in parts, away from the loop.

A part is staged in the price book's own file; the last one switches to the new book in one transaction if its
digest is the announced one. Scans read the old book until then and the new one from then on.
"""

from collections.abc import Callable, Iterable
from typing import Any

import structlog

from kiosk.app.background import Job
from kiosk.checkout.events import PriceBookChanged
from kiosk.storage.price_book import NO_BOOK, BookMismatch, Head, PriceBook, StaffMember
from kiosk.wire.asking import PriceBookAsk, PriceBookPart, StaffAnswer
from kiosk.wire.messages import PriceBookHead


class Books:
    """Keeps the lane's copies. `open_book` opens a writing connection, used in the background only."""

    def __init__(self, open_book: Callable[[], PriceBook], background: Callable[[Job], None], in_use: Head) -> None:
        self._open_book, self._background = open_book, background
        self._writer: PriceBook | None = None
        self._in_use = in_use
        self._coming: PriceBookHead | None = None
        self._log = structlog.get_logger("books")

    def announced(self, head: PriceBookHead) -> PriceBookAsk | None:
        """A head: what to ask for, or None if that book is here or on its way."""
        here = self._in_use.version == head.version and self._in_use.digest == head.digest
        if here or self._coming == head:
            return None
        self._coming = head
        return PriceBookAsk(since=self._in_use.version)

    def staff(self, answer: StaffAnswer) -> None:
        """The store's staff."""
        self._background(lambda: self._keep_staff(answer.staff))

    def part(self, part: PriceBookPart) -> PriceBookAsk | None:
        """One part of a book: what to ask for next, or None if that was the last."""
        if self._coming is None:
            return None
        self._background(lambda: self._keep(part))
        offset = part.offset + len(part.rows)
        if offset < part.total:
            return PriceBookAsk(since=self._in_use.version, version=part.version, offset=offset)
        return None

    # --- in the background --------------------------------------------------------------------------------------------

    def _book(self) -> PriceBook:
        if self._writer is None:
            self._writer = self._open_book()
        return self._writer

    def staff_here(self) -> tuple[StaffMember, ...]:
        """The staff as last heard; also in the background."""
        return self._book().staff()

    def _keep_staff(self, staff: Iterable[Any]) -> list[Any]:
        self._book().replace_staff(StaffMember(s.id, s.name, s.role, s.pin_hash, s.badge) for s in staff)
        return []

    def _keep(self, part: PriceBookPart) -> list[Any]:
        book = self._book()
        staged = book.staged()
        if part.offset == 0 or staged is None or staged[0] != part.version:
            book.stage(part.version, whole=part.kind == "full")
        book.add(part.rows)
        book.remove(part.removed)
        if part.offset + len(part.rows) < part.total:
            return []
        try:
            head = book.switch(Head(part.version, part.items, part.digest))
        except BookMismatch as problem:
            # The old book stays in use; the next head, or the next connection, begins again.
            self._log.error("books.mismatch", problem=str(problem))
            self._coming, self._in_use = None, NO_BOOK
            return []
        self._in_use, self._coming = head, None
        return [PriceBookChanged(version=head.version)]
