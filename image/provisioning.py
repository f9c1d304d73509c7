"""Provisioning: `image/provision`, what goes onto the cards of N tills, from one list and the shop's own certificates.

    image/provision tills.csv --shop /var/lib/kassa/shop --base kiosk.toml --out cards
    image/provision --card kassa.img --till cards/k01

The first makes a folder for each till, whose files are copied onto the partition KASSA of its card. What all tills have
in common (devices, tenders, the shop's name) stands in one kiosk.toml, `--base`; what differs, in the list
(`till_list`); who they are, in the folder that `store init` made. Every till is checked as the machine itself will
check it before anything is written, and the folder appears whole or not at all. The second puts one till's files into
the KASSA partition of an image file or of a card, by mtools.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from image.layout import SIGNATURE
from image.till_list import BadList, Fault, Row, read
from kiosk.app.card_files import CONFIG, Refused, checked
from kiosk.app.config import Config
from kiosk.app.known_keys import known_keys
from kiosk.app.places import config_folder
from kiosk.values.settings import BadSettings, decode_settings
from kiosk.values.toml_text import CannotPlace, literal, with_value

WHO = ("ca.crt", "till.crt", "till.key")
WIFI = "wifi.password"
_SECTOR, _FIRST_ENTRY, _DISK_SIGNATURE = 512, 0x1BE, 0x1B8
"""Of an MBR, in bytes: a sector, the first partition's entry, the disk's signature."""


class CannotProvision(Exception):
    """Nothing was written. Lines for a person."""


def provision(tills: bytes, shop: Path, base: str | None, out: Path) -> list[str]:
    """Write the folders; the tills' names. Raises CannotProvision, BadList, OSError."""
    if out.exists():
        raise CannotProvision(f"{out} is there already: name a folder that does not exist yet")
    rows = read(tills, {one.path: one for one in known_keys(_sample(), config_folder() / CONFIG)})
    out.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.absolute().parent) as half:
        whole, faults = Path(half) / "cards", list[Fault]()
        for row in rows:
            faults += _till(row, shop, base, whole / row.till)
        if faults:
            raise BadList(faults)
        whole.rename(out)
    return [row.till for row in rows]


def _sample() -> Config:
    return decode_settings('[lane]\nstore = "s001"\ntill = "k01"\n', Config, CONFIG)


def _till(row: Row, shop: Path, base: str | None, folder: Path) -> list[Fault]:
    """One till's files; what is wrong with them."""
    where = shop / "tills" / row.till
    till = Fault(row.line, *row.columns["lane.till"], "")
    if not all((where / name).is_file() for name in (*WHO, CONFIG)):
        return [till._replace(why=f"{row.till} has no certificate: store till add {shop} {row.till}")]
    folder.mkdir(parents=True)
    for name in WHO:
        shutil.copyfile(where / name, folder / name)
        (folder / name).chmod(0o600 if name.endswith(".key") else 0o644)
    own = (where / CONFIG).read_text(encoding="utf-8")
    try:
        text = _text(own, base if base is not None else own, row)
        if row.password:
            secret = folder / WIFI
            secret.touch(0o600)
            secret.write_text(f"{row.password}\n", encoding="utf-8")
        (folder / CONFIG).write_text(text, encoding="utf-8")
        checked(folder, folder / "nothing")
    except (Refused, CannotPlace, BadSettings) as problem:
        why = str(problem)
        named = next(((name, at) for name, at in row.columns.items() if name in why), None)
        return [till._replace(column=named[1][0], name=named[1][1], why=why) if named else till._replace(why=why)]
    return []


def _text(own: str, base: str, row: Row) -> str:
    """kiosk.toml: the base, who this till is, and what the list says of it."""
    us = decode_settings(own, Config, CONFIG)
    said: dict[str, object] = {"lane.store": us.lane.store, "lane.till": us.lane.till}
    said |= {f"link.{key}": getattr(us.link, key) for key in ("broker", "ca", "cert", "key")}
    said |= row.settings
    if row.password:
        said["network.psk_file"] = WIFI
    text = base
    for name, value in said.items():
        text = with_value(text, tuple(name.split(".")), literal(value))
    return text


def onto(card: Path, till: Path) -> list[str]:
    """Put a till's files into the partition KASSA of an image or a card; their names. Raises CannotProvision."""
    if shutil.which("mcopy") is None:
        raise CannotProvision("mcopy is missing: apt install mtools; or copy the files onto KASSA with any computer")
    files = sorted(path for path in till.iterdir() if path.is_file())
    command = ["mcopy", "-o", "-i", f"{card}@@{boot_begins(card)}", *map(str, files), "::/"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotProvision(f"{card}: {done.stderr.strip() or 'mcopy could not write it'}")
    return [path.name for path in files]


def boot_begins(card: Path) -> int:
    """Where the partition KASSA begins, in bytes. Raises CannotProvision for what is no card of ours."""
    with card.open("rb") as file:
        sector = file.read(_SECTOR)
    ours = int.from_bytes(sector[_DISK_SIGNATURE : _DISK_SIGNATURE + 4], "little") == SIGNATURE
    if sector[-2:] != b"\x55\xaa" or not ours:
        raise CannotProvision(f"{card} is no image or card of Kassa; one that is packed (.xz) must be unpacked first")
    return int.from_bytes(sector[_FIRST_ENTRY + 8 : _FIRST_ENTRY + 12], "little") * _SECTOR


def _told(lines: Iterable[object], file: Path) -> str:
    return "".join(f"provision: {file}: {line}\n" for line in lines)


def main() -> int:
    """0 done; 1 nothing was written, and why stands on the standard error; 2 misused."""
    parser = argparse.ArgumentParser(prog="provision", description="What goes onto the cards of tills.")
    parser.add_argument("tills", type=Path, nargs="?", help="the list, a CSV: a row for each till")
    parser.add_argument("--shop", type=Path, help="the folder that store init made")
    parser.add_argument("--base", type=Path, help="kiosk.toml with what all tills have in common")
    parser.add_argument("--out", type=Path, help="the new folder, with one for each till")
    parser.add_argument("--card", type=Path, help="an image file, or a card's device")
    parser.add_argument("--till", type=Path, help="the till's folder that goes onto it")
    args = parser.parse_args()
    try:
        if args.card and args.till and not args.tills:
            sys.stdout.write(f"{args.card}: {', '.join(onto(args.card, args.till))}\n")
        elif args.tills and args.shop and args.out and not args.card:
            base = args.base.read_text(encoding="utf-8") if args.base else None
            names = provision(args.tills.read_bytes(), args.shop, base, args.out)
            sys.stdout.write("".join(f"{args.out / name}\n" for name in names))
        else:
            parser.error("write a list with --shop and --out, or --card with --till")
    except BadList as problem:
        sys.stderr.write(_told(problem.faults, args.tills))
        return 1
    except (CannotProvision, OSError, UnicodeDecodeError) as problem:
        sys.stderr.write(f"provision: {problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
