"""Configuration errors are one line that a technician can act on."""

from pathlib import Path

import pytest

from kiosk.app.config import BadSettings, read_config
from kiosk.app.config_check import wrong_with_change
from kiosk.checkout.scale import Plate

GOOD = '[lane]\nstore = "s001"\ntill = "k01"\n'


def refused(tmp_path: Path, text: str) -> str:
    path = tmp_path / "kiosk.toml"
    path.write_text(text)
    with pytest.raises(BadSettings) as caught:
        read_config(path)
    message = str(caught.value)
    assert message.startswith(str(path)) and "\n" not in message
    return message.removeprefix(str(path))


def test_the_shortest_configuration_works(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(GOOD)
    config = read_config(path)
    assert config.lane.languages == ("sv", "en")
    assert config.day_starts_minutes == 240


def test_an_unknown_key_names_file_key_and_the_nearest_good_one(tmp_path: Path) -> None:
    text = GOOD + "[display]\nfulscreen = true\n"
    assert refused(tmp_path, text) == ": display.fulscreen is not a setting; did you mean fullscreen?"


def test_a_setting_that_is_gone_keeps_no_machine_from_selling_and_another_beside_it_still_does(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(GOOD + '[storage]\nmirror = "/media/stick"\nkeep_days = 5\n')
    assert read_config(path).storage.keep_days == 5
    told = refused(tmp_path, GOOD + '[storage]\nmirror = ""\nkeep_dais = 5\n')
    assert told == ": storage.keep_dais is not a setting; did you mean keep_days?"
    path.write_text("storage = 5\n" + GOOD)
    with pytest.raises(BadSettings, match="storage"):
        read_config(path)


NAMED = """
[storage]
path = "kiosk.db"
[link]
broker = "mqtts://kassa.local:8883"
ca = "ca.crt"
cert = "/secrets/till.crt"
key = "till.key"
[receipts]
signing_key_file = "demo"
[deposits]
slip_keys = ["demo", "machine.pem"]
[devices.qr_payment]
driver = "http"
port = "pay.example"
cert = "pay.crt"
key = "pay.key"
[devices."button.help"]
driver = "gpio"
key = "help"
"""


def test_files_without_a_folder_lie_beside_kiosk_toml_wherever_it_is_read_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, elsewhere = tmp_path / "card", tmp_path / "elsewhere"
    card.mkdir()
    elsewhere.mkdir()
    (card / "kiosk.toml").write_text(GOOD + NAMED)
    monkeypatch.chdir(elsewhere)
    config = read_config(Path("../card/kiosk.toml"))
    link = config.link
    assert (link.ca, link.cert, link.key) == (str(card / "ca.crt"), "/secrets/till.crt", str(card / "till.key"))
    assert config.storage.path == str(card / "kiosk.db") and link.password_file == config.attract.folder == ""
    assert config.receipts.signing_key_file == "demo"
    assert config.deposits.slip_keys == ("demo", str(card / "machine.pem"))
    payment, button = config.devices["qr_payment"], config.devices["button.help"]
    assert payment == {"driver": "http", "port": "pay.example", "cert": f"{card}/pay.crt", "key": f"{card}/pay.key"}
    assert button["key"] == "help"
    changed = (card / "kiosk.toml").read_text().replace("[link]", "[link]  # ")
    assert wrong_with_change(changed, config, card) is None, "it is the journal that the lane has"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("s001", "Shop One"), "lane.store"),
        (GOOD + 'currency = "kr"\n', "ISO 4217"),
        (GOOD + 'day_starts = "25:00"\n', "day_starts"),
        (GOOD + 'timezone = "Mars/Base"\n', "timezone"),
        (GOOD + "languages = []\n", "languages"),
        (GOOD + '[debug]\nlisten = "0.0.0.0:80"\n', "loopback"),
        (GOOD + '[debug]\nlisten = "127.0.0.1"\n', "127.0.0.1:port"),
        (GOOD + '[debug]\nlisten = "127.0.0.1:port"\n', "127.0.0.1:port"),
        (GOOD + '[debug]\nlisten = "127.0.0.1:70000"\n', "127.0.0.1:port"),
        (GOOD + '[link]\nbroker = "http://x"\n', "mqtt"),
        (GOOD + '[link]\nbroker = "mqtt://"\n', "mqtt://host:port"),
        (GOOD + '[link]\nbroker = "mqtt://x:99999"\n', "mqtt://host:port"),
        (GOOD + '[tenders]\naccept = ["card", "voucher"]\n', "'voucher' cannot be taken by this version"),
        (GOOD + '[tenders]\naccept = ["card", "qr"]\n', "'qr' needs a [devices.qr_payment]"),
        (GOOD + 'languages = ["sw"]\n', "there is no 'sw'; "),
        (GOOD + 'jurisdiction = "sv"\n', "there is no 'sv'; there are: de, dk, fi, gb, no, se"),
        (GOOD + 'needs = ["scannr"]\n', "there is no 'scannr'; did you mean scanner?"),
        (GOOD + 'mode = "dmo"\n', "lane.mode: Invalid enum value 'dmo'; did you mean demo?"),
        (GOOD + "[display]\nrotate = 45\n", "display.rotate: Invalid enum value 45; there are: 0, 180, 270, 90"),
        (GOOD + "[display]\nsize = [0, 800]\n", "display.size"),
        (GOOD + "[limits]\ncontainers_minor = -1\n", "limits.containers_minor: 0"),
        (GOOD + "[limits]\ncontainers_minor = 100000000\n", "to 99999999"),
        (
            GOOD + '[codes]\ndeposit = ["K.D"]\n[deposits]\nsigning_key_file = "demo"\n',
            "'K.D' cannot begin a signed slip",
        ),
        (GOOD + "[sound]\nvolume = 39\n", "sound.volume: 39 is not from 40 to 75 dB(A)"),
        (GOOD + "[sound]\nvolume = 76\n", "sound.volume: 76 is not from 40 to 75 dB(A)"),
        (GOOD + "[sound]\nloudest = 55\n", "sound.volume: 60 is more than this loudspeaker gives (loudest = 55)"),
        (GOOD + "[sound]\nloudest = 900\n", "sound.loudest: 900 is not from 40 to 100 dB(A)"),
        (
            GOOD + '[sound]\nquiet_hours = "21-08"\n',
            "sound.quiet_hours: '21-08' is not from and to such as 21:00-08:00",
        ),
        (GOOD + '[sound]\nquiet_hours = "08:00-08:00"\n', "sound.quiet_hours"),
        (GOOD + "[staff]\nassisted_timeout_ms = 0\n", "at least 10000"),
        (GOOD + '[staff]\ndoubt = "operator"\n', "staff.doubt"),
        (GOOD + '[[sale_hours.rules.""]]\ndays = []\nopens = 08:00:00\ncloses = 20:00:00\n', "write a category"),
        (
            GOOD + '[[sale_hours.rules.wine]]\ndays = ["mon"]\nopens = 20:00:00\ncloses = 08:00:00\n',
            "sale_hours: wine: a window closes after it opens",
        ),
        (GOOD + '[[sale_hours.holidays]]\nname = "x"\non = "02-30"\n', "is no date"),
        (GOOD + "[storage]\nkeep_days = 0\n", "keep_days"),
        (GOOD + '[storage]\npath = ""\n', "storage.path"),
        (GOOD + '[storage]\npath = "/"\n', "storage.path"),
        (GOOD + '[display]\nsize = "big"\n', "display.size"),
        ("[lane\n", "not TOML"),
        ("", "lane"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, words: str) -> None:
    assert words in refused(tmp_path, text)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="cannot be read"):
        read_config(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("driver", "computes", "zeroes"),
    [
        ("toledo8217", False, True),
        ("hid", False, True),
        ("simulated", False, True),
        ("dialog06", True, False),
        ("single_cable", False, False),
    ],
)
def test_what_the_scale_can_do_is_its_drivers_to_say(tmp_path: Path, driver: str, computes: bool, zeroes: bool) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text(GOOD + f'[devices.scale]\ndriver = "{driver}"\nmax_g = 6000\n')
    assert read_config(path).brain_lane().scale == Plate(max_g=6_000, computes=computes, zeroes=zeroes)
