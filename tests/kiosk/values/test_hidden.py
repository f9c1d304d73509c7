"""What is secret in kiosk.toml never leaves the lane, and is there again when its settings come back."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.registry import DRIVERS
from kiosk.values.hidden import HIDDEN, hidden, revealed, secrets_of
from kiosk.values.settings import BadSettings

TEXT = """[link]
broker = "mqtts://till:hunter2@store.local:8883"
key = "/etc/kassa/till.key"
password_file = "/etc/kassa/password"
[devices.card_terminal]
driver = "zvt"
password = "271828"        # password = "314159"
passphrase = ""
[devices.qr_payment]
token = 'bearer me'
key = "/etc/kassa/pay.key"
[devices.cash_recycler.parts.notes]
key = "0123456701234567"
# key = "7654321076543210"
# key = "/etc/kassa/old.key"
# port = "https://me:mine@pay.example"
"""
SECRETS = ("hunter2", "271828", "314159", "bearer me", "0123456701234567", "7654321076543210", "me:mine")


def test_secrets_are_hidden_also_in_comments_and_the_rest_is_not() -> None:
    shown = hidden(TEXT)
    assert not [secret for secret in SECRETS if secret in shown]
    for kept in ("/etc/kassa/till.key", "/etc/kassa/password", "/etc/kassa/pay.key", "/etc/kassa/old.key", '"zvt"'):
        assert kept in shown
    assert 'passphrase = ""' in shown
    assert len(shown.splitlines()) == len(TEXT.splitlines())


def test_what_is_left_hidden_is_as_it_was_and_what_is_typed_is_new() -> None:
    assert tomllib.loads(revealed(hidden(TEXT), TEXT)) == tomllib.loads(TEXT)
    typed = hidden(TEXT).replace(f"token = {HIDDEN}", 'token = "another"')
    assert tomllib.loads(revealed(typed, TEXT))["devices"]["qr_payment"]["token"] == "another"


def test_hidden_where_the_lane_has_nothing_is_an_error_that_names_it() -> None:
    text = f"[devices.qr_payment]\ntoken = {HIDDEN}\n"
    with pytest.raises(BadSettings, match=r"devices\.qr_payment\.token"):
        revealed(text, "[devices.qr_payment]\n")


def test_what_is_no_toml_is_not_shown_at_all() -> None:
    with pytest.raises(BadSettings):
        hidden('password = "x\n')


def test_hiding_twice_hides_no_more() -> None:
    assert hidden(hidden(TEXT)) == hidden(TEXT)


@given(st.text(st.characters(blacklist_characters="\\\"'", min_codepoint=33, max_codepoint=126), min_size=12))
def test_no_password_gets_through(password: str) -> None:
    setting = f'password = "{password}"'
    text = f'[devices.card_terminal]\n{setting} # {setting}\nother = {{ token = "{password}" }}'
    assert password not in hidden(text)
    assert set(secrets_of(text)) == {password}


def test_every_setting_of_a_driver_that_sounds_secret_is_known() -> None:
    """A new driver with a secret of another name makes somebody think of it here."""
    import importlib

    modules = {driver.module for kind in DRIVERS.values() for driver in kind.values()}
    keys = {key for module in modules for key in importlib.import_module(module).Settings.__struct_fields__}
    sounds = {key for key in keys if any(word in key for word in ("pass", "secret", "token", "key", "pin", "auth"))}
    assert sounds == {"password", "passphrase", "token", "key", "key_id", "key_version", "pin"}
