"""Whose slips are believed: a machine with one of the keys, and only for what it signed."""

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.app.slip_keys import demo_key, sign, slip_keys, slip_signer
from kiosk.values.deposit_slip import DepositSlip, read
from kiosk.values.settings import BadSettings

DAY = date(2026, 11, 26)
MACHINE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def slip(key: Ed25519PrivateKey, amount_minor: int = 1_200) -> DepositSlip:
    found = read(sign(key, "KD-1", 1_200, "SEK", DAY).replace(".1200.", f".{amount_minor}."))
    assert found is not None
    return found


def pem(path: Path) -> str:
    shape = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    path.write_bytes(MACHINE.public_key().public_bytes(*shape))
    return str(path)


def test_a_machine_whose_key_is_here_is_believed(tmp_path: Path) -> None:
    keys = slip_keys([pem(tmp_path / "machine.pem"), "demo"])
    assert keys.believes(slip(MACHINE))
    assert keys.believes(slip(demo_key()))
    assert not keys.believes(slip(MACHINE, amount_minor=9_900))


def test_no_other_is(tmp_path: Path) -> None:
    assert not slip_keys([pem(tmp_path / "machine.pem")]).believes(slip(demo_key()))
    assert not slip_keys([]).believes(slip(MACHINE))


def test_a_key_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"nothing\.pem"):
        slip_keys([str(tmp_path / "nothing.pem")])


def test_what_a_lane_signs_every_lane_with_its_key_believes(tmp_path: Path) -> None:
    shape = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (tmp_path / "private.pem").write_bytes(MACHINE.private_bytes(*shape))
    signs = slip_signer(str(tmp_path / "private.pem"))
    assert signs is not None
    found = read(signs("KD-k01-17-4F0A93C2E81B", 2_400, "SEK", DAY))
    assert found is not None
    assert slip_keys([pem(tmp_path / "public.pem")]).believes(found)
    assert slip_signer("") is None


def test_a_signing_key_that_cannot_be_read_is_named_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match=r"deposits\.signing_key_file"):
        slip_signer(str(tmp_path / "nothing.pem"))
