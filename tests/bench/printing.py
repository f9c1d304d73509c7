"""A sealed sale of forty lines -> the first byte of its receipt at the printer, over a socket.

The clock starts when the sale is on the disk and the lane is told to print it, and stops when the printer's end of the
cable has a byte: the lines are laid out, the document encoded, its first piece sent. The printer there takes bytes and
says nothing, so that only our side is measured. Encoding is measured alone as well, in letters and drawn.
"""

import socket
from time import perf_counter_ns
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from drivers.events import DocumentLine, Print
from drivers.pos_printer.driver import PosPrinter, Settings, make
from drivers.pos_printer.encoding import DocumentEncoder
from kiosk.app.paper import Paper
from kiosk.app.places import config_folder
from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.checkout.pricing import totals
from kiosk.checkout.sale import Sale, Tender
from kiosk.checkout.visit import seal_basket
from kiosk.ui.words import load
from kiosk.values.moment import Moment
from kiosk.values.money import Money
from kiosk.world.shops import pack_of

LINES, RECEIPTS = 40, 60
ARABIC = "خبز عربي طازج"
_LANE = Lane(store="s001", till="k01", store_name="Hörnans livs", receipt_url="https://kassa.example")
_AT = Moment(1_795_425_220_002, 0, "2026-11-23")
_TICK_MS = 1_000


def receipts() -> dict[str, list[int]]:
    """Nanoseconds: `first_byte` after the seal, `encoded`, and `drawn` (every name in Arabic letters)."""
    paper, sale = _paper(), _sale()
    document = paper.receipt(sale)
    encoder = DocumentEncoder("TM-T88V")
    arabic = tuple(replace(line, text=ARABIC + line.text[len(ARABIC) :]) if _names(line) else line for line in document)
    return {
        "first_byte": _first_bytes(paper, sale),
        "encoded": _encodings(encoder, document),
        "drawn": _encodings(encoder, arabic),
    }


def _names(line: DocumentLine) -> bool:
    return line.text.startswith("Product")


def _encodings(encoder: DocumentEncoder, document: tuple[DocumentLine, ...]) -> list[int]:
    measured = []
    for _ in range(RECEIPTS):
        started = perf_counter_ns()
        encoder.document(document)
        measured.append(perf_counter_ns() - started)
    return measured


def _first_bytes(paper: Paper, sale: Sale) -> list[int]:
    measured = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        printer = make("pos_printer", Settings(port=f"socket://127.0.0.1:{server.getsockname()[1]}", status="none"))
        printer.service(0)
        end, _ = server.accept()
        with end:
            _open(printer)
            for number in range(RECEIPTS):
                started = perf_counter_ns()
                printer.command(Print(ticket=str(number), document=paper.receipt(sale)), _TICK_MS)
                end.recv(1)
                measured.append(perf_counter_ns() - started)
                _take_the_rest(printer, end)
        printer.close()
    return measured


def _open(printer: PosPrinter) -> None:
    for _ in range(10):
        printer.service(_TICK_MS)


def _take_the_rest(printer: PosPrinter, end: socket.socket) -> None:
    """Outside the clock, so that the next receipt finds the cable free."""
    end.setblocking(False)
    quiet = 0
    while quiet < 3:
        printer.service(_TICK_MS)
        try:
            quiet = 0 if end.recv(65_536) else 3
        except BlockingIOError:
            quiet += 1
    end.setblocking(True)


def _paper() -> Paper:
    zone, pack = ZoneInfo("Europe/Stockholm"), pack_of("se")
    words = load(config_folder() / "words", ("sv",), currency=pack.currency, territory=pack.country, zone=zone)
    return Paper(_LANE, pack, words, zone)


def _sale() -> Sale:
    bread = Item(gtin="9520000000011", name="", price=Money(3290), tax_class="food", tax_bp=600, price_book="1")
    names = (f"Product {number}, an ordinary name åäö" for number in range(1, LINES + 1))
    lines = tuple(Line(line=number, item=replace(bread, name=name)) for number, name in enumerate(names, 1))
    basket = Basket(lines=lines, started_utc_ms=_AT.utc_ms)
    tenders = (Tender("card", totals(basket).due.minor, "k01-000042-1", None, ""),)
    sealed = seal_basket(replace(blank(_LANE), sequence=42, chain="0" * 64), basket, "sale", tenders, _AT)[0].sale
    assert sealed is not None
    return sealed
