"""What is said and heard in nexo: the order of the schema, decimals, papers, and what is refused before it is read."""

import base64
import json
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.card_terminal.nexo import messages, names, receipts
from drivers.card_terminal.nexo.amounts import decimal_of, minor_of
from drivers.card_terminal.nexo.answers import read, record_of
from drivers.card_terminal.nexo.binding import NotNexo
from drivers.card_terminal.nexo.call import Call, Silence
from drivers.card_terminal.nexo.json_binding import JsonBinding, Key
from drivers.card_terminal.nexo.messages import Parties
from drivers.card_terminal.nexo.xml_binding import XmlBinding

XML = Parties("3.1", "1", "A-POIID")
WHEN = "2026-11-23T10:00:00.000+01:00"

# --- what the till says ----------------------------------------------------------------------------------------------


def written(category: Any, body: messages.Message) -> str:
    return XmlBinding().encode(messages.request(XML, category, "0000000007", body)).decode()


def test_a_payment_in_xml_is_in_the_order_of_the_schema() -> None:
    text = written("Payment", messages.payment("k01-000001-1", WHEN, 3_290, "SEK", "Normal"))
    assert text == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<SaleToPOIRequest><MessageHeader ProtocolVersion="3.1" MessageClass="Service" MessageCategory="Payment" '
        'MessageType="Request" ServiceID="0000000007" SaleID="1" POIID="A-POIID" />'
        '<PaymentRequest><SaleData><SaleTransactionID TransactionID="k01-000001-1" TimeStamp="' + WHEN + '" />'
        '</SaleData><PaymentTransaction><AmountsReq Currency="SEK" RequestedAmount="32.90" /></PaymentTransaction>'
        '<PaymentData PaymentType="Normal" /></PaymentRequest></SaleToPOIRequest>'
    )


def test_a_login_asks_for_nothing_that_we_would_have_to_listen_for() -> None:
    root = ElementTree.fromstring(written("Login", messages.login(XML, WHEN, "sv")))
    login = root.find("LoginRequest")
    assert login is not None
    assert [child.tag for child in login] == ["DateTime", "SaleSoftware", "SaleTerminalData"]
    assert login.findtext("SaleTerminalData/SaleCapabilities") == "PrinterReceipt"
    assert login.get("OperatorLanguage") == "sv"


def test_an_abort_names_what_it_stops_and_says_why() -> None:
    root = ElementTree.fromstring(written("Abort", messages.abort(messages.reference(XML, "Payment", "X"))))
    abort = root.find("AbortRequest")
    assert abort is not None
    assert [child.tag for child in abort] == ["MessageReference", "AbortReason"]
    assert abort[0].attrib == {"MessageCategory": "Payment", "ServiceID": "X", "SaleID": "1", "POIID": "A-POIID"}


def test_the_status_of_the_last_transaction_is_an_empty_request() -> None:
    assert "<TransactionStatusRequest />" in written("TransactionStatus", messages.status())


def test_a_logout_allows_maintenance() -> None:
    assert '<LogoutRequest MaintenanceAllowed="true" />' in written("Logout", messages.logout())


def test_a_reversal_repeats_the_timestamp_letter_by_letter() -> None:
    text = written("Reversal", messages.reversal(XML, "8778880381", "2023-10-04T14:25:08.647Z"))
    assert '<POITransactionID TransactionID="8778880381" TimeStamp="2023-10-04T14:25:08.647Z" />' in text


def test_a_quote_or_an_ampersand_stays_in_its_place() -> None:
    body = messages.payment('a"<&>', WHEN, 1, "SEK", "Normal")
    root = ElementTree.fromstring(written("Payment", body))
    place = root.find("PaymentRequest/SaleData/SaleTransactionID")
    assert place is not None
    assert place.get("TransactionID") == 'a"<&>'


@settings(max_examples=500)
@given(st.integers(0, 10**11 - 1))
def test_an_amount_is_the_same_there_and_back(amount_minor: int) -> None:
    assert minor_of(str(decimal_of(amount_minor))) == amount_minor
    assert minor_of(json.loads(str(decimal_of(amount_minor)), parse_float=Decimal)) == amount_minor


@pytest.mark.parametrize("text", ["56", "56.0", "56.00", "56.0000", 56, Decimal("56.0")])
def test_amounts_as_terminals_write_them(text: Any) -> None:
    assert minor_of(text) == 5_600


