"""The `store` command as a shopkeeper types it: it does the thing, or says in one line what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from selling import BREAD, NOW, WATER, Till, back, on, said

from kiosk.checkout.questions import LineUnits
from kiosk.wire.price_csv import read_csv
from store.__main__ import main
from store.database import open_books
from store.ingest import take
from store.users import everybody
from store.vouchers import find

CSV = """gtin,plu,name,price_minor,sold_by,tax_class,deposit_minor
9520000000011,,Rye bread,3290,each,food,
9520000000028,,Water,1190,each,food,100
,4011,Bananas,2490,kg,food,
"""


@pytest.fixture
def config(tmp_path: Path, existing_url: str) -> str:
    file = tmp_path / "store.toml"
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{existing_url}"\n')
    return str(file)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    file = tmp_path / "prices.csv"
    file.write_text(CSV)
    return file


def _said(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], list[str]]:
    out, err = capsys.readouterr()
    return out.splitlines(), err.splitlines()


def test_a_catalogue_goes_in_says_what_changed_and_comes_out_the_same(
    config: str, catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["catalogue", "import", str(catalogue), "--config", config]) == 0
    assert _said(capsys)[0][-1] == "price book 1: 3 added, 0 changed, 0 removed, 0 as they were"
    catalogue.write_text(CSV.replace("3290", "2990").replace("Water", "Spring water"))
    assert main(["catalogue", "import", str(catalogue), "--config", config]) == 0
    told = "\n".join(_said(capsys)[0])
    assert "price_minor 3290 -> 2990" in told and "name Water -> Spring water" in told and "2 changed" in told
    assert main(["catalogue", "export", "--config", config]) == 0
    exported, imported = read_csv(capsys.readouterr().out), read_csv(catalogue.read_text())
    assert exported == tuple(sorted(imported, key=lambda row: row.code))


def test_a_product_that_is_listed_twice_in_two_spellings_is_told(
    config: str, catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue.write_text(f"{CSV}012345678905,,Tea,4490,each,food,\n0012345678905,,Tea,4990,each,food,\n")
    assert main(["catalogue", "import", str(catalogue), "--config", config]) == 0
    told = _said(capsys)[0]
    assert told[0] == "note: 012345678905 is listed with leading zeros too; a scan sells that row"
    assert "5 added" in told[-1]


def test_a_bad_row_is_named_and_nothing_is_imported(
    config: str, catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["catalogue", "import", str(catalogue), "--config", config])
    before = _exported(config, capsys)
    catalogue.write_text(CSV.replace("2490", "24,90").replace("9520000000028", "9520000000029"))
    assert main(["catalogue", "import", str(catalogue), "--config", config]) == 1
    told = "\n".join(_said(capsys)[1])
    assert "line 3, column gtin" in told and "line 4" in told and "nothing was imported" in told
    assert _exported(config, capsys) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CSV.replace("Rye bread", "Rågbröd").encode("latin-1"), "line 2, column name: is not UTF-8"),
        (CSV.encode("utf-16"), "line 1: is not UTF-8"),
        (CSV.replace("each,food,100", "each,fod,100").encode(), "line 3, column tax_class: no lane could tax 'fod'"),
        (CSV.splitlines()[0].encode(), "line 2: there is no product in the file"),
        (b"", "line 1, column name: is missing"),
        (CSV.replace("Water", '"Water').encode(), "line 3: a quotation mark is never closed"),
    ],
)
def test_a_file_that_is_no_price_book_takes_nothing_off_the_shelf(
    config: str, catalogue: Path, capsys: pytest.CaptureFixture[str], content: bytes, said: str
) -> None:
    main(["catalogue", "import", str(catalogue), "--config", config])
    before = _exported(config, capsys)
    catalogue.write_bytes(content)
    assert main(["catalogue", "import", str(catalogue), "--config", config]) == 1
    told = "\n".join(_said(capsys)[1])
    assert said in told and "nothing was imported" in told
    assert _exported(config, capsys) == before


def test_a_jurisdiction_that_is_not_there_is_told(
    config: str, catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(config)
    file.write_text(file.read_text().replace('id = "s001"', 'id = "s001"\njurisdiction = "atlantis"'))
    assert main(["catalogue", "import", str(catalogue), "--config", config]) == 2
    assert "store.jurisdiction: there is no pack" in _said(capsys)[1][0]


def _exported(config: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["catalogue", "export", "--config", config]) == 0
    return capsys.readouterr().out


def test_somebody_is_added_and_the_pin_is_shown_once(
    config: str, database_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: SIM115, PTH123  # no terminal to ask on
    assert main(["user", "add", "Eva", "--role", "cashier", "--config", config]) == 0
    out, _ = _said(capsys)
    assert out[0] == "Eva is u1, cashier" and out[1].startswith("PIN ") and out[1].split()[1].isdigit()
    assert main(["user", "add", "Bo", "--role", "manager", "--pin", "4711", "--badge", "b7", "--config", config]) == 0
    assert "4711" not in capsys.readouterr().out
    assert [(p.name, p.role, p.badge) for p in everybody(open_books(database_url))] == [
        ("Eva", "cashier", ""),
        ("Bo", "manager", "b7"),
    ]
    assert main(["user", "add", "Eva", "--role", "cashier", "--config", config]) == 1
    assert "already" in _said(capsys)[1][0]


def test_the_books_are_added_up(
    config: str, catalogue: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["catalogue", "import", str(catalogue), "--config", config])
    engine = open_books(database_url)
    for name in ("k01", "k02"):
        till = Till(name)
        for sale in (
            till.sell((BREAD, 2), (WATER, 1)),
            till.sell((WATER, 9), kind="void"),
            till.sell((WATER, 9), training=True),
            till.sell((BREAD, 1), business_day="2026-11-24"),
        ):
            take(engine, on("sale", name), said(sale), NOW)
    report = ["report", "sales", "--config", config, "--from", "2026-11-23", "--to", "2026-11-23"]
    capsys.readouterr()
    assert main([*report, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == [
        {
            "day": "2026-11-23", "currency": "SEK", "sales": 2, "items": 6,
            "goods_minor": 15540, "deposit_minor": 200, "due_minor": 15740,
            "returns": 0, "rounding_minor": 0, "donation_minor": 0, "basket_minor": 7770,
        }
    ]  # fmt: skip
    assert main([*report, "--by", "till", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "k01,SEK,1,3,7770,100,7870,0,0,0,7770", "k02,SEK,1,3,7770,100,7870,0,0,0,7770",
    ]  # fmt: skip
    assert main(report[:4]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["day", "2026-11-23", "2026-11-24"]


def test_what_came_back_is_taken_off_the_pieces_as_off_the_money(
    config: str, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sold = Till().sell((BREAD, 3), (WATER, 2))
    engine = open_books(database_url)
    for sale in (sold, back(sold, [LineUnits(1, (0, 1))])):
        take(engine, on("sale"), said(sale), NOW)
    capsys.readouterr()
    assert main(["report", "sales", "--config", config, "--by", "kind", "--format", "csv"]) == 0
    rows = [line.split(",") for line in capsys.readouterr().out.splitlines()[1:]]
    assert [(kind, sales, items, goods) for kind, _, sales, items, goods, *_ in rows] == [
        ("return", "1", "-2", "-6580"),
        ("sale", "1", "5", "12250"),
    ]


def test_a_report_is_filtered_split_and_written_as_what_people_open(
    config: str, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = open_books(database_url)
    for name in ("k01", "k02"):
        take(engine, on("sale", name), said(Till(name).sell((BREAD, 2))), NOW)
    report = ["report", "sales", "--config", config, "--by", "hour,till", "--where", "till=k02"]
    capsys.readouterr()
    assert main([*report, "--format", "csv"]) == 0
    assert [row.split(",")[:2] for row in capsys.readouterr().out.splitlines()] == [["hour", "till"], ["10", "k02"]]
    for form, magic in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
        assert main([*report, "--format", form, "--out", str(tmp_path / form)]) == 0
        assert (tmp_path / form).read_bytes().startswith(magic)
    assert main(["rollups", "check", "--config", config]) == 0
    assert capsys.readouterr().out == "the roll-ups say what the books say\n"
    with pytest.raises(SystemExit):
        main([*report, "--where", "till"])
    assert "write it as till=k01" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["report", "horoscope"], 2, "there is bagging, baskets, categories"),
        (["report", "sales", "--by", "moon"], 2, "there is day, group, hour, kind"),
        (["catalogue", "import", "none.csv"], 1, "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    config: str, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    assert main([*arguments, "--config", config]) == code
    _, err = _said(capsys)
    assert says in err[0] and err[0].startswith("store: ")


@pytest.mark.parametrize("arguments", [[], ["dance"], ["report", "sales"], ["report", "sales", "--from", "monday"]])
def test_misuse_is_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2


def test_a_bad_configuration_is_misuse(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "store.toml"
    file.write_text('[stroe]\nid = "s001"')
    assert main(["serve", "--config", str(file)]) == 2
    assert _said(capsys)[1] == [f"store: {file}: stroe is not a setting; did you mean store?"]


@pytest.mark.slow
def test_an_address_that_is_taken_is_told(tmp_path: Path, database_url: str, broker: int) -> None:
    """By the broker, as it happens."""
    file = tmp_path / "store.toml"
    file.write_text(
        f'[store]\nid = "s001"\n[database]\nurl = "{database_url}"\n[http]\nlisten = "127.0.0.1:{broker}"\n'
    )
    done = subprocess.run(
        [sys.executable, "-m", "store", "serve", "--config", str(file)], capture_output=True, text=True
    )
    assert done.returncode == 1 and done.stderr.startswith(f"store: cannot listen on 127.0.0.1:{broker}: ")


def test_a_day_that_is_none_is_told(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["report", "sales", "--from", "yesterday", "--config", config])
    assert left.value.code == 2
    assert "'yesterday' is not a day; write it as 2026-11-23" in capsys.readouterr().err


def test_ctrl_c_is_no_traceback(config: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("store.__main__._export", interrupted)
    assert main(["catalogue", "export", "--config", config]) == 130


@pytest.mark.slow
def test_a_reader_who_has_seen_enough_is_no_failure_of_ours(config: str) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "store", "catalogue", "export", "--config", config]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize(
    "command",
    [[], ["serve"], ["catalogue"], ["catalogue", "import"], ["catalogue", "export"], ["user", "add"], ["report"]],
)
def test_every_command_has_help(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([*command, "--help"])
    assert end.value.code == 0 and "usage: store" in capsys.readouterr().out


def test_a_member_is_added_shown_handed_over_and_erased(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    new = ["member", "add", "KM-1", "070-123 45 67", "--email", "Sam@example.com", "--first-name", "Sam"]
    assert main([*new, "--config", config]) == 1
    assert "--consents" in _said(capsys)[1][0]
    assert main([*new, "--consents", "form 3", "--config", config]) == 0
    (id_,) = _said(capsys)[0]
    assert main([*new, "--consents", "form 3", "--config", config]) == 1
    assert _said(capsys)[1] == ["store: somebody is known by this number already"]
    assert main(["member", "show", "km-1", "--config", config]) == 1
    assert _said(capsys)[1] == ["store: nobody is known by 'km-1'"]
    assert main(["member", "show", "KM-1", "--config", config]) == 0
    shown = _said(capsys)[0]
    assert {f"id: {id_}", "first_name: Sam", "groups: members", "points: 0"} <= set(shown)
    assert any(line.startswith("  purpose membership, text form 3, language , place desk") for line in shown)
    assert main(["member", "export", "sam@example.com", "--config", config]) == 0
    assert json.loads("\n".join(_said(capsys)[0]))["keys"] == ["0701234567", "KM-1", "sam@example.com"]
    assert main(["member", "erase", "0701234567", "--config", config]) == 0
    assert _said(capsys)[0] == [f"{id_} is erased; the sales stay in the books and lead to nobody"]
    assert main(["member", "erase", id_, "--config", config]) == 1


def test_a_gift_card_is_issued_with_a_number_of_its_own_or_a_given_one(
    config: str, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    assert main(["voucher", "issue", "gift_card", "100", "--config", config]) == 0
    assert main(["voucher", "issue", "deposit", "12.50", "--number", "KD-1", "--config", config]) == 0
    made, given = _said(capsys)[0]
    assert made.startswith("KG-")
    assert len(made) == 19
    assert given == "KD-1"
    with open_books(database_url).connect() as connection:
        issued = {number: find(connection, number) for number in (made, given)}
    assert [(one.kind, one.currency, one.amount_minor) for one in issued.values() if one] == [
        ("gift_card", "SEK", 10_000),
        ("deposit", "SEK", 1_250),
    ]
    assert main(["voucher", "issue", "deposit", "1", "--number", "KD-1", "--config", config]) == 1
    assert _said(capsys)[1] == ["store: KD-1 was issued before"]


def test_blank_cards_have_numbers_and_nothing_on_them(
    config: str, capsys: pytest.CaptureFixture[str], database_url: str
) -> None:
    assert main(["voucher", "blank", "--count", "3", "--config", config]) == 0
    made = _said(capsys)[0]
    assert len(set(made)) == 3
    with open_books(database_url).connect() as connection:
        found = [find(connection, number) for number in made]
    assert [(one.kind, one.amount_minor) for one in found if one] == [("gift_card", 0)] * 3


@pytest.mark.parametrize("amount", ["0", "-5", "1.5", "10001", "1e3", "", "ten"])
def test_an_amount_that_nobody_issues_is_refused(config: str, amount: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["voucher", "issue", "gift_card", amount, "--config", config])
    assert stopped.value.code == 2
