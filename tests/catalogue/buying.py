"""Buying: every product through the real lane, in baskets: scanned, looked at, paid for, printed, read.

The devices are the simulators that ship, on a hand-cranked clock, and every screen is really painted. What a person
would do is done on the buttons, the age check included: somebody of the staff types a PIN.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import looking
import oddities
import reading
from opening import PIN, OpenShop

from kiosk.checkout import events as e
from kiosk.checkout.state import Phase
from kiosk.ui.scene import buttons
from kiosk.ui.view import Look, OpenPage, SubmitPin, TypeKey
from kiosk.wire.price_csv import PriceRow, PriceRows, spelt_twice
from kiosk.world.lane import Lane

BASKET = 20
DELIVERED_MS = 60_000
SYMBOLOGIES = {8: "]E4", 12: "]E0", 13: "]E0", 14: "]I1"}
A_MOMENT_MS = 50
AT_THE_TERMINAL_MS = 10_000


class Findings:
    """What was seen on the way."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.scanned = self.approved = self.sales = self.pictures = 0
        self.screen = looking.Seen()
        self.paper = reading.Read()

    def figures(self) -> dict[str, object]:
        """For a table."""
        return {
            "products scanned, shown, paid and printed": self.scanned,
            "sales": self.sales,
            "age checks approved by staff": self.approved,
            "pictures of odd names": self.pictures,
            **self.screen.figures(),
            **self.paper.figures(),
            "problems": len(self.problems),
        }


class NotOnTheScreen(AssertionError):
    """The button that is needed now cannot be touched."""


def buy_all(shop: OpenShop, rows: PriceRows, odd: PriceRows, pictures: Path) -> Findings:
    """All of `odd`, then the others of `rows`; pictures of the odd ones of both."""
    found = Findings()
    pictured = {row.code for row in (*odd, *oddities.choose(rows))}
    for old in pictures.glob("*.png"):
        old.unlink()
    unreachable = {row.code for row in spelt_twice((*odd, *rows))}
    every = {row.code: row for row in (*odd, *rows) if row.code not in unreachable}
    for basket in _baskets(every.values()):
        shopper = Shopper(shop.lane, found)
        for row in basket:
            shopper.scan(row)
            if row.code in pictured:
                (pictures / f"{row.code}.png").write_bytes(shop.window.screenshot())
                found.pictures += 1
        shopper.pay()
        shopper.read_receipt(basket)
    found.problems += _books(shop, found.sales)
    return found


def _books(shop: OpenShop, sales: int) -> Iterator[str]:
    """What is not right with the store's books: every sale is in them once, and nothing about it is odd."""
    shop.lane.wait(DELIVERED_MS)
    if len(shop.office.sales()) != sales:
        yield f"{sales} sales were made, and {len(shop.office.sales())} are in the books"
    yield from (f"the store found {key} odd: {flag.reason}, {flag.detail}" for key, flag in shop.office.flags())
    yield from (f"the store kept aside {refusal}" for refusal in shop.office.refusals())


def _baskets(rows: Iterable[PriceRow]) -> Iterator[PriceRows]:
    left = iter(rows)
    while basket := tuple(islice(left, BASKET)):
        yield basket


class Shopper:
    """One visit."""

    def __init__(self, lane: Lane, found: Findings) -> None:
        self.lane, self.found = lane, found
        self._count = 0

    def scan(self, row: PriceRow) -> None:
        """Hold it over the glass and look."""
        self.lane.shop.top.scanner.scan(*_label(row.gtin))
        self.lane.wait(A_MOMENT_MS)
        self._count += 1
        self.found.scanned += 1
        lines = self.lane.state.basket.lines
        if len(lines) != self._count or lines[-1].item.gtin != row.code:
            self.found.problems.append(f"{row.code}: the scan did not reach the basket")
            self._count = len(lines)
            return
        words = self.lane.running.screen.words_of(self.lane.state)
        for problem in looking.look(self.lane.scene, row, words, self.found.screen):
            self.found.problems.append(f"{row.code} {row.name!r}: {problem}")

    def pay(self) -> None:
        """By card, after whatever staff must look at."""
        if any(call.reason == "age" for call in self.lane.state.interventions):
            self._have_age_approved()
        self.press(e.PayPressed())
        self.lane.wait(3_000)
        terminal = self.lane.shop.top.terminal
        terminal.tap_card()
        self.lane.wait(A_MOMENT_MS)
        if terminal.wants == "pin":
            terminal.type_pin(terminal.card_pin)
        self.lane.wait(AT_THE_TERMINAL_MS)

    def _have_age_approved(self) -> None:
        self.press(OpenPage("staff_pin"))
        for digit in PIN:
            self.press(TypeKey(digit))
        self.press(SubmitPin())
        self.press(e.AgeApproved())
        self.press(e.StaffSignedOut())
        self.found.approved += 1

    def read_receipt(self, basket: PriceRows) -> None:
        """Take the paper, read it, go home."""
        state = self.lane.state
        if state.phase is not Phase.RECEIPT or state.sale is None:
            self.found.problems.append(f"basket with {basket[0].code}: not paid, the lane is at {state.phase}")
            raise NotOnTheScreen(f"{state.phase}: {self.lane.scene.name}")
        self.press(e.ReceiptChosen(kind="print"))
        self.lane.wait(1_000)
        printer = self.lane.shop.top.printer
        words = self.lane.running.screen.words_of(state)
        for problem in reading.read(printer.paper[-1], basket, state.sale, words, self.found.paper):
            self.found.problems.append(f"receipt of {state.sale.key}: {problem}")
        printer.tear_off()
        charged = self.lane.shop.top.terminal.journal.last
        if charged.amount_minor != sum(row.price_minor + row.deposit_minor for row in basket):
            self.found.problems.append(f"receipt of {state.sale.key}: the terminal charged {charged.amount_minor}")
        self.found.sales += 1
        self.press(e.DonePressed())
        self.lane.wait(20_000)

    def press(self, says: e.Event | Look) -> None:
        """The button that says this, in whatever words. Raises NotOnTheScreen."""
        button = next((b for b in buttons(self.lane.scene) if b.says == says), None)
        if button is None:
            raise NotOnTheScreen(f"{says} on {self.lane.scene.name}")
        self.lane.tap(button)
        self.lane.wait(A_MOMENT_MS)


def _label(gtin: str) -> tuple[str, str]:
    """What a scanner sends for the label of this product, and its symbology; a UPC-A comes as an EAN-13."""
    return gtin.zfill(13) if len(gtin) == 12 else gtin, SYMBOLOGIES[len(gtin)]
