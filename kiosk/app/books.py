"""Books: the store's price book and staff list arriving on the lane, in parts, away from the loop.

A part is staged in the price book's own file; the last one switches to the new book in one transaction if its
digest is the announced one. Scans read the old book until then and the new one from then on. Only the part that comes
next is taken, so that the answers to an older question cannot mix two books. Changes that do not fit are followed by
the whole book, once. When the disk is full the old book stays, and the next connection asks again.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import structlog

from kiosk.app.background import Job
from kiosk.checkout.events import PriceBookChanged, StaffSignedOut
from kiosk.checkout.state import State
from kiosk.storage.database import StorageFull
from kiosk.storage.price_book import NO_BOOK, BookMismatch, Head, PriceBook, StaffMember
from kiosk.wire.asking import PriceBookAsk, PriceBookPart, StaffAnswer
from kiosk.wire.messages import PriceBookHead
from kiosk.wire.offers_csv import Entry


class Misfit(msgspec.Struct, frozen=True):
    """What arrived is not the book that was announced; `whole`: it was no list of changes but all of it."""

    whole: bool


class Books:
    """Keeps the lane's copies. `open_book` opens a writing connection, used in the background only."""

    def __init__(self, open_book: Callable[[], PriceBook], background: Callable[[Job], None], in_use: Head) -> None:
        self._open_book, self._background = open_book, background
        self._writer: PriceBook | None = None
        self._in_use = in_use
        self._coming: PriceBookHead | None = None
        self._since = ""
        self._next: tuple[str, int] | None = None
        self._people: dict[str, str] | None = None
        self._log = structlog.get_logger("books")

    def announced(self, head: PriceBookHead) -> PriceBookAsk | None:
        """A head: what to ask for, or None if that book is here or on its way."""
        if self._in_use.version == head.version and self._in_use.digest == head.digest:
            self.forget()
            return None
        return None if self._coming == head else self._begin(head)

    def misfit(self, misfit: Misfit) -> PriceBookAsk | None:
        """What to ask for instead: the whole book; nothing, if that was it."""
        return None if misfit.whole or self._coming is None else self._begin(self._coming)

    def _begin(self, head: PriceBookHead) -> PriceBookAsk:
        self._coming, self._since, self._next = head, self._in_use.version, None
        return PriceBookAsk(since=self._since, tally=True)

    def forget(self) -> None:
        """Nothing is on its way any more: the line is lost, or the store has taken its announcement back."""
        self._coming = self._next = None

    def staff(self, answer: StaffAnswer) -> None:
        """The store's staff: as it was asked for, or as it tells unasked since somebody came, left or changed."""
        self._people = {one.id: one.role for one in answer.staff}
        self._background(self._if_there_is_room(lambda: self._keep_staff(answer.staff)))

    def signed_out(self, state: State) -> list[StaffSignedOut]:
        """Whoever is signed in at the lane and not of the staff any more, or something else than they were."""
        person = state.staff
        if self._people is None or person is None or self._people.get(person.id) == person.role:
            return []
        return [StaffSignedOut()]

    def part(self, part: PriceBookPart, said: Mapping[str, Any]) -> PriceBookAsk | None:
        """One part of a book: what to ask for next, or None if that was the last, or not the next one.

        `said` is the part as it came: a newer store's rows may say more than we can read, and are kept with it.
        """
        if self._coming is None or (part.offset and (part.version, part.offset) != self._next):
            return None
        entries = (*said.get("rows", ()), *said.get("offers", ()))
        self._background(self._if_there_is_room(lambda: self._keep(part, entries)))
        offset = part.offset + len(part.rows) + len(part.offers)
        self._next = (part.version, offset)
        if offset < part.total:
            return PriceBookAsk(since=self._since, version=part.version, offset=offset, tally=True)
        return None

    # --- in the background --------------------------------------------------------------------------------------------

    def aside(self, job: Job) -> None:
        """Do this in the background, when what has arrived before is kept."""
        self._background(job)

    def _if_there_is_room(self, job: Job) -> Job:
        def careful() -> Iterator[Any]:
            try:
                yield from job()
            except StorageFull as problem:
                self._log.error("books.disk_full", problem=str(problem))

        return careful

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

    def _keep(self, part: PriceBookPart, said: Sequence[Any]) -> Iterator[Any]:
        book, whole = self._book(), part.kind == "full"
        entries: tuple[Entry, ...] = (*part.rows, *part.offers)
        tally = part.tally or ""
        announced, last = Head(part.version, part.items, part.digest), part.offset + len(entries) >= part.total
        try:
            if last and not part.offset:
                self._in_use = book.take(announced, entries, said, part.removed, whole=whole, tally=tally)
            else:
                self._stage(book, part, said)
                if not last:
                    return
                self._in_use = book.switch(announced, tally)
        except BookMismatch as problem:
            self._log.error("books.mismatch", problem=str(problem))
            self._in_use = NO_BOOK
            yield Misfit(whole=whole)
            return
        yield PriceBookChanged(version=announced.version)
        book.tidy()

    def _stage(self, book: PriceBook, part: PriceBookPart, said: Sequence[Any]) -> None:
        """One of several parts."""
        staged = book.staged()
        if part.offset == 0 or staged is None or staged[0] != part.version:
            book.stage(part.version, whole=part.kind == "full")
        book.add((*part.rows, *part.offers), said)
        if part.removed:
            book.remove(part.removed)
