"""Paper: a receipt's lines laid out for a printer that knows only its width."""

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo

from msgspec.structs import replace

from drivers.events import DocumentLine
from kiosk.app.codes import USUAL, Codes
from kiosk.app.day_paper import day_wording
from kiosk.app.slip_keys import SignSlip
from kiosk.checkout.day import DaySlip
from kiosk.checkout.day_slip import Head, day_slip
from kiosk.checkout.events import CardRecord
from kiosk.checkout.jurisdiction import Pack
from kiosk.checkout.lane import Lane
from kiosk.checkout.receipt import (
    Printed,
    ReceiptLine,
    Wording,
    exit_slip,
    gift_receipt,
    receipt,
    shop_copy,
    slip_to_sign,
)
from kiosk.checkout.sale import Sale, receipt_token
from kiosk.ui.words import Words
from kiosk.values.moment import Moment, local
from kiosk.values.money import Money

_DEMO = "DEMO - not a receipt"
_LOGO = DocumentLine(kind="logo", align="centre")


class Paper:
    """Lays out this lane's receipts."""

    def __init__(
        self,
        lane: Lane,
        pack: Pack,
        words: dict[str, Words],
        zone: tzinfo,
        columns: int = 42,
        sign: Callable[[Sale], str] | None = None,
        codes: Codes = USUAL,
        sign_slip: SignSlip | None = None,
    ) -> None:
        """`sign` makes the signed receipt, and `sign_slip` a signed deposit slip, for shops that have a key for it;
        `codes` say how the shop's own begin."""
        self._sign, self._codes, self._sign_slip = sign, codes, sign_slip
        self._lane, self._pack, self._words, self._zone, self._columns = lane, pack, words, zone, columns

    def receipt(self, sale: Sale, copy: bool = False, slips: tuple[str, ...] = ()) -> tuple[DocumentLine, ...]:
        """The whole receipt."""
        words = self._wording(sale)
        printed = self._printed(sale, self._headings(sale, copy, words), slips)
        lines = receipt(sale, words, replace(printed, outstanding=copy or sale.training))
        return (_LOGO, *self._laid_out((*lines, *self._foot(sale))))

    def gift(self, sale: Sale) -> tuple[DocumentLine, ...]:
        """What goes with a present."""
        marks = self._headings(sale, False, self._wording(sale))
        lines = gift_receipt(sale, self._wording(sale), self._printed(sale, marks))
        return (_LOGO, *self._laid_out((*lines, *self._foot(sale))))

    def _foot(self, sale: Sale) -> tuple[ReceiptLine, ...]:
        """Training says so at both ends: nobody tears it off."""
        mark = self._pack.receipt.training_heading
        return (ReceiptLine(mark, align="centre", bold=True, tall=True),) if sale.training else ()

    def shop_copy(self, sale: Sale) -> tuple[DocumentLine, ...]:
        """What the shop keeps of a return."""
        words = self._wording(sale)
        return self._laid_out(shop_copy(sale, words, self._printed(sale, (words.shop_copy,))))

    def slip_to_sign(self, record: CardRecord, lines: tuple[str, ...]) -> tuple[DocumentLine, ...]:
        """The shop's slip of a card payment, in its staff's language."""
        words = wording(self._words[self._lane.languages[0]])
        return self._laid_out(slip_to_sign(record, lines, words, self._lane.store_name or self._lane.store))

    def test(self, now: Moment) -> tuple[DocumentLine, ...]:
        """A slip that shows whether the printer prints, and letters that it could get wrong."""
        lane = self._lane
        title = self._words[lane.languages[0]].say("Printer test")
        return self._laid_out(
            (
                ReceiptLine(title, align="centre", bold=True, tall=True),
                ReceiptLine(f"{lane.store}/{lane.till}", self._local(now.utc_ms)),
                ReceiptLine(kind="rule"),
                ReceiptLine("ABC abc 0123456789 ÅÄÖ åäö ÉÜß"),
            )
        )

    def day(self, slip: DaySlip) -> tuple[DocumentLine, ...]:
        """An X or a Z report."""
        duties, lane = self._pack.receipt, self._lane
        words = day_wording(lane.languages[0], self._words, self._pack)
        marks = ((slip.copy, duties.copy_heading), (lane.mode == "demo", next(iter(self._words.values())).say(_DEMO)))
        head = Head(
            shop=lane.store_name or lane.store,
            legal=lane.receipt_legal,
            headings=tuple(heading for holds, heading in marks if holds and heading),
            till=f"{lane.store}/{lane.till}",
            opened=self._local(slip.day.opened_utc_ms),
            at=self._local(slip.at_utc_ms),
        )
        return self._laid_out(day_slip(slip, words, head))

    def _local(self, utc_ms: int) -> str:
        return f"{local(utc_ms, self._zone):%Y-%m-%d %H:%M}"

    def basket(self, code: str, count: int, cost: Money, now: Moment) -> tuple[DocumentLine, ...]:
        """The slip of a basket that was set aside; its barcode brings it back. No receipt, and it says so."""
        words, lane = next(iter(self._words.values())), self._lane
        slip = self._codes.basket_slip(lane.till, code)
        lines = (
            ReceiptLine(lane.store_name or lane.store, align="centre", bold=True),
            ReceiptLine(words.say("Basket {code}", code=code), align="centre", bold=True, tall=True),
            ReceiptLine(words.count("{count} item", "{count} items", count), words.money(cost)),
            ReceiptLine(self._local(now.utc_ms), f"{lane.store}/{lane.till}"),
            ReceiptLine(words.say("Show this slip to our staff. It is no receipt.")),
            *((ReceiptLine(slip, kind="barcode"),) if slip else ()),
        )
        return self._laid_out(lines)

    def deposit_slip(self, sale: Sale) -> tuple[DocumentLine, ...]:
        """The slip that empties were paid with; signed, where the lane has a key, so that every lane believes it."""
        words = self._words.get(sale.language) or next(iter(self._words.values()))
        lane, tender = self._lane, next(one for one in sale.tenders if one.slip)
        number, minor = tender.slip or "", -tender.amount_minor
        sealed = datetime.fromisoformat(sale.sealed).astimezone(self._zone)
        code = self._sign_slip(number, minor, sale.currency, sealed.date()) if self._sign_slip is not None else number
        demo = (ReceiptLine(words.say(_DEMO), align="centre", bold=True),) if lane.mode == "demo" else ()
        lines = (
            ReceiptLine(lane.store_name or lane.store, align="centre", bold=True),
            *demo,
            ReceiptLine(words.say("Deposit slip"), align="centre", bold=True, tall=True),
            ReceiptLine(words.money(Money(minor)), align="centre", bold=True, tall=True),
            ReceiptLine(f"{sealed:%Y-%m-%d %H:%M}", f"{lane.store}/{lane.till}"),
            ReceiptLine(words.say("Scan this slip when you pay, at any checkout. It can be used once.")),
            ReceiptLine(code, kind="qr"),
            ReceiptLine(number, align="centre"),
        )
        return self._laid_out(lines)

    def exit_slip(self, sale: Sale) -> tuple[DocumentLine, ...]:
        """Only the exit code."""
        return self._laid_out(exit_slip(sale, self._wording(sale), self._printed(sale)))

    def _wording(self, sale: Sale) -> Wording:
        language = self._pack.receipt_language(sale.language)
        spoken = self._words.get(language)
        if spoken is not None:
            return wording(spoken)
        own = self._pack.receipt.words.get(language)
        any_ = next(iter(self._words.values()))
        return wording(any_) if own is None else legal_wording(language, own, any_)

    def _headings(self, sale: Sale, copy: bool, words: Wording) -> tuple[str, ...]:
        duties = self._pack.receipt
        marks = (
            (sale.kind == "sale" and not sale.training, duties.sale_heading),
            (sale.kind == "return" and not sale.training, duties.return_heading or words.returned),
            (copy, duties.copy_heading),
            (sale.training, duties.training_heading),
            (self._lane.mode == "demo", words.demo),
        )
        return tuple(heading for holds, heading in marks if holds and heading)

    def _printed(self, sale: Sale, headings: tuple[str, ...] = (), slips: tuple[str, ...] = ()) -> Printed:
        url = self._lane.receipt_url
        return Printed(
            shop=self._lane.store_name or self._lane.store,
            local_time=f"{datetime.fromisoformat(sale.sealed).astimezone(self._zone):%Y-%m-%d %H:%M}",
            legal=self._lane.receipt_legal,
            headings=headings,
            address=f"{url}/r/{receipt_token(sale)}" if url else "",
            signed=self._sign(sale) if self._sign is not None and not url else "",
            slips=slips,
            exit_code=self._lane.exit_codes and sale.kind == "sale",
        )

    def _laid_out(self, lines: Iterable[ReceiptLine]) -> tuple[DocumentLine, ...]:
        return tuple(row for line in lines for row in lay_out(line, self._columns))


