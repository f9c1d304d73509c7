"""Edits: products and offers of the price book that shall be otherwise, and what speaks against it. Pure.

An edit holds its entry as it was when somebody began to write and as it shall become. Of a product only the fields that
differ between the two are put on what is in use when the time comes, so that a new picture and a new price, planned
apart, both come true; an offer is put whole. What does not fit any more by then is left out and told, and the rest is
done, as with prices.

A change may not make anything wrong that was right: two products under one code, offers on what the shop does not sell,
exclusions that go round. What was wrong before hinders nobody.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from kiosk.wire.offers_csv import Entry, OfferRow, cells_of, read_cells
from kiosk.wire.offers_together import Together, problems
from kiosk.wire.price_csv import CELLS as PRODUCT_CELLS
from kiosk.wire.price_csv import PriceRow, cell_text, read_row

_LEARNED = ("weight_seen", "weight_mean_mg", "weight_spread_mg")
"""What the scales write, and no person."""
_BINDING = ("plu", "category")
"""Fields by which offers name a product."""


class Edit(msgspec.Struct, frozen=True):
    """One entry. `was`: when somebody began to write, None: it is new. `becomes` None: it leaves the book."""

    code: str
    was: Entry | None
    becomes: Entry | None

    @property
    def name(self) -> str:
        """Of the product or the offer."""
        entry = self.becomes or self.was
        return entry.name if entry is not None else self.code

    @property
    def is_about_offers(self) -> bool:
        """Whether it may set an offer right or wrong."""
        if isinstance(self.was, OfferRow) or isinstance(self.becomes, OfferRow):
            return True
        return self.was is None or self.becomes is None or any(name in _BINDING for name in self.fields)

    @property
    def fields(self) -> tuple[str, ...]:
        """Those that it changes, of an entry that was there and stays."""
        return fields_between(self.was, self.becomes)


def fields_between(old: Entry | None, new: Entry | None) -> tuple[str, ...]:
    """The fields in which two states of one entry differ; none if there are not two."""
    if old is None or new is None:
        return ()
    return tuple(name for name in new.__struct_fields__ if getattr(old, name) != getattr(new, name))


def product_problems(row: PriceRow, tax_classes: Collection[str]) -> list[tuple[str, str]]:
    """What a file that said this of a product would be told: (column, what it should be)."""
    cells = {column: cell_text(row, column) for column in PRODUCT_CELLS} | {
        f"name.{t}": n for t, n in row.names.items()
    }
    read, found = read_row(cells, tax_classes)
    if not found and read != row:
        wrong = ", ".join(fields_between(row, read))
        found = [(wrong, "is not as a price book has it")]
    return found


def offer_problems(row: OfferRow) -> list[tuple[str, str]]:
    """What a file that said this of an offer would be told: (column, what it should be)."""
    read, found = read_cells(cells_of(row))
    if not found and read != row:
        found = [(", ".join(fields_between(row, read)), "is not as a file of offers has it")]
    return found


# --- putting them on what is in use -----------------------------------------------------------------------------------


class LeftOut(Exception):
    """It does not fit what is in use. One line for a person."""


def put(edit: Edit, now: Entry | None) -> Entry | None:
    """The entry as it becomes; None: it is gone. LeftOut."""
    if edit.becomes is None or isinstance(edit.becomes, OfferRow):
        return edit.becomes
    if edit.was is None:
        if now is not None and now != edit.becomes:
            raise LeftOut(f"{edit.name}: there is a product {edit.code} already, {now.name}")
        return edit.becomes
    if not isinstance(now, PriceRow) or not isinstance(edit.was, PriceRow):
        raise LeftOut(f"{edit.name} ({edit.code}) is not in the price book any more")
    changes = {name: getattr(edit.becomes, name) for name in edit.fields if name not in _LEARNED}
    if "names" in changes:
        changes["names"] = _merged(edit.was.names, edit.becomes.names, now.names)
    return msgspec.structs.replace(now, **changes)


def _merged(was: Mapping[str, str], becomes: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Language by language: what was changed here, on what there is."""
    touched = {tag for tag in {*was, *becomes} if was.get(tag) != becomes.get(tag)}
    kept = {tag: name for tag, name in now.items() if tag not in touched}
    return kept | {tag: becomes[tag] for tag in sorted(touched) if tag in becomes}


