"""Provisioning: one list, N cards; every fault by line and column, and nothing half-written."""

import os
import stat
import struct
import subprocess
from pathlib import Path

import pytest

from image import provisioning
from image.layout import SIGNATURE
from image.provisioning import CannotProvision, boot_begins, onto, provision
from image.till_list import BadList
from image.workplace import REPOSITORY
from kiosk.app.card_files import CONFIG, checked
from kiosk.app.config import read_config
from store.founding import Plan, found

BASE = """# What all tills of the shop have.
[lane]
store = "another"
till = "k99"
name = "Corner"

[devices.scanner]
driver = "hid_pos"
port = "*Scanner*"

[network]
gateway = "192.168.1.1"
"""
LIST = (
    "till;number;address;ssid;password;country;ntp;display.rotate\n"
    "k01;1;192.168.1.21/24;;;;192.168.1.1 kassa-store;90\n"
    "k02;2;192.168.1.22/24;Caf\u00e9;correct horse;SE;;\n"
)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop") / "here"
    found(folder, Plan("s001", "Corner", "192.168.1.10", ("k01", "k02")), 1_790_000_000_000)
    return folder


def faults(text: str | bytes, shop: Path, out: Path) -> list[str]:
    with pytest.raises(BadList) as caught:
        provision(text if isinstance(text, bytes) else text.encode(), shop, BASE, out)
    assert not out.exists() and not list(out.parent.iterdir()), "nothing is half-written"
    return [str(fault) for fault in caught.value.faults]


def test_each_till_is_what_its_row_says_and_what_all_have(shop: Path, tmp_path: Path) -> None:
    assert provision(LIST.encode("utf-8-sig"), shop, BASE, tmp_path / "cards") == ["k01", "k02"]
    one, two = (read_config(tmp_path / "cards" / till / CONFIG) for till in ("k01", "k02"))
    assert (one.lane.store, one.lane.till, one.lane.number, one.lane.name) == ("s001", "k01", "1", "Corner")
    assert (one.network.address, one.clock.ntp, one.display.rotate) == (
        "192.168.1.21/24", ("192.168.1.1", "kassa-store"), 90,
    )  # fmt: skip
    assert one.devices["scanner"]["driver"] == "hid_pos" and one.link.broker == "mqtts://192.168.1.10:8883"
    assert (two.network.ssid, two.network.psk_file, two.display.rotate) == ("Caf\u00e9", "wifi.password", 0)
    secret = tmp_path / "cards/k02/wifi.password"
    assert secret.read_text() == "correct horse\n" and "correct horse" not in (secret.parent / CONFIG).read_text()
    for path in (secret, secret.with_name("till.key")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "# What all tills of the shop have." in (secret.parent / CONFIG).read_text()


def test_the_machine_takes_over_what_was_made(shop: Path, tmp_path: Path) -> None:
    provision(LIST.encode(), shop, BASE, tmp_path / "cards")
    (tmp_path / "machine").mkdir()
    assert checked(tmp_path / "cards/k02", tmp_path / "machine") == (tmp_path / "cards/k02" / CONFIG).read_text()


def test_commas_quotes_and_windows_line_ends(shop: Path, tmp_path: Path) -> None:
    text = '"till","receipts.legal"\r\n"k01","Corner Ltd;Main Street 1, Springfield"\r\n\r\n'
    provision(text.encode(), shop, None, tmp_path / "cards")
    legal = read_config(tmp_path / "cards/k01" / CONFIG).receipts.legal
    assert legal == ("Corner Ltd", "Main Street 1, Springfield")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("till,addres\nk01,x\n", "line 1, column 2 (addres): this is no setting; did you mean address?"),
        ("till,till\nk01,k01\n", "line 1, column 2 (till): it is there twice"),
        ("till,number,lane.number\nk01,1,2\n", "line 1, column 3 (lane.number): it is there twice"),
        ("number\n1\n", "line 1: there is no column 'till'"),
        ("till,number\nk01,1\n\nk01,2\n", "line 4, column 1 (till): k01 is in line 2 too"),
        (
            "till,address\nk01,192.168.1.2/24\nk02,192.168.1.2/16\n",
            "line 3, column 2 (address): 192.168.1.2 is in line 2 too",
        ),
        ("till,number\nk01,1,2\n", "line 2, column 3 (): there are 3 cells and 2 names"),
        ("number,till\n1,\n", "line 2, column 2 (till): which till is it?"),
        ("till,address\nk01,192.168.1.2\n", "line 2, column 2 (address): kiosk.toml, line "),
        ("till,ssid,password,country\nk01,x,short,SE\n", "line 2, column 1 (till): kiosk.toml, line "),
        ("till\nk07\n", "line 2, column 1 (till): k07 has no certificate: store till add "),
        ('till,number\n"k01"x,1\n', "line 2: the quotation marks are wrong"),
        ("till\n", "line 1: a row of names and at least one till are needed"),
        ("till\n\u00e9".encode("utf-16"), "line 1: this is UTF-16: save it as CSV UTF-8"),
        (b"till,ssid\nk01,Caf\xe9\n", "line 2: behind 'k01,Caf' is no UTF-8: save it as CSV UTF-8"),
        ("till,display.rotate\nk01,45\n", "line 2, column 2 (display.rotate): kiosk.toml, line "),
    ],
)
def test_a_fault_is_told_by_line_and_column(text: str | bytes, told: str, shop: Path, tmp_path: Path) -> None:
    assert any(fault.startswith(told) for fault in faults(text, shop, tmp_path / "cards")), faults(
        text, shop, tmp_path / "cards"
    )