def wording(words: Words) -> Wording:
    """The receipt's words in one language."""
    return Wording(
        receipt=words.say("Receipt"),
        total=words.say("Total"),
        deposit=words.say("Deposit"),
        vat=words.say("VAT"),
        net=words.say("excl. VAT"),
        card=words.say("Card"),
        rounding=words.say("Cash rounding"),
        donation=words.say("Gift to"),
        card_note=words.say("On the card when the store has this sale."),
        to_pay=words.say("To pay"),
        given=words.say("Given"),
        change=words.say("Change"),
        cash=words.say("Cash"),
        gift_card=words.say("Gift card"),
        voucher=words.say("Voucher"),
        qr=words.say("QR payment"),
        demo=words.say("DEMO - not a receipt"),
        thanks=words.say("Thank you. See you soon!"),
        exit_code=words.say("Your exit code"),
        kept_online=words.say("Your receipt on your phone"),
        sales_tax=words.say("Sales tax"),
        signature=words.say("Signature"),
        signed_later=words.say("The signature follows."),
        signed_here=words.say("This receipt, signed"),
        returned=words.say("RETURN"),
        original=words.say("Bought with receipt"),
        paid_back=words.say("Paid back"),
        card_reversed=words.say("Card payment reversed"),
        shop_copy=words.say("FOR THE SHOP"),
        sign_here=words.say("Name and signature"),
        gift=words.say("GIFT RECEIPT"),
        gift_note=words.say("Keep this with the gift: it can be exchanged."),
        money=lambda minor: words.amount(Money(minor)),
        rate=lambda rate_bp: f"{words.rate(rate_bp)} %",
        weight=lambda weight_g: words.weight(weight_g).replace("\xa0kg", " kg"),
    )


