"""A machine shows a code, somebody types it at the store, and the machine is a till; nobody else’s machine is one."""

import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from adopting import Shop, opened, real_now_utc_ms, request_of
from fastapi.testclient import TestClient
from patience import until
from sqlalchemy.engine import Engine

from kiosk.app import adopting as machine
from kiosk.app import introducing, known_store
from kiosk.app.config import read_config
from kiosk.app.introducing import USUAL_STORE, Introducer, finish, link_of
from kiosk.app.known_store import BOOT_FILE, told_store
from kiosk.app.troubles import Trouble
from kiosk.ui.screens.adoption import Standing
from kiosk.ui.transcript import transcript
from kiosk.ui.window import Window
from kiosk.wire import introduction as wire
from kiosk.wire.adoption import BadCode
from store import introductions
from store.adoption import CannotAdopt, WrongCode, certificates
from store.api import make_app
from store.certificates import NotOurs, common_name, hosts_of
from store.founding import USUAL_NAME
from store.introductions import HEARD_MS, MOST_OF_ONE, Done, TooMany, Wish, knock, waiting
from store.users import add_user

CHANCE = b"\x11\x22\x33\x44\x55"


@pytest.fixture
def door(tmp_path: Path, engine: Engine) -> Iterator[Shop]:
    with opened(Shop(tmp_path / "shop", engine, real_now_utc_ms())) as shop:
        yield shop


def arrived(shop: Shop, folder: Path, chance: bytes = CHANCE) -> Introducer:
    return Introducer(folder, lambda: shop.url, lambda count: chance[:count])


def shows(introducer: Introducer, now_ms: int = 0) -> Standing:
    standing = introducer.turn(now_ms)
    assert isinstance(standing, Standing)
    return standing


def adopted(shop: Shop, code: str, till: str = "k02", *, replaces: bool = False) -> Done:
    wish = Wish(code, till, "u4", replaces)
    return introductions.adopt(shop.engine, shop.config, wish, shop.now_utc_ms, shop.parts.lanes.find)


# --- the whole way ----------------------------------------------------------------------------------------------------


