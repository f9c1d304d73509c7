"""Day paper: the words of X and Z reports, in the language that the law wants them in or that the shop speaks."""

from collections.abc import Mapping

from msgspec.structs import replace

from kiosk.checkout.day_slip import DayWording
from kiosk.checkout.jurisdiction import Pack
from kiosk.ui.words import Words
from kiosk.values.money import Money


def day_wording(language: str, words: Mapping[str, Words], pack: Pack) -> DayWording:
    """In the language of the law, from the screens' words or the pack's own; in the shop's where neither has them."""
    lawful = pack.receipt.languages[0] if pack.receipt.languages else language
    spoken = words.get(lawful)
    if spoken is not None:
        return _wording(spoken)
    any_ = words[language]
    own = pack.receipt.report_words.get(lawful)
    if own is None:
        return _wording(any_)
    fields = {name: text for name, text in own.items() if name in DayWording.__struct_fields__}
    tenders = {kind: own.get(kind, text) for kind, text in _wording(any_).tenders.items()}
    return replace(_wording(any_.written_in(lawful)), tenders=tenders, **fields)


def _wording(words: Words) -> DayWording:
    say = words.say
    return DayWording(
        x_report=say("X report"),
        z_report=say("Z report"),
        till=say("Till"),
        printed=say("Printed"),
        opened=say("Day began"),
        closed=say("Day closed"),
        closed_by=say("Closed by"),
        calendar=say("the calendar"),
        turnover=say("Total sales"),
        by_group=say("By group of goods"),
        deposit=say("Deposit"),
        ungrouped=say("Without a group"),
        goods_sold=say("Goods sold"),
        by_tender=say("By means of payment"),
        tax=say("VAT"),
        net=say("excl. VAT"),
        rounding=say("Cash rounding"),
        donations=say("Gifts to charity"),
        loads=say("Put on gift cards"),
        opening=say("Cash at the start"),
        float_in=say("Float put in"),
        pickup=say("Picked up"),
        in_drawer=say("In the drawer"),
        machine=say("Cash machine"),
        boxes_out=say("Boxes taken out"),
        in_machine=say("In the machine"),
        counted=say("Counted"),
        difference=say("Difference"),
        receipts=say("Receipts"),
        drawer_openings=say("Drawer openings"),
        copies=say("Copies of receipts"),
        provisional=say("Provisional receipts"),
        returns=say("Returns"),
        containers=say("Empties taken back"),
        discounts=say("Discounts"),
        voids=say("Voided sales"),
        lines_removed=say("Lines taken out"),
        price_checks=say("Price look-ups"),
        training=say("Training"),
        grand_sales=say("Grand total sales"),
        grand_returns=say("Grand total returns"),
        grand_net=say("Grand total net"),
        tenders={
            "card": say("Card"),
            "cash": say("Cash"),
            "external": say("Card terminal without a cable"),
            "gift_card": say("Gift card"),
            "qr": say("QR payment"),
            "voucher": say("Voucher"),
        },
        money=lambda minor: words.amount(Money(minor)),
        number=words.number,
        rate=lambda rate_bp: f"{words.rate(rate_bp)} %",
    )
