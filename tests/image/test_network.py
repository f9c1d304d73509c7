"""Network and clock: what kiosk.toml says becomes systemd's settings, secrets stay where only root reads them."""

import configparser
import os
import stat
from pathlib import Path

import pytest

from image.device import battery_clock, network
from image.device.network import FILES, SUPPLICANT, TIME, WIFI, WIRED, settings, write
from kiosk.app.config import checked_config
from kiosk.app.troubles import known
from kiosk.values.settings import BadSettings

LANE = '[lane]\nstore = "s001"\ntill = "k01"\n'
WIFI_TEXT = '[network]\nssid = "Caf\u00e9 \\"Kassa\\""\npsk_file = "wifi.password"\ncountry = "SE"\n'
SECRET = 'correct "horse" battery'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "run/kassa/troubles").mkdir(parents=True)
    monkeypatch.setenv("KASSA_TROUBLES", str(tmp_path / "run/kassa/troubles"))
    (tmp_path / "wifi.password").write_bytes(f"\ufeff{SECRET}\r\n".encode())
    return tmp_path


def read(text: str) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser


def test_a_machine_whose_operator_has_written_nothing_has_the_images_own(folder: Path) -> None:
    assert settings(LANE, folder) == ({}, "")


def test_an_address_of_its_own(folder: Path) -> None:
    said = '[network]\naddress = "192.168.1.20/24"\ngateway = "192.168.1.1"\ndns = ["192.168.1.1", "9.9.9.9"]\n'
    files, why = settings(LANE + said + '[clock]\nntp = ["kassa-store", "192.168.1.1"]\n', folder)
    assert not why and files.keys() == {WIRED, TIME}
    wired = read(files[WIRED])
    assert (wired["Match"]["Type"], wired["Link"]["RequiredForOnline"]) == ("ether", "no")
    assert (wired["Network"]["Address"], wired["Network"]["Gateway"]) == ("192.168.1.20/24", "192.168.1.1")
    assert "DHCP=" not in files[WIRED] and files[WIRED].count("DNS=") == 3, "two servers, and MulticastDNS=no"
    assert {"LLMNR=no", "MulticastDNS=no"} <= set(files[WIRED].split()), "no port is open"
    assert read(files[TIME])["Time"]["NTP"] == "kassa-store 192.168.1.1"


def test_wifi_has_its_name_whatever_it_holds_and_its_password(folder: Path) -> None:
    files, why = settings(LANE + WIFI_TEXT, folder)
    assert not why and files.keys() == {WIFI, SUPPLICANT}
    said = files[SUPPLICANT].splitlines()
    assert "country=SE" in said and f'psk="{SECRET}"' in said
    (name,) = (line.removeprefix("ssid=") for line in said if line.startswith("ssid="))
    assert bytes.fromhex(name).decode() == 'Café "Kassa"'
    assert read(files[WIFI])["Network"]["DHCP"] == "yes"
    (folder / "wifi.password").write_text("0f" * 32)
    raw = settings(LANE + WIFI_TEXT, folder)[0][SUPPLICANT]
    assert f"psk={'0f' * 32}\n" in raw and "SAE" not in raw, "a key is not a password, which WPA3 needs"


def test_the_password_is_for_root_alone_and_in_no_message(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[list[str]] = []
    monkeypatch.setattr(network.subprocess, "run", lambda command, **_: told.append(command))
    (folder / "kiosk.toml").write_text(LANE + WIFI_TEXT)
    assert network.main(folder, folder / "run") == 0
    secret, other = folder / "run" / SUPPLICANT, folder / "run" / WIFI
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600 and stat.S_IMODE(other.stat().st_mode) == 0o644
    assert [path.name for path in (folder / "run").rglob("*") if path.is_file() and SECRET in path.read_text()] == [
        secret.name
    ]
    heard = capsys.readouterr()
    assert SECRET not in heard.out + heard.err and "systemd-networkd.service" in told[0]
    network.main(folder, folder / "run")
    assert len(told) == 1, "nothing has changed: nobody is disturbed"
    (folder / "kiosk.toml").write_text(LANE)
    network.main(folder, folder / "run")
    assert not secret.exists() and not other.exists() and len(told) == 2


def test_a_wifi_that_cannot_be_used_stops_nothing_and_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network.subprocess, "run", lambda *_, **__: None)
    (folder / "wifi.password").write_text("short")
    (folder / "kiosk.toml").write_text(LANE + WIFI_TEXT + '[clock]\nntp = ["pool.ntp.org"]\n')
    assert network.main(folder, folder / "run") == 0
    assert (folder / "run" / TIME).exists() and not (folder / "run" / SUPPLICANT).exists()
    (found,) = known()
    assert found.kind == "network" and "wifi.password has no Wi-Fi password" in found.lines[0]
    (folder / "wifi.password").write_text(SECRET)
    network.main(folder, folder / "run")
    assert not known()


