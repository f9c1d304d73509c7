"""Each record of a SIE file, field by field, in the places where others read it.

The places are those of "SIE filformat", edition 4B (sie.se), as a reader of all types has them (idstam/jsisie,
SieDocument.cs: GetString(0) and so on for each label) and as the SIE group's own example files write them
(sie_test_files/BL0001_typ4I.SI there: `#TRANS 1510 {} 1063 20110824 ""`).
"""

import re
from datetime import date

import pytest

from store.bookkeeping import BookVoucher, Entry
from store.sie import sie4

VOUCHER = BookVoucher(
    "K", 17, date(2026, 11, 23), 'Dagsavslut "k01"',
    (Entry("1910", "Kassa", 125_050, "Kontant"), Entry("3001", "Försäljning 25 %", -125_050, "Varor")),
)  # fmt: skip
FIELD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\{[^}]*\})|([^\s"{}]+)')


def records(currency: str = "SEK", org_number: str = "556735-5671") -> list[tuple[str, list[str]]]:
    """(label, fields) of each line, as a reader of the format takes it apart."""
    made = sie4(
        [VOUCHER], company="Hörnbutiken AB", org_number=org_number, currency=currency, made=date(2026, 11, 24),
        version="1.2",
    )  # fmt: skip
    found = []
    for line in made.decode("cp437").split("\r\n"):
        if line.strip().startswith("#"):
            label, _, rest = line.strip().partition(" ")
            fields = [quoted.replace('\\"', '"') or objects or bare for quoted, objects, bare in FIELD.findall(rest)]
            found.append((label, fields))
    return found


@pytest.mark.parametrize(
    ("label", "fields"),
    [
        ("#FLAGGA", ["0"]),  # 0: not read in yet
        ("#PROGRAM", ["Kassa", "1.2"]),  # program, version
        ("#FORMAT", ["PC8"]),
        ("#GEN", ["20261124"]),  # day [, sign]
        ("#SIETYP", ["4"]),
        ("#ORGNR", ["556735-5671"]),
        ("#FNAMN", ["Hörnbutiken AB"]),
        ("#VER", ["K", "17", "20261123", 'Dagsavslut "k01"', "20261124"]),  # series, number, day, text, registered
    ],
)
def test_a_record_has_its_fields_in_their_places(label: str, fields: list[str]) -> None:
    assert [said for name, said in records() if name == label] == [fields]


def test_an_account_is_its_number_and_its_name() -> None:
    accounts = [said for name, said in records() if name == "#KONTO"]
    assert accounts == [["1910", "Kassa"], ["3001", "Försäljning 25 %"]]


def test_a_transaction_is_account_objects_amount_day_and_text() -> None:
    lines = [said for name, said in records() if name == "#TRANS"]
    assert lines == [
        ["1910", "{}", "1250.50", "20261123", "Kontant"],
        ["3001", "{}", "-1250.50", "20261123", "Varor"],
    ]


def test_the_records_come_in_the_standards_order() -> None:
    """The standard wants flag, program, format, generated, type, number, name, currency, accounts, vouchers."""
    labels = list(dict.fromkeys(name for name, _ in records(currency="EUR")))
    assert labels == ["#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#ORGNR", "#FNAMN", "#VALUTA", "#KONTO",
                      "#VER", "#TRANS"]  # fmt: skip


def test_what_is_not_said_has_no_record() -> None:
    """Without #VALUTA a file is in Swedish crowns."""
    labels = [name for name, _ in records(org_number="")]
    assert "#VALUTA" not in labels and "#ORGNR" not in labels
    assert not {"#IB", "#UB", "#RES"} & set(labels), "type 4 for import has vouchers only"
