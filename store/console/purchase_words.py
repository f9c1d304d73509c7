"""Words of orders to suppliers, as people read them. Pure; what day it is is handed in."""

from store.console import goods_words
from store.console.words import much
from store.purchase_order import Line, Order

STATES = {"draft": "Draft", "sent": "Ordered", "closed": "Closed", "dropped": "Dropped"}
SHOWN = {"open": "To come", "": "All", "closed": "Closed", "dropped": "Dropped"}
MAILS = {"waiting": "e-mail on its way", "sent": "sent by e-mail", "given_up": "the e-mail was not taken"}


def about(order: Order) -> str:
    """`5 lines, 2 to come, expected 30 Nov 2026, sent by e-mail`"""
    waits = sum(any(line.open) for line in order.lines)
    said = [f"{len(order.lines)} line{'' if len(order.lines) == 1 else 's'}"]
    said += [f"{waits} to come"] if order.state == "sent" else []
    said += [f"expected {goods_words.day(order.expected)}"] if order.expected else []
    said += [MAILS[order.mail] + (f" ({order.mail_why})" if order.mail_why else "")] if order.mail else []
    return ", ".join(said)


def badge(order: Order, today: str) -> tuple[str, str]:
    """(what it says, how it looks)"""
    if order.is_late(today):
        return "Late", "bad"
    looks = {"draft": "wait", "sent": "wait"}
    return STATES[order.state], looks.get(order.state, "")


def about_line(line: Line) -> str:
    """`24 ordered, 16 came, 8 to come`"""
    said = [f"{much(line.count, line.weight_g)} ordered"] if line.count or line.weight_g else ["not ordered"]
    if line.received_count or line.received_g:
        said.append(f"{much(line.received_count, line.received_g)} came")
    if any(line.open):
        said.append(f"{much(*line.open)} to come")
    if line.given_up_count or line.given_up_g:
        said.append(f"{much(line.given_up_count, line.given_up_g)} given up")
    if any(line.too_much):
        said.append(f"{much(*line.too_much)} too much")
    return ", ".join(said)
