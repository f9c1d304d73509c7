"""The lane asks for its next certificate over its link, keeps what the store says, and a refusal harms nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from till_and_store import Store, Till

from kiosk.app.background import Immediately
from kiosk.app.identity import Identity
from kiosk.app.renewing import LOOK_EVERY_MS, Renewing
from kiosk.storage.price_book import open_price_book
from kiosk.wire import asking
from kiosk.wire.messages import Answer, Ask
from store.certificates import LEAF_DAYS, Pair, due, issue, issue_for, new_authority

NOW, DAY_MS = 1_764_000_000_000, 86_400_000


class Vouching(Store):
    """A store with the shop's authority, which may have lost it."""

    def __init__(self, authority: Pair) -> None:
        super().__init__()
        self.authority, self.lost = authority, False
        self.certificates = 0

    def answer(self, ask: Ask) -> Answer:
        lookup: Struct = asking.asked(ask)
        if not isinstance(lookup, asking.CertificateAsk):
            return super().answer(ask)
        self.certificates += 1
        if self.lost:
            return asking.no_answer(ask, "this shop has no authority")
        new = issue_for(self.authority, lookup.request.encode(), "s001/k01", NOW)
        return asking.answer(ask, asking.CertificateAnswer(certificate=new.decode()))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Its certificate ends in fifty days."""
    authority = new_authority("Corner shop", NOW)
    old = issue(authority, "s001/k01", NOW - (LEAF_DAYS - 50) * DAY_MS)
    (tmp_path / "till.crt").write_bytes(old.certificate)
    (tmp_path / "till.key").write_bytes(old.key)
    prices = open_price_book(tmp_path / "prices.db")
    till = Till(Vouching(authority), prices)
    till.link._renewing = Renewing(Identity(tmp_path / "till.crt", tmp_path / "till.key"), Immediately(till.inbox))
    yield till
    prices.close()


def _store(till: Till) -> Vouching:
    assert isinstance(till.store, Vouching)
    return till.store


def _ends_soon(folder: Path) -> bool:
    return due((folder / "till.crt").read_bytes(), NOW)


def test_it_asks_once_and_keeps_the_answer(till: Till, tmp_path: Path) -> None:
    assert _ends_soon(tmp_path)
    till.connect()
    till.turn()
    till.all_answered()
    till.tick_ms += LOOK_EVERY_MS
    till.turn()
    till.all_answered()
    assert not _ends_soon(tmp_path) and _store(till).certificates == 1


def test_a_refusal_is_asked_again_at_the_next_look_and_not_before(till: Till, tmp_path: Path) -> None:
    _store(till).lost = True
    till.connect()
    for _ in range(5):
        till.turn()
        till.all_answered()
    assert _ends_soon(tmp_path) and _store(till).certificates == 1
    _store(till).lost = False
    till.tick_ms += LOOK_EVERY_MS
    till.turn()
    till.turn()
    till.all_answered()
    assert not _ends_soon(tmp_path) and _store(till).certificates == 2
