"""Asking: what a till may look up in the store, and what it hears.

A question is an `Ask` with a correlation id; the answer carries the same. A till never waits for one: when none comes
in time it goes on with what it has. `resume` is asked first at every connection, so that a till whose disk was restored
from an old copy never uses a sequence number again. A price book is fetched in parts: ask with the `version` of the
first part until `offset` reaches `total`; if another version comes back, the store has moved on and the copy begins
anew.

What the checkout asks in the middle of a visit (`kiosk.checkout.questions`) travels likewise, under kinds of its own.
"""

from typing import Any, Literal, TypeVar

import msgspec

from kiosk.checkout.questions import (
    BasketAnswer,
    BasketAsk,
    BasketsAnswer,
    BasketsAsk,
    CouponAnswer,
    CouponAsk,
    EmailAnswer,
    EmailAsk,
    ExitAnswer,
    ExitAsk,
    GiftCardAnswer,
    GiftCardAsk,
    ItemAsk,
    MemberAnswer,
    MemberAsk,
    Question,
    SaleAnswer,
    SaleAsk,
    SignUpAnswer,
    SignUpAsk,
    StoreAnswer,
)
from kiosk.wire.configuring import ChangeAnswer, ChangeAsk, ConfigAnswer, ConfigAsk, LogAnswer, LogAsk
from kiosk.wire.messages import Answer, Ask
from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.price_csv import PriceRow


class _Lookup(msgspec.Struct, frozen=True, kw_only=True):
    """Unknown fields are ignored, as in all messages."""


class ResumeAsk(_Lookup, frozen=True, kw_only=True):
    """What does the store have of this till?"""


class ResumeAnswer(_Lookup, frozen=True, kw_only=True):
    """The last sale that the store holds of this till (sequence 0: none), and what a receipt should say."""

    sequence: int
    hash: str
    name: str = ""
    public_url: str = ""


class GapsAsk(_Lookup, frozen=True, kw_only=True):
    """Which sales of this till does the store lack, of those before its last?"""


class GapsAnswer(_Lookup, frozen=True, kw_only=True):
    """Their sequence numbers, the latest first, some at a time. The till may have used some of them for nothing."""

    sequences: tuple[int, ...] = ()


class PriceBookAsk(_Lookup, frozen=True, kw_only=True):
    """Rows from `offset` on. `since`: the version that the till has, if it would take only the differences."""

    since: str = ""
    version: str = ""
    """The version that the earlier parts were of; empty for the first."""
    offset: int = 0
    tally: bool = False
    """Whether the till wants the book's tally: one of the version before refuses an answer that has it."""


class PriceBookPart(_Lookup, frozen=True, kw_only=True):
    """One part of version `version`.

    `kind` is `full` (all rows) or `delta` (rows new or changed since the asked version, `removed` in the first part).
    `total` counts the rows of all parts; `items` and `digest` are of the whole book, to be checked before it is used.
    """

    version: str
    kind: Literal["full", "delta"]
    offset: int
    total: int
    rows: tuple[PriceRow, ...]
    offers: tuple[OfferRow, ...] = ()
    """Those follow the rows, and count with them in `offset`, `total` and `items`."""
    removed: tuple[str, ...] = ()
    items: int
    digest: str
    tally: str | msgspec.UnsetType = msgspec.UNSET
    """`kiosk.wire.tally` of the whole book, by which changes are checked without reading all of it; not there: nobody
    asked for it, or the store does not know it."""


class StaffAsk(_Lookup, frozen=True, kw_only=True):
    """Who may sign in?"""


class StaffEntry(_Lookup, frozen=True, kw_only=True):
    """One person. `pin_hash`: Argon2id in PHC string format."""

    id: str
    name: str
    role: str
    """cashier, supervisor, manager or operator; one that the till does not know may nothing there."""
    pin_hash: str
    badge: str = ""


class StaffAnswer(_Lookup, frozen=True, kw_only=True):
    """Everybody, kept by the till for when the store is away."""

    staff: tuple[StaffEntry, ...]


class PictureAsk(_Lookup, frozen=True, kw_only=True):
    """Bytes from `offset` on of the picture at this address. `sha256`: of the one that the till has; empty: none."""

    url: str
    sha256: str = ""
    offset: int = 0


class PicturePart(_Lookup, frozen=True, kw_only=True):
    """One part of it (base64); no content if the till has it already, whose `sha256` it then is. `size` is the whole's.

    Like a price book: if another `sha256` comes back, the store has moved on and the copy begins anew.
    """

    sha256: str
    size: int
    offset: int
    content: bytes = b""


class UpdateAsk(_Lookup, frozen=True, kw_only=True):
    """Bytes from `offset` on of the bundle with this SHA-256, which a command has named."""

    sha256: str
    offset: int = 0