@pytest.mark.parametrize(
    "text", ["", "-1", "1,50", "1.505", "1e3", " 1", "1.", ".5", "٣", "NaN", True, None, 1.5, [1], 10**30, "9" * 400]
)
def test_what_is_no_plain_amount_is_none(text: Any) -> None:
    assert minor_of(text) is None


@settings(max_examples=500)
@given(st.text(max_size=40), st.text(max_size=40))
def test_one_attempt_has_one_name_and_another_has_another(one: str, other: str) -> None:
    assert len(names.service_id(one)) == 10
    assert names.service_id(one).isalnum()
    assert (names.service_id(one) == names.service_id(other)) == (one == other)


# --- what the terminal says ------------------------------------------------------------------------------------------

PAID = """<?xml version="1.0" encoding="UTF-8"?>
<SaleToPOIResponse xmlns:x="urn:x">
 <MessageHeader MessageClass="Service" MessageCategory="Payment" MessageType="Response" ServiceID="3" SaleID="1"
  POIID="A-POIID"/>
 <PaymentResponse>
  <Response Result="Success"/>
  <POIData><POITransactionID TransactionID="8778880185" TimeStamp="2023-08-24T15:04:00.498Z"/></POIData>
  <PaymentResult PaymentType="Normal">
   <PaymentInstrumentData PaymentInstrumentType="Card">
    <CardData PaymentBrand="01,Mastercard Debit" MaskedPAN="516815******9659" EntryMode="Contactless"/>
   </PaymentInstrumentData>
   <AmountsResp Currency="SEK" AuthorizedAmount="56" CashBackAmount="0.00"/>
   <PaymentAcquirerData MerchantID="10020001"><ApprovalCode>611506</ApprovalCode></PaymentAcquirerData>
  </PaymentResult>
 </PaymentResponse>
</SaleToPOIResponse>"""


def test_an_approval_as_the_vendor_documents_it() -> None:
    reply = read(XmlBinding().decode(PAID.encode()))
    assert reply.transaction is not None
    record = record_of(reply.transaction, 5_600)
    assert (reply.transaction.amount_minor, reply.transaction.currency) == (5_600, "SEK")
    assert (record.trace, record.date, record.time) == ("8778880185", "2023-08-24", "15:04:00.498Z")
    assert (record.card_name, record.pan, record.authorization) == ("Mastercard Debit", "516815******9659", "611506")


def test_a_whole_card_number_is_masked_whoever_sends_it() -> None:
    told = PAID.replace("516815******9659", "5168151234569659")
    reply = read(XmlBinding().decode(told.encode()))
    assert reply.transaction is not None
    assert reply.transaction.pan == "************9659"


@pytest.mark.parametrize("missing", ['ServiceID="3"', 'MessageCategory="Payment"', 'MessageType="Response"'])
def test_an_answer_must_say_whose_it_is(missing: str) -> None:
    with pytest.raises(NotNexo):
        read(XmlBinding().decode(PAID.replace(missing, "").encode()))


def test_an_answer_must_say_how_it_went() -> None:
    with pytest.raises(NotNexo, match="no result"):
        read(XmlBinding().decode(PAID.replace('<Response Result="Success"/>', "").encode()))


@pytest.mark.parametrize("body", [b"", b"<a/>", b"<SaleToPOIResponse>", b"text", b"<SaleToPOIResponse/>x", b"\xff\xfe"])
def test_what_is_no_xml_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(NotNexo):
        read(XmlBinding().decode(body))


LAUGHS = "".join(f'<!ENTITY l{n} "&l{n - 1};&l{n - 1};">' for n in range(1, 40))


@pytest.mark.parametrize(
    "kind",
    [
        "<!DOCTYPE SaleToPOIResponse>",
        f'<!DOCTYPE SaleToPOIResponse [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE SaleToPOIResponse [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE SaleToPOIResponse SYSTEM "http://terminal.example/nexo.dtd">',
        '<!DOCTYPE SaleToPOIResponse [<!ENTITY % more SYSTEM "file:///etc/passwd">%more;]>',
    ],
)
def test_a_document_type_is_refused_before_anything_in_it_is_read(kind: str) -> None:
    told = PAID.replace("<SaleToPOIResponse ", f"{kind}<SaleToPOIResponse ")
    with pytest.raises(NotNexo, match="document type"):
        XmlBinding().decode(told.encode())


