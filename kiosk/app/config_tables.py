"""Config tables: what an operator can write of storage, link, display and other things that stand by themselves."""

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from kiosk.app.weighing_part import installed
from kiosk.checkout.lane import DepositRule
from kiosk.checkout.scale import Trade

Number = Annotated[str, msgspec.Meta(pattern=r"^[!-~ ]{0,40}$")]
"""Of a certificate, as it is printed there."""


class StorageTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[storage]`"""

    path: str = "/var/lib/kiosk/kiosk.db"
    keep_days: int = 30
    """How long the events of finished visits are kept for replay; sealed sales are kept for ever."""
    low_mib: int = 64
    """Below this much free space no new sale starts."""


class LinkTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[link]`; an empty broker sells without a store."""

    broker: str = ""
    ca: str = ""
    cert: str = ""
    key: str = ""
    succession: str = ""
    """What adoption wrote where this machine took another's place (`kiosk.app.succession`)."""
    username: str = ""
    password_file: str = ""


class DisplayTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[display]`"""

    size: tuple[int, int] = (1280, 800)
    fullscreen: bool = True
    rotate: Literal[0, 90, 180, 270] = 0
    diagonal_mm: int = 0
    """Of the panel: what is read from a distance has a smallest size; 0: not known."""
    distance_mm: int = 0
    """How far away people stand; 0: what is usual for that diagonal."""
    ada_text: bool = False
    """Capitals of 4.8 mm (ADA 707.7.2) without Large text too."""
    theme: str = ""
    """The shop's own colours: the name of a file in `config/themes`, or a path; empty: ours."""


class ReceiptsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[receipts]`: an empty address offers no receipt on the phone; `legal` are the lines below the shop's name.
    With a key to sign with (Ed25519, PEM; `demo` proves nothing) and no address, paper and screen carry the signed
    receipt itself."""

    public_url: str = ""
    legal: tuple[str, ...] = ()
    signing_key_file: str = ""
    return_copy: bool = False
    """Whether every return is printed for the shop too, with a line for a name and a signature."""
    email: bool = False
    """The store can send it (`[smtp]` there)."""
    email_endings: tuple[str, ...] = ("@gmail.com", "@hotmail.com", ".com")
    """Typed with one touch; at most three."""


class WeighingTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[weighing]`: by what right weights are sold by. Until both numbers are there the screen says `Not for trade`."""

    scale_certificate: Number = ""
    software_certificate: Number = ""
    checksum: Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")] = ""
    """What the certificate says of the part that weighs: another one is not for trade. Empty: it is not compared."""

    def trade(self) -> Trade:
        """With what runs here."""
        part = installed()
        numbers = (self.scale_certificate, self.software_certificate)
        approved = all(numbers) and self.checksum in ("", part.checksum)
        return Trade(part.version, part.checksum, numbers if approved else ())


class FiscalTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[fiscal]`: who signs sales, where the law wants that; empty: nobody."""

    signer: Literal["", "rsa", "simulated"] = ""
    key_file: str = ""
    """PEM of the private key that `rsa` signs with; readable by the lane alone."""
    key_version: str = "1"
    """What the audit file calls this key; another key has another version."""


class MembersTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[members]`: whether somebody can become one at the lane, and then before or after paying."""

    sign_up: Literal["off", "before", "after"] = "off"


class DepositsTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[deposits]`: what is done with signed slips while the store says nothing, and whose are believed."""

    offline: Literal["signed", "refuse"] = "refuse"
    offline_days: int = 30
    offline_most_minor: int = 10_000
    offline_day_minor: int = 50_000
    slip_keys: tuple[str, ...] = ()
    """PEM files of the public keys (Ed25519) of the machines whose slips are believed; `demo` proves nothing."""
    signing_key_file: str = ""
    """PEM of the private key that signs the slips which staff give out here for empties; empty: they are not signed."""

    @property
    def rule(self) -> DepositRule:
        """What the checkout needs of it."""
        return DepositRule(self.offline, self.offline_days, self.offline_most_minor, self.offline_day_minor)


class UpdatesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[updates]`: who puts a new version of the machine into place: `auto`: RAUC on our image, else nobody."""

    installer: Literal["auto", "none", "rauc"] = "auto"


class DebugTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[debug]`: loopback only."""

    listen: str = ""


class ChangesTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[changes]`: of this file, from the store's console."""

    allowed: bool = True
    watch_s: int = 120
    """So long the lane may take to stand again with a change, before it takes it back."""
    starts: int = 3
    """So often it may start with one; five starts in two minutes are a loop to systemd, and one start is for going
    back."""

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        if not 30 <= self.watch_s <= 3_600:
            yield "changes.watch_s: 30 to 3600 seconds"
        if not 1 <= self.starts <= 3:
            yield "changes.starts: 1 to 3"
