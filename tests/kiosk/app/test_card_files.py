"""Card files: what an operator has put onto a card is looked at before it is a till's."""

from pathlib import Path

import pytest

from kiosk.app.card_files import CONFIG, Refused, checked
from kiosk.app.config import read_config
from store.founding import Plan, add_till, found

NOW_UTC_MS = 1_790_000_000_000


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "here"
    found(folder, Plan("s001", "Corner", "kassa.local", ("k01",)), NOW_UTC_MS)
    add_till(folder, "k02", NOW_UTC_MS)
    return folder


@pytest.fixture
def card(shop: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    for path in (shop / "tills/k01").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


def refusal(card: Path, own: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        checked(card, own)
    return caught.value


def test_what_store_init_makes_is_right_as_it_is(card: Path, own: Path) -> None:
    assert checked(card, own) == (card / CONFIG).read_text()


def test_a_file_that_windows_has_marked_is_read_like_any_other(card: Path, own: Path) -> None:
    text = (card / CONFIG).read_text()
    (card / CONFIG).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    (own / CONFIG).write_text(checked(card, own))
    assert read_config(own / CONFIG).lane.till == "k01"
    (card / CONFIG).write_bytes(text.encode("utf-16"))
    assert "is not written in UTF-8" in str(refusal(card, own))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('till = "k01"', 'tll = "k01"'), "kiosk.toml, line 5: lane.tll is not a setting; did you mean till?"),
        (('"till.crt"', '"tlil.crt"'), "kiosk.toml, line 15: link.cert: there is no file tlil.crt"),
        (("[link]", "[link"), "kiosk.toml, line 12: this is not TOML"),
        (('"till.crt"', '"ca.key"'), "there is no file ca.key"),
        (('key = "till.key"', ""), "kiosk.toml, line 15: link.cert: cert and key go together"),
        (('cert = "till.crt"', 'cert = "ca.crt"'), "till.key is not the key of ca.crt"),
        (('[link]', '[devices.scanner]\ndriver = "serail"\n[link]'), "kiosk.toml, line 13: devices.scanner"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_line_and_key(
    card: Path, own: Path, change: tuple[str, str], says: str
) -> None:
    (card / CONFIG).write_text((card / CONFIG).read_text().replace(*change))
    assert str(refusal(card, own)).startswith(says) or says in str(refusal(card, own))


def test_another_tills_certificate_is_told_by_its_name(card: Path, own: Path, shop: Path) -> None:
    for name in ("till.crt", "till.key"):
        (card / name).write_bytes((shop / "tills/k02" / name).read_bytes())
    found = refusal(card, own)
    assert "till.crt is s001/k02's, and this file is s001/k01's" in str(found) and found.kind == "identity"
    (card / "till.crt").write_text("no certificate")
    assert "till.crt is no certificate in PEM" in str(refusal(card, own))


def test_new_settings_of_the_same_till_do_not_end_its_adoption(card: Path, own: Path) -> None:
    for path in card.iterdir():
        (own / path.name).write_bytes(path.read_bytes())
    text = (own / CONFIG).read_text() + 'succession = "succession.json"\n'
    (own / CONFIG).write_text(text)
    for name in ("ca.crt", "till.crt", "till.key"):
        (card / name).unlink()
    (card / CONFIG).write_text('[lane]\nstore = "s001"\ntill = "k01"\nname = "New name"\n')
    (own / CONFIG).write_text(checked(card, own))
    after = read_config(own / CONFIG)
    assert after.lane.name == "New name"
    assert (after.link.broker, after.link.cert) == ("mqtts://kassa.local:8883", str(own / "till.crt"))
    assert after.link.succession == str(own / "succession.json"), (
        "or a machine that took another's place used numbers twice"
    )


def test_a_machine_that_has_sold_is_not_made_another_till(card: Path, own: Path, tmp_path: Path) -> None:
    journal = tmp_path / "kiosk.db"
    (own / CONFIG).write_text(f'[lane]\nstore = "s001"\ntill = "k07"\n[storage]\npath = "{journal}"\n')
    assert checked(card, own), "it has not sold yet"
    journal.write_text("what it has sold")
    (card / CONFIG).write_text(f'{(card / CONFIG).read_text()}[storage]\npath = "{journal}"\n')
    assert "kiosk.toml, line 5: lane.till: 'k07' is who this lane is" in str(refusal(card, own))