def legal_wording(language: str, own: dict[str, str], words: Words) -> Wording:
    """The pack's words in a language that the screens do not speak, and how that language writes numbers."""
    fields = {name: text for name, text in own.items() if name in Wording.__struct_fields__}
    abroad = words.written_in(language)
    return replace(
        wording(words),
        **fields,
        money=lambda minor: abroad.amount(Money(minor)),
        rate=lambda rate_bp: f"{abroad.rate(rate_bp)} %",
    )


def lay_out(line: ReceiptLine, columns: int) -> list[DocumentLine]:
    """One receipt line as printer lines: long text is wrapped, the amount stands at the right of its last line."""
    if line.kind != "text":
        return [DocumentLine(line.text, kind=line.kind, align="left" if line.kind in ("rule", "feed") else "centre")]
    if line.as_is:
        pieces = [line.text[at : at + columns] for at in range(0, len(line.text), columns)]
        return [DocumentLine(piece) for piece in pieces or [""]]
    if not line.right:
        return [DocumentLine(t, align=line.align, bold=line.bold, tall=line.tall) for t in _wrapped(line.text, columns)]
    room = columns - len(line.right) - 1
    *first, last = _wrapped(line.text, room)
    rows = [DocumentLine(text, bold=line.bold, tall=line.tall) for text in first]
    amount = line.right.rjust(columns - len(last))
    return [*rows, DocumentLine(last + amount, bold=line.bold, tall=line.tall)]


def _wrapped(text: str, columns: int) -> list[str]:
    indent = text[: len(text) - len(text.lstrip())]
    rows, row = [], indent
    for word in text.split():
        while len(indent) + len(word) > columns:
            if row.strip():
                rows.append(row.rstrip())
            rows.append((indent + word)[:columns])
            word, row = word[columns - len(indent) :], indent
        if len(row) + len(word) > columns:
            rows.append(row.rstrip())
            row = indent
        row += word + " "
    if row.strip() or not rows:
        rows.append(row.rstrip())
    return rows