@pytest.mark.parametrize("depth", [50, 20_000])
def test_a_deep_answer_is_refused(depth: int) -> None:
    with pytest.raises(NotNexo, match="too deep"):
        XmlBinding().decode(b"<a>" * depth + b"</a>" * depth)
    with pytest.raises(NotNexo):
        JsonBinding(Key("k", 1, "p"), bytes).decode(b'{"a":' * depth + b"1" + b"}" * depth)


def test_a_rejection_is_told_in_the_terminals_words() -> None:
    event = '<SaleToPOIRequest><EventNotification EventToNotify="Reject"><EventDetails>Bad element order</EventDetails>'
    with pytest.raises(NotNexo, match="Bad element order"):
        XmlBinding().decode(f"{event}</EventNotification></SaleToPOIRequest>".encode())


def test_an_encoding_that_nobody_has_is_no_answer() -> None:
    with pytest.raises(NotNexo):
        XmlBinding().decode(b'<?xml version="1.0" encoding="x-nobody"?><SaleToPOIResponse/>')


# --- one call --------------------------------------------------------------------------------------------------------


def test_what_was_said_once_is_not_said_again_on_another_line() -> None:
    call = Call("/nexo/", {"host": "terminal"}, b"{}", 0, 1_000, 5_000)
    call.lost("refused")
    assert call.outcome is None, "nothing was said: it may be tried again"
    call.opened(10)
    assert call.take().startswith(b"POST /nexo/ HTTP/1.1")
    call.opened(20)
    assert call.take() == b""
    call.lost("the line is gone")
    assert call.outcome == Silence("the line is gone", sent=True)


# --- papers ----------------------------------------------------------------------------------------------------------


def test_a_paper_in_base64_gives_its_lines_and_says_that_it_is_to_be_signed() -> None:
    data = {
        "Merchant": {
            "Mandatory": {"Payment": {"SignatureBlock": True}},
            "Optional": {"ReceiptString": ["Test shop", "", "KÖP:         56,00 SEK"]},
        }
    }
    text = base64.b64encode(json.dumps(data).encode()).decode()
    text = f"{text[:20]}\n {text[20:]}"  # as an XML editor might fold it
    assert receipts.read([text]) == receipts.Paper(("Test shop", "", "KÖP:         56,00 SEK"), signature=True)


def test_a_paper_of_pairs_is_set_in_two_columns() -> None:
    texts = ["key=header1", "name=TOTAL&value=%E2%82%AC+32.90&key=totalAmount", "name=APPROVED&key=approved"]
    assert receipts.read(texts).lines == ("", "TOTAL                          € 32.90", "APPROVED")


def test_a_paper_of_plain_text_is_taken_as_it_is() -> None:
    assert receipts.read(["CARDHOLDER COPY\nTotal 12.50"]).lines == ("CARDHOLDER COPY", "Total 12.50")


def test_a_paper_has_an_end_and_no_control_characters() -> None:
    paper = receipts.read(["\x1b[2J\x07" + "x" * 500] * 500)
    assert (len(paper.lines), max(map(len, paper.lines))) == (receipts.LINES, receipts.COLUMNS - 2)
    assert all(line.isprintable() for line in paper.lines)


# --- whatever comes --------------------------------------------------------------------------------------------------

_KEYS = st.sampled_from(
    [
        *("MessageHeader", "Response", "PaymentResponse", "PaymentResult", "AmountsResp", "AuthorizedAmount"),
        *("PaymentReceipt", "OutputContent", "OutputText", "Text", "POIData", "POITransactionID", "TransactionID"),
        *("RepeatedMessageResponse", "RepeatedResponseMessageBody", "TransactionTotals", "PaymentTotals", "CardData"),
    ]
)
_JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)
_SEALED = JsonBinding(Key("k", 1, "p"), bytes)


@settings(max_examples=500)
@given(st.sampled_from(["Payment", "TransactionStatus", "Reversal", "Reconciliation", "Diagnosis"]), _JSONISH, _JSONISH)
def test_any_answer_is_read_or_refused(category: str, body: Any, repeated: Any) -> None:
    header = {"MessageCategory": category, "ServiceID": "1", "SaleID": "s", "POIID": "p", "MessageType": "Response"}
    told = {"Response": {"Result": "Success"}, "RepeatedMessageResponse": repeated}
    told |= body if isinstance(body, dict) else {}
    try:
        reply = read({"MessageHeader": header, f"{category}Response": told})
    except NotNexo:
        return
    assert reply.header.category == category


@settings(max_examples=500)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for binding in (XmlBinding(), _SEALED):
        with pytest.raises(NotNexo):
            read(binding.decode(body))
