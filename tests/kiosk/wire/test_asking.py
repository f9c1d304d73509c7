"""Questions and answers survive the way, and what is not understood is said in words."""

import msgspec
import pytest

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
    KeptBasket,
    LineUnits,
    MemberAnswer,
    MemberAsk,
    SaleAnswer,
    SaleAsk,
    SignUpAnswer,
    SignUpAsk,
    Wanted,
)
from kiosk.values.barcode import Barcode
from kiosk.wire import asking, configuring
from kiosk.wire.messages import Answer, Ask
from kiosk.wire.price_csv import PriceRow

ANSWERS = [
    (asking.GapsAsk(), asking.GapsAnswer(sequences=(7, 4))),
    (asking.ResumeAsk(), asking.ResumeAnswer(sequence=42, hash="ab", name="Shop", public_url="https://r.example")),
    (
        asking.PriceBookAsk(since="1"),
        asking.PriceBookPart(
            version="2", kind="delta", offset=0, total=1, removed=("4011",), items=1, digest="ab",
            rows=(PriceRow(plu="4012", name="Oranges", price_minor=2690, sold_by="kg", tax_class="food"),),
        ),
    ),
    (
        asking.StaffAsk(),
        asking.StaffAnswer(staff=(asking.StaffEntry(id="u1", name="Eva", role="cashier", pin_hash="$argon2id$"),)),
    ),
    (
        asking.PictureAsk(url="https://pictures.example/rye.png", sha256="ab", offset=3),
        asking.PicturePart(sha256="cd", size=6, offset=3, content=b"\x89PN"),
    ),
    (asking.CertificateAsk(request="-----BEGIN"), asking.CertificateAnswer(certificate="-----BEGIN")),
    (
        configuring.ConfigAsk(
            digest="ab", text="[lane]", change="cfg-1", stage="refused", why="lane.till: too long", line=3,
            keys=(configuring.KnownKey(path="lane.mode", kind="choice", choices=("live", "demo"), default='"live"'),),
        ),
        configuring.ConfigAnswer(known=True, ours=True, wanted="cfg-2"),
    ),
    (configuring.ChangeAsk(change="cfg-2"), configuring.ChangeAnswer(text="[lane]")),
    (configuring.LogAsk(order="c-1", text="{}"), configuring.LogAnswer()),
    (
        asking.UpdateAsk(sha256="ab", offset=3),
        asking.UpdatePart(sha256="ab", size=6, offset=3, content=b"hsq"),
    ),
    (
        GiftCardAsk(number="KG-1", currency="SEK", hold_minor=5000),
        GiftCardAnswer(state="ok", balance_minor=2000, held_minor=5000),
    ),
    (
        MemberAsk(key="KM-1"),
        MemberAnswer(state="ok", member="m7", groups=("members",), points=3, receipt="qr", first_name="Sam"),
    ),
    (
        SignUpAsk(contact="0701234567", text="1", language="sv", marketing=True, receipt="qr", sale="s001/k01/x/1"),
        SignUpAnswer(state="ok", member="m7", groups=("members",)),
    ),
    (CouponAsk(code="KC-TEN-1", offer="ten"), CouponAnswer(state="ok", held=True)),
    (EmailAsk(sale="s001/k01/2026-11-24/000001", address="sam@example.com"), EmailAnswer(state="ok")),
    (
        ItemAsk(keys=("09520001220012", "9520001220012"), label=Barcode(gtin="09520001220012", batch="L1")),
        asking.ItemRow(version="8", row=PriceRow(gtin="9520001220012", name="Beef", price_minor=1, tax_class="food")),
    ),
    (BasketsAsk(), BasketsAnswer(baskets=(KeptBasket("k01", "7QF2", 3, 5990, 1),), gone=("GT33",))),
    (BasketAsk(till="k01", code="7QF2"), BasketAnswer(state="ok", basket={"lines": []})),
    (ExitAsk(code="7QF2"), ExitAnswer(state="valid")),
    (SaleAsk(find="k01/42", take=(Wanted(1, 2),)), SaleAnswer(state="gone", gone=(LineUnits(1, (0, 2)),))),
]  # fmt: skip


@pytest.mark.parametrize(("lookup", "found"), ANSWERS)
def test_a_question_and_its_answer_survive_the_way(lookup: asking.ResumeAsk, found: asking.ResumeAnswer) -> None:
    sent = asking.question("7", lookup)
    received = msgspec.json.decode(msgspec.json.encode(sent), type=Ask)
    assert asking.asked(received) == lookup
    answer = msgspec.json.decode(msgspec.json.encode(asking.answer(received, found)), type=Answer)
    assert answer.id == "7"
    assert asking.answered(answer, type(found)) == found


def test_every_kind_is_tried() -> None:
    assert {asking.question("1", lookup).kind for lookup, _ in ANSWERS} == set(asking.KINDS)


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (Ask(id="1", kind="horoscope"), "does not know"),
        (Ask(id="1", kind="price_book", data={"offset": "many"}), "price_book"),
    ],
)
def test_a_question_that_nobody_understands_is_told_so(ask: Ask, why: str) -> None:
    with pytest.raises(asking.UnknownQuestion, match=why):
        asking.asked(ask)


def test_no_answer_is_no_answer() -> None:
    ask = asking.question("1", asking.ResumeAsk())
    assert asking.answered(asking.no_answer(ask, "not now"), asking.ResumeAnswer) is None
    other = asking.answer(ask, asking.ResumeAnswer(sequence=1, hash=""))
    assert asking.answered(other, asking.StaffAnswer) is None
    assert asking.answered(Answer(id="1", kind="resume", data={"sequence": "one"}), asking.ResumeAnswer) is None
