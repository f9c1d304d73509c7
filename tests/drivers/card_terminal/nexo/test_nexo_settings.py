"""What a technician writes for a nexo terminal, and reads when it cannot be meant."""

from typing import Any

import pytest

from drivers.device import DeviceError
from drivers.registry import make_devices

LANE = {"currency": "SEK"}
XML = {"driver": "nexo-xml", "port": "socket://192.0.2.1", "poi_id": "LANE4"}
JSON = {
    "driver": "nexo-json",
    "port": "https://192.0.2.1",
    "poi_id": "P400Plus-275008565",
    "key_id": "mykey",
    "passphrase": "secret",
}


@pytest.mark.parametrize("table", [XML, JSON], ids=["xml", "json"])
def test_the_least_that_must_be_written(table: dict[str, Any]) -> None:
    (device,) = make_devices({"card_terminal": table}, LANE)
    assert device.name == "card_terminal"
    device.close()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({**XML, "port": ""}, 'write "socket://address-of-the-terminal"'),
        ({**XML, "port": "https://192.0.2.1"}, 'cannot be used; write "socket://'),
        ({**JSON, "port": "/dev/ttyUSB0"}, 'write "https://address-of-the-terminal" or "socket://'),
        ({**XML, "poi_id": ""}, "poi_id = '' cannot be used; write the id agreed with the acquirer"),
        ({**XML, "poi_id": "a b"}, "poi_id"),
        ({**XML, "sale_id": "x" * 33}, "sale_id"),
        ({**XML, "currency": "JPY"}, "currency 'JPY' cannot be used; name one of .*SEK"),
        ({**XML, "operator_language": "tlh"}, "operator_language: .*choose one of .*sv"),
        ({**XML, "passphrase": "x"}, "there is no setting 'passphrase'"),
        ({**JSON, "passphrase": ""}, "no shared key; write key_id, key_version and passphrase"),
        ({**JSON, "key_id": ""}, "no shared key"),
        ({**JSON, "key_version": -1}, "key_version: expected int >= 0"),
        ({**JSON, "confirm_ms": 0}, "confirm_ms: expected int >= 1"),
        ({**JSON, "passphrse": "x"}, "did you mean 'passphrase'"),
        ({"driver": "nexo_xml"}, "did you mean 'nexo-xml'"),
    ],
)
def test_a_table_that_cannot_be_meant(table: dict[str, Any], words: str) -> None:
    with pytest.raises(DeviceError, match=words):
        make_devices({"card_terminal": table}, LANE)


def test_a_terminal_without_a_currency_would_charge_the_wrong_money() -> None:
    with pytest.raises(DeviceError, match="currency"):
        make_devices({"card_terminal": XML})