def overtaken(edit: Edit, now: Entry | None) -> list[str]:
    """The fields that somebody else has changed since, to something else; `""` stands for the whole entry."""
    if edit.becomes is None:
        return []
    if now is None or edit.was is None:
        return [""] if now not in (edit.was, edit.becomes) else []
    theirs = set(fields_between(edit.was, now)) - {"names"}
    ours = set(edit.fields) if isinstance(edit.becomes, PriceRow) else {*edit.fields, *theirs}
    other = [
        name for name in edit.fields if name in theirs & ours and getattr(now, name) != getattr(edit.becomes, name)
    ]
    return other + [f"names.{tag}" for tag in _overtaken_names(edit.was, edit.becomes, now)]


def _overtaken_names(was: Entry, becomes: Entry, now: Entry) -> list[str]:
    tags = {*was.names, *becomes.names, *now.names}
    return sorted(tag for tag in tags if len({was.names.get(tag), becomes.names.get(tag), now.names.get(tag)}) == 3)


# --- what speaks against it -------------------------------------------------------------------------------------------


class Against(msgspec.Struct, frozen=True):
    """One thing that a change would make wrong: whose code, which column, what."""

    code: str
    column: str
    what: str


def against(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> list[Against]:
    """What is wrong after that was not before."""
    old = {(one.code, one.what) for one in _wrong(before)}
    return [one for one in _wrong(after) if (one.code, one.what) not in old]


def _wrong(entries: Mapping[str, Entry]) -> Iterator[Against]:
    products = [row for row in entries.values() if isinstance(row, PriceRow)]
    offers = {_place(row): row for row in entries.values() if isinstance(row, OfferRow)}
    yield from _codes(products)
    for one in problems(offers, products):
        yield Against(offers[one.place].code, one.column, _said(one))


def _place(row: OfferRow) -> str:
    return f"the offer {row.name} ({row.offer})"


def _said(one: Together) -> str:
    return f"{one.place}: {one.what}"


def _codes(products: Sequence[PriceRow]) -> Iterator[Against]:
    """A scan or a key must mean one thing: spellings of a GTIN with more or fewer zeros are one code."""
    by_code: dict[str, PriceRow] = {}
    for row in products:
        for column, code in (("gtin", row.gtin.zfill(14) if row.gtin else ""), ("plu", row.plu)):
            if code and by_code.setdefault(code, row) is not row:
                said = row.gtin if column == "gtin" else row.plu
                yield Against(row.code, column, f"{row.name}: {said} is the code of {by_code[code].name} already")


# --- how much -------------------------------------------------------------------------------------------------------


def price_changes(edits: Iterable[Edit]) -> Iterator[tuple[str, int, int]]:
    """(code, was, becomes) of the prices that they change, in minor units."""
    for edit in edits:
        old, new = edit.was, edit.becomes
        if isinstance(old, PriceRow) and isinstance(new, PriceRow) and old.price_minor != new.price_minor:
            yield edit.code, old.price_minor, new.price_minor


def gives_anew(edit: Edit) -> bool:
    """Whether it gives shoppers something, not only another name."""
    if not isinstance(edit.becomes, OfferRow):
        return False
    return edit.was is None or bool(set(edit.fields) - {"name", "names", "last_day"})


def most_percent(offer: OfferRow, prices: Sequence[Sequence[int]]) -> int:
    """What it takes off at most, in whole per cent, rounded up. `prices`: of each place's products, minor units."""
    if offer.percent_bp is not None:
        return -(-offer.percent_bp // 100)
    if offer.pay is not None:
        return -(-100 * (offer.need - offer.pay) // offer.need)
    if offer.whole:
        return _share(offer.amount_minor or 0, offer.spend_minor)
    if not all(prices):
        return 0
    if offer.price_minor is not None:
        dearest = sum(max(place) for place in prices) * offer.need
        return _share(max(0, dearest - offer.price_minor), dearest)
    return _share(offer.amount_minor or 0, sum(min(place) for place in prices) * offer.need)


def _share(part: int, whole: int) -> int:
    return min(100, -(-100 * part // whole)) if whole else 100