def test_the_code_on_the_screen_makes_the_machine_a_till(door: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "machine"
    introducer = arrived(door, folder)
    standing = shows(introducer)
    (there,) = waiting(door.engine, door.now_utc_ms)
    assert there.number == standing.number and there.address == "127.0.0.1"
    assert shows(introducer, 2_000) == standing, "it shows the same until somebody has typed it"
    done = adopted(door, standing.code.lower().replace("-", " "))
    assert (done.till, done.number, done.begins) == ("k02", standing.number, 0)
    assert not isinstance(introducer.turn(4_000), Standing)
    config = read_config(folder / "kiosk.toml")
    assert (config.lane.store, config.lane.till, config.lane.name) == ("s001", "k02", "Corner shop")
    assert common_name((folder / "till.crt").read_bytes()) == "s001/k02"
    assert [(one.till, one.how) for one in certificates(door.engine)] == [("k02", "adopted")]
    assert not waiting(door.engine, door.now_utc_ms)


def test_the_books_and_the_line_never_have_the_code(door: Shop, tmp_path: Path) -> None:
    code = wire.typed(shows(arrived(door, tmp_path / "machine")).code)
    with door.engine.connect() as connection:
        (row,) = connection.execute(introductions.introduction.select()).mappings()
    assert code not in str(dict(row))


def test_of_two_machines_the_one_whose_code_is_typed_is_meant(door: Shop, tmp_path: Path) -> None:
    one, other = arrived(door, tmp_path / "one"), arrived(door, tmp_path / "other", b"\x99\x88\x77\x66\x55")
    first, second = shows(one), shows(other)
    assert first.number != second.number
    assert adopted(door, second.code).number == second.number
    assert shows(one) == first and not isinstance(other.turn(0), Standing)


def test_a_wrong_code_adopts_nobody_and_a_code_is_used_once(door: Shop, tmp_path: Path) -> None:
    standing = shows(arrived(door, tmp_path / "machine"))
    wrong = ("0" if standing.code[0] != "0" else "1") + standing.code[1:]
    with pytest.raises(WrongCode, match="no machine that waits here shows this code"):
        adopted(door, wrong)
    with pytest.raises(BadCode, match="8 characters"):
        adopted(door, "7K2M")
    adopted(door, standing.code)
    with pytest.raises(WrongCode):
        adopted(door, standing.code, "k03")
    assert [one.till for one in certificates(door.engine)] == ["k02"]


def test_after_half_an_hour_there_is_another_code(door: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "machine"
    chances = iter((CHANCE, b"\x01\x02\x03\x04\x05"))
    introducer = Introducer(folder, lambda: door.url, lambda _: next(chances))
    old, new = shows(introducer), shows(introducer, wire.LIFE_MS)
    assert old.code != new.code and old.number == new.number
    with pytest.raises(WrongCode):
        adopted(door, old.code)
    assert adopted(door, new.code).till == "k02"


# --- power cuts -------------------------------------------------------------------------------------------------------


def test_a_machine_that_lost_its_power_before_the_answer_shows_another_code(door: Shop, tmp_path: Path) -> None:
    """The store has given it a certificate for its key; typed anew, it gives the same again."""
    folder = tmp_path / "machine"
    before = shows(arrived(door, folder))
    adopted(door, before.code)
    again = arrived(door, folder, b"\x0a\x0b\x0c\x0d\x0e")
    standing = shows(again)
    assert standing.number == before.number, "it is the same machine"
    adopted(door, standing.code)
    assert not isinstance(again.turn(0), Standing)
    assert len(certificates(door.engine)) == 1


@pytest.mark.parametrize("left", ["kiosk.toml.new", "ca.crt", "till.crt"])
def test_power_lost_in_the_middle_of_writing_is_finished_or_begun_again(
    door: Shop, tmp_path: Path, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "machine"
    introducer = arrived(door, folder)
    adopted(door, shows(introducer).code)
    _cut_after(left, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        introducer.turn(0)
    monkeypatch.undo()
    assert not (folder / "kiosk.toml").exists(), "nothing starts with half of it"
    finished = finish(folder)
    assert finished == (left == "till.crt")
    if not finished:
        again = arrived(door, folder, b"\x0a\x0b\x0c\x0d\x0e")
        adopted(door, shows(again).code)
        assert not isinstance(again.turn(0), Standing)
    assert read_config(folder / "kiosk.toml").lane.till == "k02"
    assert len(certificates(door.engine)) == 1, "it is the same machine, with the same key"


def _cut_after(left: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The power goes when this file has been written."""
    written, replace = machine.written, Path.replace

    def cut(path: Path, *what: object, **more: object) -> None:
        written(path, *what, **more)  # type: ignore[arg-type]
        if path.name == left:
            raise KeyboardInterrupt

    def not_replaced(path: Path, to: Path) -> Path:
        if to.name == "kiosk.toml":
            raise KeyboardInterrupt
        return replace(path, to)

    monkeypatch.setattr(machine, "written", cut)
    monkeypatch.setattr(Path, "replace", not_replaced)


# --- whom to believe --------------------------------------------------------------------------------------------------


def test_a_store_that_does_not_know_the_code_adopts_nothing(door: Shop, tmp_path: Path) -> None:
    """It has the request and says yes to it; but nobody has typed the code there."""
    folder = tmp_path / "machine"
    introducer = arrived(door, folder)
    shows(introducer)
    with door.engine.begin() as connection:
        lies = {"till": "k02", "answer": '{"store":"s001"}', "answer_proof": "0" * 64}
        connection.execute(introductions.introduction.update().values(**lies))
    standing = shows(introducer)
    assert "answered without knowing the code" in " ".join(standing.trouble)
    assert not (folder / "kiosk.toml").exists()


def test_somebody_between_machine_and_store_is_found_out(door: Shop, tmp_path: Path, engine: Engine) -> None:
    """They show the machine an authority of their own, and hand its request on."""
    with opened(Shop(tmp_path / "between", engine, door.now_utc_ms)) as between:
        standing = shows(arrived(between, tmp_path / "machine"))
        with pytest.raises(WrongCode, match="somebody stands between"):
            adopted(door, standing.code)
    assert not certificates(door.engine)


def test_a_phone_is_only_led_to_the_store_that_was_asked() -> None:
    ours = link_of("https://kassa.local:8443", "https://kassa.local:8080", "4F7T", "7K2M9QPD")
    assert ours == "https://kassa.local:8080/adopt?machine=4F7T&code=7K2M9QPD"
    for console in ("", "https://elsewhere.example", "javascript://kassa.local/x", "https://[", "kassa.local"):
        assert link_of("https://kassa.local:8443", console, "4F7T", "7K2M9QPD") == "7K2M-9QPD"


def test_the_list_of_those_who_wait_is_short_and_the_silent_make_room(door: Shop) -> None:
    for _ in range(MOST_OF_ONE):
        knock(door.engine, door.config, request_of(), "0" * 64, "192.0.2.1", door.now_utc_ms)
    with pytest.raises(TooMany, match="too many new machines"):
        knock(door.engine, door.config, request_of(), "0" * 64, "192.0.2.1", door.now_utc_ms)
    knock(door.engine, door.config, request_of(), "0" * 64, "192.0.2.2", door.now_utc_ms)
    door.now_utc_ms += HEARD_MS
    assert not waiting(door.engine, door.now_utc_ms)
    knock(door.engine, door.config, request_of(), "0" * 64, "192.0.2.1", door.now_utc_ms)
    with pytest.raises(NotOurs):
        knock(door.engine, door.config, b"", "0" * 64, "192.0.2.1", door.now_utc_ms)


@pytest.mark.parametrize(("till", "replaces", "says"), [("K 2", False, "no name"), ("k09", True, "knows no k09")])
def test_a_name_that_does_not_fit_is_refused_and_the_code_still_works(
    door: Shop, tmp_path: Path, till: str, replaces: bool, says: str
) -> None:
    code = shows(arrived(door, tmp_path / "machine")).code
    with pytest.raises(CannotAdopt, match=says):
        adopted(door, code, till, replaces=replaces)
    assert adopted(door, code).till == "k02"


# --- where the store is -----------------------------------------------------------------------------------------------


def test_the_address_stands_in_a_file_that_an_operator_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KASSA_STORE", raising=False)
    monkeypatch.setattr(known_store, "BOOT_FILE", tmp_path / BOOT_FILE.name)
    assert told_store(tmp_path) == ""
    nowhere = shows(Introducer(tmp_path, lambda: "", lambda count: CHANCE[:count], "https://127.0.0.1:1"))
    assert BOOT_FILE.name in " ".join(nowhere.trouble) and str(tmp_path / "store.txt") in " ".join(nowhere.trouble)
    damaged = Trouble("data", "The card is damaged", ("Nothing could be read.",), stops=True)
    told = shows(Introducer(tmp_path, lambda: "", lambda count: CHANCE[:count], "https://127.0.0.1:1", why=damaged))
    assert told.title == "The card is damaged" and told.trouble[0] == "Nothing could be read."
    (tmp_path / BOOT_FILE.name).write_bytes("\ufeffhttps://kassa.local:8443\r\n".encode())
    assert told_store(tmp_path) == "https://kassa.local:8443"
    (tmp_path / "store.txt").write_text("https://nearer.local:8443\n")
    assert told_store(tmp_path) == "https://nearer.local:8443"
    monkeypatch.setenv("KASSA_STORE", "https://named.local:8443")
    assert told_store(tmp_path) == "https://named.local:8443"


def test_a_machine_that_nobody_has_told_anything_asks_for_the_usual_name(door: Shop, tmp_path: Path) -> None:
    assert urlsplit(USUAL_STORE).hostname == USUAL_NAME
    assert USUAL_NAME in hosts_of((door.folder / "console.crt").read_bytes())
    assert shows(Introducer(tmp_path, lambda: "", lambda count: CHANCE[:count], door.url)).code


def test_a_store_that_is_away_is_told_in_words(tmp_path: Path) -> None:
    standing = shows(Introducer(tmp_path, lambda: "https://127.0.0.1:1", lambda count: CHANCE[:count]))
    assert not standing.code and "cannot be reached" in standing.trouble[0]
    standing = shows(Introducer(tmp_path, lambda: "kassa.local", lambda count: CHANCE[:count]))
    assert "is no address such as https://" in standing.trouble[0]


# --- the process ------------------------------------------------------------------------------------------------------


def test_the_process_shows_the_code_until_somebody_has_typed_it(
    door: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KASSA_STORE", door.url)
    monkeypatch.setattr(introducing.wire, "new_code", lambda _: "7K2M9QPD")
    monkeypatch.setattr(introducing.signal, "signal", lambda *_: None)
    shown: list[str] = []
    show = Window.show
    monkeypatch.setattr(Window, "show", lambda self, scene: shown.append(transcript(scene)) or show(self, scene))

    def somebody() -> None:
        until(lambda: bool(waiting(door.engine, door.now_utc_ms)), "no machine waits")
        adopted(door, "7K2M-9QPD")

    operator = threading.Thread(target=somebody)
    operator.start()
    assert introducing.run(tmp_path / "machine/kiosk.toml", headless=True)
    operator.join()
    assert read_config(tmp_path / "machine/kiosk.toml").lane.till == "k02"
    assert "7K2M-9QPD" in "".join(shown)


# --- for programs -----------------------------------------------------------------------------------------------------


def test_a_program_adopts_with_an_operators_pin(door: Shop, tmp_path: Path) -> None:
    add_user(door.engine, "Otto", "operator", "9753", any_pin=True)
    standing = shows(arrived(door, tmp_path / "machine"))
    client = TestClient(make_app(door.parts))
    (listed,) = client.get("/api/v1/introductions").json()
    assert listed["number"] == standing.number and "proof" not in listed
    wish = {"code": standing.code, "till": "k02", "pin": "9753"}
    assert client.post("/api/v1/introductions", json={**wish, "code": "00000000"}).status_code == 409
    made = client.post("/api/v1/introductions", json=wish)
    assert made.status_code == 201 and made.json()["till"] == "k02"
