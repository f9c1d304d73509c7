"""Messages byte for byte: what we say, and what terminals in the field have been heard to say."""

import pytest

from drivers.card_terminal.zvt import messages
from drivers.card_terminal.zvt.apdu import Apdu, decode, encode
from drivers.card_terminal.zvt.messages import Message


def said(apdu: Apdu) -> str:
    return encode(apdu).hex(" ").upper()


def heard(text: str) -> Message:
    return messages.parse(decode(bytes.fromhex(text.replace("-", " "))))


@pytest.mark.parametrize(
    ("apdu", "raw"),
    [
        (messages.registration("123456", 978), "06 00 0E 12 34 56 BE 09 78 06 06 26 04 0A 02 06 D3"),
        (
            messages.registration("123456", 978, unattended=True, columns=42),
            "06 00 13 12 34 56 BE 09 78 03 01 06 09 12 01 42 26 04 0A 02 06 D3",
        ),
        (messages.authorization(1_250, 978), "06 01 0A 04 00 00 00 00 12 50 49 09 78"),
        (messages.authorization(1_250, 752), "06 01 0A 04 00 00 00 00 12 50 49 07 52"),
        (messages.reversal("123456", "0175", 1_250), "06 30 0D 12 34 56 87 01 75 04 00 00 00 00 12 50"),
        (messages.refund("123456", 500, 978), "06 31 0D 12 34 56 04 00 00 00 00 05 00 49 09 78"),
        (messages.repeat_receipt("123456"), "06 20 05 12 34 56 03 03"),
        (messages.end_of_day("123456"), "06 50 03 12 34 56"),
        (messages.status_enquiry(), "05 01 00"),
        (messages.abort(), "06 B0 00"),
        (messages.diagnosis(), "06 70 00"),
        (messages.log_off(), "06 02 00"),
        (messages.display_text(("Hello",)), "06 E0 0A F0 00 F1 F0 F5 48 65 6C 6C 6F"),
        (messages.POSITIVE, "80 00 00"),
        (messages.UNKNOWN_COMMAND, "84 83 00"),
        (messages.NOT_KEPT, "84 FF 00"),
        (messages.CANNOT_PRINT, "84 CC 00"),
    ],
)
def test_orders_are_those_of_the_standard(apdu: Apdu, raw: str) -> None:
    assert said(apdu) == raw


@pytest.mark.parametrize("raw", ["80 00 00", "84 00 00", "80 00 FF 00 00"])
def test_both_positive_answers_are_positive(raw: str) -> None:
    assert isinstance(heard(raw), messages.Accepted)


def test_a_refusal_carries_its_code() -> None:
    assert heard("84 9C 00") == messages.Refused(0x9C)


def test_registration_tells_the_terminal() -> None:
    answer = heard("06 0F 12 19 00 29 65 00 00 28 49 09 78 06 06 26 04 0A 02 06 D3")
    assert answer == messages.Completed(status=0, terminal_id="65000028")


@pytest.mark.parametrize(
    ("raw", "state", "version"),
    [
        ("06 0F 00", 0x00, ""),
        ("06 0F 01 9C", 0x9C, ""),
        ("06 0F 01 F0", 0xF0, ""),
        ("06 0F 08 F0 F0 F4 31 2E 30 37 DC", 0xDC, "1.07"),
        ("06 0F 07 F0 F0 F4 31 2E 30 37", 0x00, "1.07"),
        ("06 0F 08 F0 F0 F4 20 31 00 37 DC", 0xDC, "17"),
        ("06 0F 06 51 06 03 0A 01 00", 0x51, ""),
        ("06 0F 05 F0 F0 F9 31 00", 0xFF, ""),
    ],
)
def test_the_state_of_a_status_enquiry_and_its_software(raw: str, state: int, version: str) -> None:
    assert heard(raw) == messages.Completed(status=state, terminal_id="", version=version)


APPROVED = (
    "04-0F-77-27-00-04-00-00-00-00-20-40-0B-00-04-70-0C-22-39-53-0D-10-06-0E-25-12-17-00-01-19-70-22-F0-F8-EE-EE-EE-EE"
    "-EE-EE-47-71-29-28-00-48-69-2A-31-30-30-34-36-31-37-36-33-20-20-20-20-20-20-3B-36-31-31-38-30-34-00-00-3C-F0-F1-F4"
    "-47-45-4E-2E-4E-52-2E-3A-36-31-31-38-30-34-49-09-78-87-04-70-88-00-04-70-8A-2E-8B-F1-F7-44-65-62-69-74-20-4D-61-73"
    "-74-65-72-63-61-72-64-00"
)
LONG_TRACE = (
    "04-0F-65-27-00-0C-23-13-55-0D-10-29-0E-99-99-22-F0-F8-EE-EE-EE-EE-EE-EE-47-71-A0-01-29-00-00-00-06-87-00-08-0B-00"
    "-00-00-8A-06-8B-F1-F1-4D-41-53-54-45-52-43-41-52-44-00-06-2E-2F-08-1F-12-01-02-1F-10-01-00-60-1B-43-07-A0-00-00-00"
    "-04-10-10-44-10-44-65-62-69-74-20-4D-61-73-74-65-72-63-61-72-64-1F-2B-04-10-01-50-08"
)
CANCELLED = "04-0F-1E-27-6C-29-28-00-48-69-3C-F0-F1-F9-41-62-62-72-75-63-68-20-64-75-72-63-68-20-4B-75-6E-64-65"


