"""The encryption of nexo, judged twice: by the vendor's own library, and by openssl.

The library runs under Node, which nothing else here needs: `vectors/make.js` says how it made `vectors/official.json`,
with nonces that were fixed, so that what it made can be compared with ours byte by byte.
"""

import json
import subprocess
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card_terminal.nexo import crypto
from drivers.card_terminal.nexo.binding import NotNexo
from drivers.card_terminal.nexo.json_binding import JsonBinding, Key
from drivers.card_terminal.nexo.simulated.speech import Asked, Said
from drivers.card_terminal.nexo.simulated.wire_json import Sealed

OFFICIAL = json.loads((Path(__file__).parent / "vectors" / "official.json").read_text())["cases"]
PASSPHRASE = "mysupersecretpassphrase"
KEYS = crypto.derive(PASSPHRASE)
HEADER = {"MessageCategory": "Login", "ServiceID": "1", "SaleID": "s", "POIID": "p"}
"""Enough for a binding, which does not look at it."""


def by_name(case: dict[str, Any]) -> str:
    return str(case["what"])


@pytest.mark.parametrize("case", OFFICIAL, ids=by_name)
def test_our_seal_is_the_vendors_byte_by_byte(case: dict[str, Any]) -> None:
    keys, trailer = crypto.derive(case["passphrase"]), case["sealed"]["SecurityTrailer"]
    assert (keys.hmac.hex(), keys.aes.hex(), keys.iv.hex()) == tuple(
        case["derived"][name] for name in ("hmacKey", "cipherKey", "iv")
    )
    plain, nonce = case["plain"].encode(), bytes.fromhex(case["nonce"])
    assert crypto.encrypt(keys, plain, nonce) == b64decode(case["sealed"]["NexoBlob"])
    assert crypto.mac(keys, plain) == b64decode(trailer["Hmac"])


@pytest.mark.parametrize("case", [case for case in OFFICIAL if "Response" in case["plain"]], ids=by_name)
def test_what_the_vendor_seals_we_read(case: dict[str, Any]) -> None:
    binding = JsonBinding(Key(case["key_id"], case["key_version"], case["passphrase"]), bytes)
    message = binding.decode(json.dumps({"SaleToPOIResponse": case["sealed"]}).encode())
    assert message == json.loads(case["plain"])["SaleToPOIResponse"]


def test_what_the_vendors_client_asks_our_terminal_reads() -> None:
    case = next(case for case in OFFICIAL if "request" in case["what"])
    sealed = Sealed(case["key_id"], case["key_version"], case["passphrase"])
    asked = sealed.read(json.dumps({"SaleToPOIRequest": case["sealed"]}).encode())
    assert asked is not None
    assert (asked.category, asked.service_id, asked.fields["amount"]) == ("Payment", "0000000005", "32.9")


def openssl(*arguments: str, data: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True, timeout=20).stdout


def test_openssl_derives_the_same_keys() -> None:
    options = ("digest:SHA1", f"pass:{PASSPHRASE}", "salt:AdyenNexoV1Salt", "iter:4000")
    wanted = [word for option in options for word in ("-kdfopt", option)]
    made = openssl("kdf", "-keylen", "80", *wanted, "PBKDF2").decode().strip().replace(":", "").lower()
    assert made == (KEYS.hmac + KEYS.aes + KEYS.iv).hex()


def test_openssl_reads_a_whole_request_of_ours() -> None:
    nonce = bytes(range(100, 116))
    body = JsonBinding(Key("k", 1, PASSPHRASE), lambda size: nonce[:size]).encode({"MessageHeader": HEADER})
    sealed = json.loads(body)["SaleToPOIRequest"]
    assert b64decode(sealed["SecurityTrailer"]["Nonce"]) == nonce
    iv = bytes(one ^ other for one, other in zip(KEYS.iv, nonce, strict=True))
    keys = ("-K", KEYS.aes.hex(), "-iv", iv.hex())
    plain = openssl("enc", "-d", "-aes-256-cbc", *keys, data=b64decode(sealed["NexoBlob"]))
    assert json.loads(plain) == {"SaleToPOIRequest": {"MessageHeader": HEADER}}
    mac = openssl("dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{KEYS.hmac.hex()}", "-binary", data=plain)
    assert mac == b64decode(sealed["SecurityTrailer"]["Hmac"])


