"""Reading: whether the paper that came out of the printer names every product, its price, the tax and the sum.

The printer is the simulator, which decodes the ESC/POS bytes; names are compared letter by letter without spaces,
because long ones are wrapped. A printer has code pages and no fonts: a letter may have lost its accent, or be a `?`
that can be seen; both are counted, anything else is a problem.
"""

import unicodedata
from collections.abc import Iterator

from drivers.pos_printer.paper import Receipt
from kiosk.checkout.sale import Sale
from kiosk.ui.words import Words
from kiosk.values.money import Money
from kiosk.wire.price_csv import PriceRows

WHOLE_BP = 10_000
_PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""A line that is a picture."""
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2212), "-")


class Read:
    """Counts."""

    def __init__(self) -> None:
        self.letters = self.plainer = self.holes = self.names_with_holes = self.pictured = 0

    def figures(self) -> dict[str, object]:
        """For a table."""
        return {
            "letters of names on paper": self.letters,
            "  printed without their accent": self.plainer,
            "names printed as pictures": self.pictured,
            "  printed as ?": f"{self.holes}, in {self.names_with_holes} names",
        }


def read(receipt: Receipt, basket: PriceRows, sale: Sale, words: Words, seen: Read) -> Iterator[str]:
    """What is not right with this receipt."""
    paper = [_squeezed(line.text) if line.kind == "text" else _PICTURE for line in receipt.lines
             if line.kind in ("text", "picture")]  # fmt: skip
    rules = [place for place, line in enumerate(paper) if line and set(line) == {"-"}]
    if not receipt.cut or len(rules) < 2:
        yield "no whole receipt came out"
        return
    goods, sums = paper[rules[0] + 1 : rules[1]], paper[rules[1] + 1 :]
    yield from _goods(goods, basket, words, seen)
    yield from _sums(sums, basket, sale, words)


def _goods(lines: list[str], basket: PriceRows, words: Words, seen: Read) -> Iterator[str]:
    left = "".join(lines)
    for row in basket:
        name = _plain(row.names.get(words.language) or row.name)
        amount = _squeezed(words.amount(Money(row.price_minor)))
        if left.startswith(_PICTURE) and not name.isascii():
            # What no code page of the printer has is printed as a picture of the line, amount and all; that such a
            # picture can be read is tried with a foreign reader of letters (tests/drivers/pos_printer).
            left, seen.pictured = left[1:], seen.pictured + 1
            continue
        if not _same(left[: len(name)], name, seen) or not left[len(name) :].startswith(amount):
            yield f"{row.code} {row.name!r} with {amount} is not where it should be: {left[: len(name) + 12]!r}"
            return
        left = left[len(name) + len(amount) :]
        if row.deposit_minor:
            deposit = _squeezed(words.say("Deposit") + words.amount(Money(row.deposit_minor)))
            if not left.startswith(deposit):
                yield f"{row.code}: no deposit {deposit}"
                return
            left = left[len(deposit) :]
    if left:
        yield f"and something else: {left!r}"


def _same(printed: str, name: str, seen: Read) -> bool:
    """Letter by letter: itself, its base letter, or a visible hole."""
    if len(printed) != len(name):
        return False
    holes = 0
    for got, wanted in zip(printed, name, strict=True):
        if got == wanted:
            continue
        if got == unicodedata.normalize("NFKD", wanted)[0]:
            seen.plainer += 1
        elif got == "?" and not wanted.isascii():
            holes += 1
        else:
            return False
    seen.letters += len(name)
    seen.holes += holes
    seen.names_with_holes += bool(holes)
    return True


def _sums(lines: list[str], basket: PriceRows, sale: Sale, words: Words) -> Iterator[str]:
    due = sum(row.price_minor + row.deposit_minor for row in basket)
    total = _squeezed(f"{words.say('Total')}{words.amount(Money(due))}{sale.currency}")
    if total not in lines:
        yield f"no line {total}"
    if sum(tender.amount_minor for tender in sale.tenders) != due:
        yield "paid is not what was due"
    if sum(tax.net_minor + tax.tax_minor for tax in sale.totals.tax) != sum(row.price_minor for row in basket):
        yield "net and tax are not the goods"
    for tax in sale.totals.tax:
        gross = tax.net_minor + tax.tax_minor
        whole = WHOLE_BP + tax.rate_bp
        if abs(2 * (tax.tax_minor * whole - gross * tax.rate_bp)) > whole:
            yield f"{tax.tax_minor} is not the tax of {tax.rate_bp} bp in {gross}"
        line = _squeezed(f"{words.say('VAT')}{words.rate(tax.rate_bp)}%{words.amount(Money(tax.tax_minor))}")
        if line not in lines:
            yield f"no line {line}"


def _plain(name: str) -> str:
    """As far as any paper can keep it: composed, without spaces and what only tells others how to behave."""
    composed = unicodedata.normalize("NFC", name)
    return _squeezed("".join(char for char in composed if unicodedata.category(char) != "Cf"))


def _squeezed(text: str) -> str:
    return "".join(text.split()).translate(_DASHES)
