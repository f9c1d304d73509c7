"""Questions: what a lane asks the store in the middle of a visit, and what it can hear.

Like the Sale these nouns leave the lane as they are: the wire sends them under a kind of their own
(`kiosk.wire.asking`) and the store answers them, so amounts are whole minor units. A question that would take
something (money of a card, a voucher that can be used once) only *holds* it: the store keeps it for this visit under
the question's id. What is held is spent by the sealed sale that names the id, and let go by the report
`hold.released`; both travel in the outbox, so neither is lost. So a question may be asked twice, answered late or
never, and nothing is taken twice.
"""

from typing import Annotated, Any, Literal

import msgspec

from kiosk.checkout.item import Item, Label
from kiosk.checkout.sale import Sale
from kiosk.values.barcode import Barcode


class _Lookup(msgspec.Struct, frozen=True, kw_only=True, tag=True, omit_defaults=True):
    pass


class GiftCardAsk(_Lookup, frozen=True, kw_only=True):
    """What is on this card, voucher or slip of the bottle machine?

    With `hold_minor` over 0: hold so much of it, or what there is, for this visit.
    """

    number: str
    currency: str
    hold_minor: int = 0
    slip: str = ""
    """The whole text of a signed slip whose signature the till has found right: the store need not know it before."""
    load_minor: int = 0
    """Over 0: keep a place for so much, which this visit is going to put on it. A store of before tells the balance."""


class GiftCardAnswer(_Lookup, frozen=True, kw_only=True):
    """`balance_minor` is what can still be spent, without what is held; `held_minor` what this question holds."""

    state: Literal["ok", "unknown", "blocked", "expired", "other_currency"]
    balance_minor: int = 0
    held_minor: int = 0
    kind: Literal["gift_card", "voucher", "deposit"] = "gift_card"
    load_minor: int = 0
    """What may be put on it: as much as was asked, or nothing."""


class MemberAsk(_Lookup, frozen=True, kw_only=True):
    """Who is this? `key` is a card's or an app's number as it was scanned.

    Something that was typed may be a telephone number: then `key` only stands for it (`kiosk.app.whispers`), so that
    the journal never has it; it is put in on the way to the store.
    """

    key: str


class MemberAnswer(_Lookup, frozen=True, kw_only=True):
    """`member` is the store's own id of a person, and all of it that the journal and the sale keep.

    `first_name` is for the screen alone: it is taken out before the answer becomes an event. `receipt`: the standing
    choice; empty: ask.
    """

    state: Literal["ok", "unknown", "blocked"]
    member: str = ""
    groups: tuple[str, ...] = ()
    points: int = 0
    receipt: Literal["", "print", "qr", "none", "email"] = ""
    first_name: str = ""


class SignUpAsk(_Lookup, frozen=True, kw_only=True):
    """Make this person a member, who has just agreed to it. The same question asked twice makes one member.

    `contact` is what was typed, and only stands for it as MemberAsk's key does; empty when it is forgotten: then the
    store says what came of the question when it was asked before. `text` and `language` are the version and the
    language of the words that the person agreed to; `marketing` is a consent of its own. `sale`: a sealed sale that
    collects points for the new member.
    """

    contact: Annotated[str, msgspec.Meta(max_length=254)]
    text: str
    language: str
    marketing: bool = False
    receipt: Literal["", "print", "qr", "none"] = ""
    sale: str = ""


class SignUpAnswer(_Lookup, frozen=True, kw_only=True):
    """`known`: somebody has this number or address already, and the sale collects for them, whom `member` then names.

    `bad`: it is neither number nor address. `forgotten`: it has to be typed again.
    """

    state: Literal["ok", "known", "bad", "forgotten"]
    member: str = ""
    groups: tuple[str, ...] = ()


class CouponAsk(_Lookup, frozen=True, kw_only=True):
    """May this coupon of this offer still be used? If so, hold it for this visit."""

    code: str
    offer: str


class CouponAnswer(_Lookup, frozen=True, kw_only=True):
    """`held`: it is this visit's now. `in_use`: another visit has it. `unknown`: never issued, or for another offer."""

    state: Literal["ok", "unknown", "blocked", "expired", "used", "in_use"]
    held: bool = False


class KeptBasket(msgspec.Struct, frozen=True):
    """A suspended basket that any lane may bring back, as staff look for it: who set it aside, and its code there."""

    till: str
    code: str
    items: int
    due_minor: int
    parked_utc_ms: int


class BasketsAsk(_Lookup, frozen=True, kw_only=True):
    """Which suspended baskets does the store have?"""


class BasketsAnswer(_Lookup, frozen=True, kw_only=True):
    """The newest, which nobody has taken; and the codes of those of the asking lane that are brought back."""

    baskets: tuple[KeptBasket, ...] = ()
    gone: tuple[str, ...] = ()


class BasketAsk(_Lookup, frozen=True, kw_only=True):
    """Give this suspended basket to this question, and to no other."""

    till: Annotated[str, msgspec.Meta(max_length=32)]
    code: Annotated[str, msgspec.Meta(max_length=32)]


class BasketAnswer(_Lookup, frozen=True, kw_only=True):
    """`ok`: it is this question's. `in_use`: the lane `at` has asked for it; `gone`: it has brought it back.

    `basket` is what the lane that set it aside gave away, for lanes to read.
    """

    state: Literal["ok", "unknown", "in_use", "gone"]
    at: str = ""
    basket: dict[str, Any] | None = None