class UpdatePart(_Lookup, frozen=True, kw_only=True):
    """One part of it (base64). `size` is the whole's."""

    sha256: str
    size: int
    offset: int
    content: bytes


class ItemRow(_Lookup, frozen=True, kw_only=True):
    """The row that the price book lists under one of the asked spellings; None: none. `version` is the book's.

    `offers` are those that may be about it.
    """

    version: str
    row: PriceRow | None = None
    offers: tuple[OfferRow, ...] = ()


class CertificateAsk(_Lookup, frozen=True, kw_only=True):
    """A new certificate for this till, before its own ends. `request`: PKCS #10 in PEM, of the key that it made."""

    request: str


class CertificateAnswer(_Lookup, frozen=True, kw_only=True):
    """It (PEM); the same again for the same key. The till that asks is the one that the broker let speak so."""

    certificate: str


KINDS: dict[str, tuple[type[msgspec.Struct], type[msgspec.Struct]]] = {
    "resume": (ResumeAsk, ResumeAnswer),
    "gaps": (GapsAsk, GapsAnswer),
    "price_book": (PriceBookAsk, PriceBookPart),
    "staff": (StaffAsk, StaffAnswer),
    "picture": (PictureAsk, PicturePart),
    "certificate": (CertificateAsk, CertificateAnswer),
    "config": (ConfigAsk, ConfigAnswer),
    "config_change": (ChangeAsk, ChangeAnswer),
    "log": (LogAsk, LogAnswer),
    "update": (UpdateAsk, UpdatePart),
    "gift_card": (GiftCardAsk, GiftCardAnswer),
    "customer": (MemberAsk, MemberAnswer),
    "sign_up": (SignUpAsk, SignUpAnswer),
    "coupon": (CouponAsk, CouponAnswer),
    "sale": (SaleAsk, SaleAnswer),
    "baskets": (BasketsAsk, BasketsAnswer),
    "basket": (BasketAsk, BasketAnswer),
    "email_receipt": (EmailAsk, EmailAnswer),
    "unknown_item": (ItemAsk, ItemRow),
    "exit_code": (ExitAsk, ExitAnswer),
}
"""`kind` -> (question, answer)."""

_KIND_OF = {lookup: kind for kind, pair in KINDS.items() for lookup in pair}
L = TypeVar("L", bound=msgspec.Struct)


class UnknownQuestion(Exception):
    """Nobody here can answer that; the message is one line for the asker."""


Lookup = (
    ResumeAsk | GapsAsk | PriceBookAsk | StaffAsk | PictureAsk | CertificateAsk
    | ConfigAsk | ChangeAsk | LogAsk | UpdateAsk
)  # fmt: skip
"""What a lane asks by itself, not in the middle of a visit."""


def question(id: str, lookup: Lookup | Question) -> Ask:
    """The message that asks it. `id` is the correlation id: unique on this till."""
    return Ask(id=id, kind=_KIND_OF[type(lookup)], data=_plain(lookup))


def answer(
    ask: Ask,
    lookup: ResumeAnswer
    | GapsAnswer
    | PriceBookPart
    | StaffAnswer
    | PicturePart
    | CertificateAnswer
    | ConfigAnswer
    | ChangeAnswer
    | LogAnswer
    | UpdatePart
    | ItemRow
    | StoreAnswer,
) -> Answer:
    """The message that answers it."""
    return Answer(id=ask.id, kind=ask.kind, data=_plain(lookup))


def no_answer(ask: Ask, error: str) -> Answer:
    """The message that says why there is no answer."""
    return Answer(id=ask.id, kind=ask.kind, error=error)


def asked(ask: Ask) -> Any:
    """The typed question. UnknownQuestion if its kind or its data is none of ours."""
    if ask.kind not in KINDS:
        raise UnknownQuestion(f"this store does not know the question {ask.kind!r}")
    try:
        return msgspec.convert(ask.data, KINDS[ask.kind][0])
    except msgspec.ValidationError as error:
        raise UnknownQuestion(f"{ask.kind}: {error}") from error


def answered(answer: Answer, kind: type[L]) -> L | None:
    """The typed answer; None if the store had none or what it says cannot be read."""
    if answer.error or _KIND_OF[kind] != answer.kind:
        return None
    try:
        return msgspec.convert(answer.data, kind)
    except msgspec.ValidationError:
        return None


def answer_to(lookup: Lookup, answer: Answer) -> Any:
    """The typed answer to this question; None likewise."""
    return answered(answer, KINDS[_KIND_OF[type(lookup)]][1])


def _plain(lookup: msgspec.Struct) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(lookup))  # tuples become lists
    return plain