def test_all_faults_are_told_at_once(shop: Path, tmp_path: Path) -> None:
    found = faults("till,address\nk01,x\nk02,y\nk09,192.168.1.2/24\n", shop, tmp_path / "cards")
    assert [fault.partition(",")[0] for fault in found] == ["line 2", "line 3", "line 4"]


def test_a_folder_that_is_there_is_left_alone(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "cards").mkdir()
    with pytest.raises(CannotProvision, match="is there already"):
        provision(LIST.encode(), shop, BASE, tmp_path / "cards")


def test_the_command(shop: Path, tmp_path: Path) -> None:
    tills, out = tmp_path / "tills.csv", tmp_path / "cards"
    tills.write_text(LIST)
    command = [REPOSITORY / "image/provision", tills, "--shop", shop, "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, [f"{out}/k01", f"{out}/k02"]), done.stderr
    tills.write_text("till,x\nk01,1\n")
    bad = subprocess.run([*command[:-1], tmp_path / "b"], capture_output=True, text=True, check=False)
    assert bad.returncode == 1 and bad.stderr.startswith(
        f"provision: {tills}: line 1, column 2 (x): this is no setting"
    )
    assert not bad.stdout and not (tmp_path / "b").exists()


# --- onto a card ------------------------------------------------------------------------------------------------------


def card(path: Path, signature: int = SIGNATURE) -> Path:
    sector = bytearray(512)
    struct.pack_into("<I", sector, 0x1B8, signature)
    struct.pack_into("<II", sector, 0x1BE + 8, 8192, 524288)
    sector[-2:] = b"\x55\xaa"
    path.write_bytes(bytes(sector))
    return path


def test_only_a_card_of_ours_is_written_to(tmp_path: Path) -> None:
    assert boot_begins(card(tmp_path / "image")) == 8192 * 512
    for other in (card(tmp_path / "other", 1), tmp_path / "packed"):
        if other.name == "packed":
            other.write_bytes(b"\xfd7zXZ\0" + bytes(600))
        with pytest.raises(CannotProvision, match="is no image or card of Kassa"):
            boot_begins(other)


def test_a_tills_files_go_into_the_partition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What mtools is told; the image's own boot test reads with them what was written."""
    till = tmp_path / "k01"
    till.mkdir()
    (till / CONFIG).write_text("")
    asked = tmp_path / "asked"
    tool = tmp_path / "bin/mcopy"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\necho "$@" > {asked}\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:{os.environ['PATH']}")
    image = card(tmp_path / "image")
    assert onto(image, till) == [CONFIG]
    assert asked.read_text().split() == ["-o", "-i", f"{image}@@4194304", str(till / CONFIG), "::/"]
    tool.write_text("#!/bin/sh\necho 'Disk full' >&2; exit 1\n")
    with pytest.raises(CannotProvision, match="Disk full"):
        onto(image, till)
    monkeypatch.setattr(provisioning.shutil, "which", lambda _: None)
    with pytest.raises(CannotProvision, match="apt install mtools"):
        onto(image, till)