class LineUnits(msgspec.Struct, frozen=True):
    """Pieces of one line of a sealed sale, counted from 0; of a line that was weighed there is one."""

    line: int
    units: tuple[int, ...]


class Wanted(msgspec.Struct, frozen=True):
    """So many pieces of one line."""

    line: int
    count: Annotated[int, msgspec.Meta(ge=1, le=9_999)]


class SaleAsk(_Lookup, frozen=True, kw_only=True):
    """Which sale is this? `find`: its key, `till/number` as the receipt has it, or the receipt's address.

    With `take`: keep these pieces of it for a return, all of them or none, so that no other lane takes them back too.
    """

    find: Annotated[str, msgspec.Meta(max_length=400)]
    take: Annotated[tuple[Wanted, ...], msgspec.Meta(max_length=999)] = ()
    loads: bool = False
    """Whether the lane knows of gift cards that were sold with it: one of the version before refuses such a sale."""


class SaleAnswer(_Lookup, frozen=True, kw_only=True):
    """The sale as it was sealed. `gone`: what returns have taken or keep; `held`: what this question keeps.

    `no_sale`: a void, a return or training, of which nothing comes back. `gone` as a state: of what should be kept
    there is not enough left.
    """

    state: Literal["ok", "unknown", "no_sale", "gone"]
    sale: Sale | None = None
    gone: tuple[LineUnits, ...] = ()
    held: tuple[LineUnits, ...] = ()


class EmailAsk(_Lookup, frozen=True, kw_only=True):
    """Send the receipt of this sale to this address, or to that of this member (the store's id).

    `address` only stands for what was typed (`kiosk.app.whispers`); the store hears the address itself, or nothing if
    it is forgotten. The question's id makes it one mail. The sale may still be on its way: the mail waits for it.
    """

    sale: Annotated[str, msgspec.Meta(max_length=120)]
    address: Annotated[str, msgspec.Meta(max_length=400)] = ""
    member: str = ""


class EmailAnswer(_Lookup, frozen=True, kw_only=True):
    """`ok`: it will be sent. `off`: this store sends no mail. `bad`: nothing can be sent to that, or of that sale."""

    state: Literal["ok", "off", "bad", "forgotten"]


class ExitAsk(_Lookup, frozen=True, kw_only=True):
    """May whoever holds this exit code leave? If so it is used up, by this question: asked again, it hears the same."""

    code: Annotated[str, msgspec.Meta(max_length=40)]


class ExitAnswer(_Lookup, frozen=True, kw_only=True):
    """`unknown`: no sale here has it, or none that is here yet."""

    state: Literal["valid", "used", "unknown", "too_old"]


class ItemAsk(_Lookup, frozen=True, kw_only=True):
    """What is this? `keys` are the spellings under which the price book may list it, the likeliest first.

    `label` is all that was read, for when the answer comes; None for a PLU, which is only ever typed.
    """

    keys: Annotated[tuple[Annotated[str, msgspec.Meta(max_length=32)], ...], msgspec.Meta(max_length=32)]
    label: Barcode | None = None


class ItemAnswer(_Lookup, frozen=True, kw_only=True):
    """The item as the store's price book has it now, and what the label says beside it (as in `ItemFound`).

    The store itself answers with a row of its price book (`kiosk.wire.asking.ItemRow`); the gate makes this of it, so
    that the event has a whole item as a scan's has.
    """

    item: Item | None = None
    """None: the store does not know it either."""
    weight_g: int | None = None
    label: Label | None = None


Question = (
    GiftCardAsk | MemberAsk | SignUpAsk | CouponAsk | EmailAsk | SaleAsk | ItemAsk | BasketsAsk | BasketAsk | ExitAsk
)
StoreAnswer = (
    GiftCardAnswer
    | MemberAnswer
    | SignUpAnswer
    | CouponAnswer
    | EmailAnswer
    | SaleAnswer
    | ItemAnswer
    | BasketsAnswer
    | BasketAnswer
    | ExitAnswer
)

ANSWER_TO: dict[type, type] = {
    GiftCardAsk: GiftCardAnswer,
    MemberAsk: MemberAnswer,
    SignUpAsk: SignUpAnswer,
    CouponAsk: CouponAnswer,
    EmailAsk: EmailAnswer,
    ItemAsk: ItemAnswer,
    SaleAsk: SaleAnswer,
    BasketsAsk: BasketsAnswer,
    BasketAsk: BasketAnswer,
    ExitAsk: ExitAnswer,
}
"""What answers which question."""


def is_of_a_visit(question: Question) -> bool:
    """Whether the question is nobody's any more when its visit ends. Whoever stands at the exit has ended theirs."""
    return not isinstance(question, ExitAsk)


def may_hold(question: Question) -> bool:
    """Whether the store may be holding something because of this question, even if no answer came."""
    match question:
        case GiftCardAsk(hold_minor=hold, load_minor=load):
            return hold > 0 or load > 0
        case SaleAsk(take=take):
            return bool(take)
        case _:
            return isinstance(question, CouponAsk | BasketAsk)


def holds(answer: StoreAnswer) -> bool:
    """Whether this answer says that the store holds something under the question's id."""
    match answer:
        case GiftCardAnswer(held_minor=held, load_minor=load):
            return held > 0 or load > 0
        case CouponAnswer(held=held):
            return held
        case SaleAnswer(held=pieces):
            return bool(pieces)
        case BasketAnswer(basket=basket):
            return basket is not None
    return False
