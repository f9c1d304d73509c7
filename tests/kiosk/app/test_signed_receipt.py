"""Signed receipts: true as they are, and false as soon as one letter is another."""

from pathlib import Path

import pytest
import segno
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from hypothesis import given
from hypothesis import strategies as st
from receipts_of import BASKET, BREAD, LONG, sold

from kiosk.__main__ import main
from kiosk.app.signed_receipt import (
    public_key,
    receipt_signer,
    screen_signer,
    sign,
    sign_lines,
    verify,
)
from kiosk.checkout.basket import Line
from kiosk.ui.codes import code
from kiosk.values.settings import BadSettings
from kiosk.wire.signed_receipt import DEMO, ROOM, NotSigned

KEY = Ed25519PrivateKey.from_private_bytes(b"0" * 32)
SALE = sold(*BASKET)
TEXT = sign(SALE, KEY)


def test_it_says_what_was_bought() -> None:
    content = verify(TEXT, KEY.public_key())
    assert (content.sale, content.due_minor, content.hash) == (SALE.key, SALE.totals.due_minor, SALE.chain.hash)
    assert [(i.name, i.count, i.weight_g, i.amount_minor, i.deposit_minor) for i in content.items] == [
        ("Råg & frö", 1, None, 3290, 0),
        ("Källvatten 50 cl", 12, None, 14280, 1200),
        ("Rött vin", 1, None, 9990, 0),
        ("Bananer", 1, 412, 1026, 0),
    ]


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("ABCxyz019-_.= \n€"))
def test_one_other_letter_is_found(place: int, letter: str) -> None:
    other = TEXT[:place] + letter + TEXT[place + 1 :]
    if other.strip() != TEXT:
        with pytest.raises(NotSigned):
            verify(other, KEY.public_key())


@given(st.text(max_size=80))
def test_anything_else_is_no_receipt(text: str) -> None:
    with pytest.raises(NotSigned):
        verify(text, KEY.public_key())


def test_another_shop_cannot_sign_for_this_one() -> None:
    with pytest.raises(NotSigned, match="another shop"):
        verify(sign(SALE, Ed25519PrivateKey.generate()), KEY.public_key())


@pytest.mark.parametrize("lines", [1, 8, 30, 200])
def test_a_long_receipt_drops_names_and_then_lines_and_always_fits(lines: int) -> None:
    sale = sold(*(Line(line=n, item=LONG if n % 2 else BREAD) for n in range(1, lines + 1)))
    text = sign(sale, KEY)
    assert len(text) <= 900
    assert verify(text, KEY.public_key()).due_minor == sale.totals.due_minor
    assert len(verify(sign(sale, KEY, room=10), KEY.public_key()).items) == 0


def test_the_screen_shows_all_lines_or_nothing() -> None:
    fits = [sold(*(Line(line=n, item=LONG) for n in range(1, lines + 1))) for lines in (1, 8, 200)]
    signed = screen_signer(DEMO)
    assert signed is not None
    assert [len(verify(text, public_key(DEMO)).items) for text in map(signed, fits) if text] == [1, 8]
    assert signed(fits[2]) == ""
    assert sign_lines(SALE, KEY) == TEXT == sign(SALE, KEY)
    assert screen_signer("") is None


def test_a_module_on_the_screen_is_three_pixels_even_when_the_receipt_fills_its_room() -> None:
    side = 376  # the code's square on 14b
    modules = segno.make("a" * ROOM, error="m", micro=False).symbol_size(border=4)[0]
    assert code("qr", "a" * ROOM, side, side).get_width() == 3 * modules


def test_the_command_tells(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    public = tmp_path / "public.pem"
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    public.write_bytes(KEY.public_key().public_bytes(serialization.Encoding.PEM, form))
    assert main(["receipt", "verify", TEXT, "--key", str(public)]) == 0
    assert "Källvatten 50 cl 12 14280 1200" in capsys.readouterr().out
    assert main(["receipt", "verify", TEXT[:-2], "--key", str(public)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["receipt", "verify", TEXT, "--key", str(tmp_path / "none.pem")]) == 2


def test_keys_that_are_none_are_refused(tmp_path: Path) -> None:
    rsa = tmp_path / "rsa.pem"
    plain = serialization.NoEncryption()
    rsa.write_bytes(
        generate_private_key(65537, 1024).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
        )
    )
    (tmp_path / "text.pem").write_text("no key")
    for file in (rsa, tmp_path / "text.pem", tmp_path / "none.pem"):
        with pytest.raises(BadSettings):
            receipt_signer(str(file))
        with pytest.raises(BadSettings):
            public_key(str(file))


def test_the_demo_has_a_key_of_its_own() -> None:
    signer = receipt_signer(DEMO)
    assert signer is not None and receipt_signer("") is None
    assert verify(signer(SALE), public_key(DEMO)).sale == SALE.key