def test_openssl_seals_and_we_read() -> None:
    plain = json.dumps({"SaleToPOIResponse": {"MessageHeader": HEADER}}).encode()
    keys = ("-K", KEYS.aes.hex(), "-iv", KEYS.iv.hex())
    blob = openssl("enc", "-aes-256-cbc", *keys, data=plain)
    mac = openssl("dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{KEYS.hmac.hex()}", "-binary", data=plain)
    assert crypto.decrypt(KEYS, blob, bytes(16), mac) == plain


@settings(max_examples=500)
@given(plain=st.binary(max_size=200), nonce=st.binary(min_size=16, max_size=16))
def test_what_is_sealed_is_opened(plain: bytes, nonce: bytes) -> None:
    assert crypto.decrypt(KEYS, crypto.encrypt(KEYS, plain, nonce), nonce, crypto.mac(KEYS, plain)) == plain


@settings(max_examples=500)
@given(
    plain=st.binary(max_size=200),
    nonce=st.binary(min_size=16, max_size=16),
    where=st.integers(min_value=0),
    bit=st.integers(0, 7),
)
def test_one_changed_bit_is_seen_wherever_it_is(plain: bytes, nonce: bytes, where: int, bit: int) -> None:
    parts = [crypto.encrypt(KEYS, plain, nonce), nonce, crypto.mac(KEYS, plain)]
    part = where % 3
    changed = bytearray(parts[part])
    changed[where % len(changed)] ^= 1 << bit
    parts[part] = bytes(changed)
    with pytest.raises(crypto.NotAuthentic):
        crypto.decrypt(KEYS, *parts)


@pytest.mark.parametrize("nonce", [b"", bytes(15), bytes(17)])
def test_a_nonce_of_another_length_is_none(nonce: bytes) -> None:
    with pytest.raises(crypto.NotAuthentic):
        crypto.decrypt(KEYS, bytes(16), nonce, bytes(32))


def answer(bad: Any = "") -> bytes:
    return Sealed("k", 1, PASSPHRASE).write(Said(Asked("Login", "1", "s", "p", {})), bad)


def test_an_answer_that_was_recorded_is_not_believed_again() -> None:
    binding = JsonBinding(Key("k", 1, PASSPHRASE), bytes)
    recorded = answer()
    binding.decode(recorded)
    with pytest.raises(NotNexo, match="old one"):
        binding.decode(recorded)


def test_our_own_nonce_is_no_answers() -> None:
    binding, terminal = JsonBinding(Key("k", 1, PASSPHRASE), bytes), Sealed("k", 1, PASSPHRASE)
    request = {"MessageHeader": HEADER, "LoginRequest": {}}
    assert terminal.read(binding.encode(request)) is not None
    with pytest.raises(NotNexo, match="old one"):
        binding.decode(terminal.write(Said(Asked("Login", "1", "s", "p", {})), "echo"))


@pytest.mark.parametrize("bad", ["wrong mac", "other key", "in the clear"])
def test_what_was_not_made_with_our_key_says_nothing(bad: str) -> None:
    with pytest.raises(NotNexo):
        JsonBinding(Key("k", 1, PASSPHRASE), bytes).decode(answer(bad))


def test_a_wrong_passphrase_is_told_in_words() -> None:
    with pytest.raises(NotNexo, match="compare passphrase, key_id and key_version"):
        JsonBinding(Key("k", 1, "another"), bytes).decode(answer())
