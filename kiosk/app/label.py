"""Label: `kiosk label` prints a label for something that was weighed elsewhere, on this machine's receipt printer.

For a counter that weighs meat or cheese and has a printer of its own. The label says the name, the weight and the price
of now to a person, and the article and the weight to a scanner (GS1-128, AI 01 and 3103); a lane that scans it takes
its own price of that day, as for anything else that is sold by weight.
"""

import select
import sys
import time
from collections.abc import Callable
from pathlib import Path

from drivers.device import Device, DeviceError
from drivers.events import DeviceOffline, DocumentLine, HardwareEvent, Print, PrintDone, PrintFailed
from drivers.pos_printer.driver import PosPrinter, SimulatedPrinter
from drivers.registry import device_tables, make_device
from kiosk.app.config import Config, read_config
from kiosk.app.paper import lay_out
from kiosk.app.places import config_folder
from kiosk.checkout.jurisdiction import BadPack, decode_pack
from kiosk.checkout.receipt import ReceiptLine
from kiosk.storage.price_book import open_price_book
from kiosk.ui.words import Words, load
from kiosk.values.barcode import parse_typed
from kiosk.values.money import Money
from kiosk.values.quantity import Weight, price_of_weight
from kiosk.values.settings import BadSettings
from kiosk.wire.price_csv import PriceRow

PRINTER = "pos_printer"
PATIENCE_MS = 60_000
HEAVIEST_G = 999_999
"""Six digits: AI 3103."""


class Refused(Exception):
    """No label; the text says why and what to do."""


def main(config_path: Path, code: str, weight_g: int) -> int:
    """0 when the label is printed, 1 when it is not. Raises BadSettings for what the operator must mend."""
    config = read_config(config_path)
    try:
        row = _row(config, code)
        printer = _printer(config)
        try:
            print_on(printer, label(row, weight_g, _words(config), printer.columns), _wait)
        finally:
            printer.close()
    except Refused as refused:
        sys.stderr.write(f"kiosk label: {refused}\n")
        return 1
    return 0


def label(row: PriceRow, weight_g: int, words: Words, columns: int) -> tuple[DocumentLine, ...]:
    """What is printed. Raises Refused for what no such label can be made of."""
    if row.sold_by != "kg":
        raise Refused(f"{row.name} is not sold by weight")
    if not row.gtin:
        raise Refused(
            f"{row.name} has no GTIN in the price book, and a label needs one; a shopper picks it by its name"
        )
    if not 0 < weight_g <= HEAVIEST_G:
        raise Refused(f"{weight_g} g is no weight for a label; from 1 to {HEAVIEST_G}")
    per_kg = Money(row.price_minor)
    price = words.money(price_of_weight(per_kg, Weight(weight_g)))
    lines = (
        ReceiptLine(row.names.get(words.language, row.name), align="centre", bold=True, tall=True),
        ReceiptLine(f"{words.weight(weight_g)} x {words.money(per_kg)}/kg", price, bold=True),
    )
    code = DocumentLine(f"(01){row.gtin.zfill(14)}(3103){weight_g:06}", kind="gs1", align="centre")
    return (*(printed for line in lines for printed in lay_out(line, columns)), DocumentLine(kind="feed"), code)


def print_on(device: Device, document: tuple[DocumentLine, ...], wait: Callable[[Device], int]) -> None:
    """Print it, and return when it is on paper; `wait` gives the tick after it. Raises Refused if it is not."""
    now_ms = wait(device)
    until_ms = now_ms + PATIENCE_MS
    events = device.command(Print(ticket="label", document=document), now_ms)
    while not _is_done(events):
        if now_ms >= until_ms:
            raise Refused("the printer took too long")
        now_ms = wait(device)
        events = device.service(now_ms)


def _is_done(events: list[HardwareEvent]) -> bool:
    for event in events:
        match event:
            case PrintFailed(why=why):
                raise Refused(why)
            case DeviceOffline(device=name, why=why) if name == PRINTER:
                raise Refused(f"{why}. If a lane on this machine runs, it has the printer")
    return any(isinstance(event, PrintDone) for event in events)


def _row(config: Config, code: str) -> PriceRow:
    if not config.price_book_path.exists():
        raise Refused(f"there is no price book {config.price_book_path}: this machine has not met its store yet")
    read = parse_typed(code)
    prices = open_price_book(config.price_book_path)
    try:
        row = prices.lookup(read.keys) if read is not None else None
    finally:
        prices.close()
    if row is None:
        raise Refused(f"{code} is not in the price book")
    return row


def _printer(config: Config) -> PosPrinter | SimulatedPrinter:
    table = device_tables(config.devices).get(PRINTER)
    if table is None:
        raise BadSettings(f"there is no [devices.{PRINTER}] to print on")
    try:
        device = make_device(PRINTER, table)
    except DeviceError as problem:
        raise BadSettings(str(problem)) from None
    assert isinstance(device, PosPrinter | SimulatedPrinter)
    return device


def _words(config: Config) -> Words:
    """The lane's first language."""
    path = config_folder() / "jurisdictions" / f"{config.lane.jurisdiction}.toml"
    try:
        country = decode_pack(path.read_text(encoding="utf-8")).country
    except (OSError, BadPack) as problem:
        raise BadSettings(f"{path}: {problem}; put back the file that came with Kassa") from None
    languages = config.lane.languages[:1]
    spoken = load(
        config_folder() / "words", languages, currency=config.lane.currency, territory=country, zone=config.zone
    )
    return spoken[languages[0]]


def _wait(device: Device) -> int:
    poll = select.poll()
    if (fd := device.fileno()) is not None:
        poll.register(fd, select.POLLIN | (select.POLLOUT if device.wants_write else 0))
    poll.poll(20)
    return time.monotonic_ns() // 1_000_000