def test_an_approval_from_the_field() -> None:
    status = heard(APPROVED)
    assert isinstance(status, messages.Status)
    record = status.record
    assert (status.result, record.amount_minor, status.currency) == ("00", 2_040, 978)
    assert (record.terminal_id, record.receipt, record.trace) == ("28004869", "0470", "000470")
    assert (record.date, record.time) == ("1006", "223953")
    assert (record.card_name, record.authorization) == ("Debit Mastercard", "611804")
    assert record.pan == "************4771"
    assert record.original_trace == ""


def test_a_long_trace_stands_in_for_an_empty_one() -> None:
    status = heard(LONG_TRACE)
    assert isinstance(status, messages.Status)
    assert status.record.trace == "10015008"
    assert not status.has_amount


def test_a_refusal_from_the_field_has_neither_amount_nor_receipt() -> None:
    status = heard(CANCELLED)
    assert isinstance(status, messages.Status)
    assert (status.result, status.has_amount, status.record.receipt) == ("6C", False, "")
    assert status.text == "Abbruch durch Kunde"


def test_an_unmasked_card_number_goes_no_further() -> None:
    status = heard("04 0F 0B 22 F0 F8 45 71 99 99 12 34 50 19")
    assert isinstance(status, messages.Status)
    assert status.record.pan == "************5019"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("45 71 99 EE EE EE 50 19", "457199******5019"), ("45 71 99 99 12 34 50 1E", "************501*")],
)
def test_a_card_number_that_is_hardly_masked_goes_no_further_either(sent: str, kept: str) -> None:
    status = heard(f"04 0F 0B 22 F0 F8 {sent}")
    assert isinstance(status, messages.Status)
    assert status.record.pan == kept


def test_an_intermediate_state_from_the_field() -> None:
    standing = heard(
        "04-FF-2E-0A-01-06-2A-24-28-07-26-4B-61-72-74-65-20-76-6F-72-68-61-6C-74-65-6E-0A-65-69-6E-73-74-65-63-6B-65-6E"
        "-2F-64-75-72-63-68-7A-69-65-68-65-6E"
    )
    assert standing == messages.Standing(0x0A, 60_000, "Karte vorhalten\neinstecken/durchziehen")


def test_an_intermediate_state_may_be_one_byte() -> None:
    assert heard("04 FF 01 0E") == messages.Standing(0x0E, None, "")


@pytest.mark.parametrize(("kind", "copy"), [("01", "merchant"), ("02", "customer"), ("03", "admin")])
def test_papers_say_whose_they_are(kind: str, copy: str) -> None:
    paper = heard(f"06 D3 12 06 10 1F 07 01 {kind} 25 0A 07 01 20 07 02 41 42 09 01 81")
    assert paper == messages.Lines(copy, (" ", "AB"))  # type: ignore[arg-type]


def test_single_lines_are_papers_too() -> None:
    assert heard("06 D1 04 40 41 42 94") == messages.Lines("customer", ("ABö",))


def test_unknown_commands_are_known_as_such() -> None:
    assert heard("06 D8 00") == messages.Unknown(0x06D8)


@pytest.mark.parametrize(
    ("charset", "text"), [("", "84"), ("14 01 FF", "84"), ("14 01 01", "E4"), ("14 01 FE", "C3 A4"), ("14 01 0C", "84")]
)
def test_texts_are_read_in_the_character_set_that_is_told(charset: str, text: str) -> None:
    lines = bytes.fromhex(f"07 02 41 {text}" if " " not in text else f"07 03 41 {text}")
    container = bytes.fromhex(charset) + b"\x25" + bytes([len(lines)]) + lines
    paper = messages.parse(Apdu(0x06D3, b"\x06" + bytes([len(container)]) + container))
    assert paper == messages.Lines("customer", ("Aä",))


def test_letters_that_are_none_do_not_lose_a_paper() -> None:
    assert heard("06 D3 0B 06 09 14 01 FE 25 04 07 02 41 FF") == messages.Lines("customer", ("A\ufffd",))


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        ("06 1E 0C FF 06 09 1F 17 06 4E 6F 20 6B 65 79", "No key"),
        ("06 1E 08 FF 06 05 1F 16 02 12 34", "1234"),
        ("06 1E 01 6C", ""),
    ],
)
def test_an_abort_may_say_why_in_the_terminals_words(raw: str, error: str) -> None:
    assert heard(raw) == messages.Aborted(int(raw[9:11], 16), error)


def test_so_may_a_status() -> None:
    status = heard("04 0F 0D 27 FF 06 09 1F 17 06 4E 6F 20 6B 65 79")
    assert isinstance(status, messages.Status)
    assert (status.result, status.error) == ("FF", "No key")