def test_only_what_has_changed_is_written(tmp_path: Path) -> None:
    assert write({WIRED: "a", TIME: "b"}, tmp_path) == ["systemd-networkd.service", "systemd-timesyncd.service"]
    assert write({WIRED: "a", TIME: "c"}, tmp_path) == ["systemd-timesyncd.service"]
    assert write({}, tmp_path) == ["systemd-networkd.service", "systemd-timesyncd.service"]
    assert not any((tmp_path / name).exists() for name in FILES)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('[network]\naddress = "192.168.1.20"', "network.address: '192.168.1.20' is no address with its prefix"),
        ('[network]\naddress = "192.168.1.300/24"', "network.address"),
        ('[network]\naddress = "192.168.1.20/24"\ngateway = "10.0.0.1"', "network.gateway: '10.0.0.1' is no"),
        ('[network]\ngateway = "10.0.0.1"', "network.gateway"),
        ('[network]\ndns = ["router"]', "network.dns: 'router' is no address"),
        ('[network]\nssid = "x"\npsk_file = "p"', "network.country: '' is no country such as SE"),
        ('[network]\nssid = "x"\ncountry = "SE"', "network.psk_file: name the file"),
        (f'[network]\nssid = "{"x" * 33}"\npsk_file = "p"\ncountry = "SE"', "network.ssid: at most 32 bytes"),
        ('[network]\ncountry = "SE"', "network.ssid: psk_file, country and hidden are about a Wi-Fi"),
        ('[network]\nsid = "x"', "network.sid is not a setting; did you mean ssid?"),
        ('[clock]\nntp = ["time server"]', "clock.ntp: 'time server' is no name or address"),
        ('[clock]\nntp = ["a", "b", "c", "d", "e"]', "clock.ntp: at most 4 servers"),
        ('[clock]\nrtc = "ds3232"', "clock.rtc"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_by_the_lanes_own_reader(said: str, why: str) -> None:
    with pytest.raises(BadSettings) as caught:
        checked_config(f"{LANE}{said}\n", "kiosk.toml")
    assert why in str(caught.value)


# --- a battery for the clock ------------------------------------------------------------------------------------------


def clocks(folder: Path, said_s: int | None) -> Path:
    (folder / "rtc0").mkdir(parents=True)
    if said_s is not None:
        (folder / "rtc0/since_epoch").write_text(f"{said_s}\n")
    return folder


@pytest.mark.parametrize(
    ("said_s", "why"),
    [
        (1_795_000_000, ""),
        (946_684_800, "says 2000-01-01: is its battery empty?"),
        (None, "no ds3231 answers"),
    ],
)
def test_a_battery_clock_is_believed_if_it_can_be_right(
    folder: Path, monkeypatch: pytest.MonkeyPatch, said_s: int | None, why: str
) -> None:
    epoch, bus, mark = folder / "epoch", folder / "new_device", folder / "run/kassa/clock-by-battery"
    epoch.touch()
    monkeypatch.setattr(battery_clock, "EPOCH", epoch)
    monkeypatch.setattr(battery_clock, "BUS", bus)
    monkeypatch.setattr(battery_clock, "CLOCKS", clocks(folder / "rtc", said_s))
    monkeypatch.setattr(battery_clock.time, "sleep", lambda _: None)
    os.utime(epoch, (1_790_000_000, 1_790_000_000))
    (folder / "kiosk.toml").write_text(LANE + '[clock]\nrtc = "ds3231"\n')
    assert battery_clock.main(folder, mark) == 0
    assert bus.read_text() == "ds3231 0x68"
    assert mark.exists() is not bool(why)
    told = [one.lines[0] for one in known()]
    assert len(told) == bool(why) and all(why in line for line in told)
    (folder / "kiosk.toml").write_text(LANE)
    battery_clock.main(folder, mark)
    assert not mark.exists() and not known()
