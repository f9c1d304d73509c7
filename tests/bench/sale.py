"""What a ten-line sale, paid by card and printed, costs the card: syncs and bytes, counted by the disk itself."""

from pathlib import Path

from kiosk.checkout import events as e
from kiosk.checkout.state import Phase
from kiosk.world.disk import Disk, File
from kiosk.world.lane import Lane
from kiosk.world.shops import demo_shop


class CountingDisk(Disk):
    """A disk that counts what reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self.syncs = self.bytes = 0

    def sync(self, file: File) -> None:
        """Counted."""
        self.syncs += 1
        super().sync(file)

    def write(self, file: File, offset: int, data: bytes) -> None:
        """Counted."""
        self.bytes += len(data)
        super().write(file, offset, data)


def ten_lines(folder: Path, codes: list[str]) -> dict[str, int]:
    """Syncs and KiB written from the first scan to goodbye."""
    disk = CountingDisk()
    lane = Lane(demo_shop(folder), disk)
    lane.boot()
    lane.wait(3_000)
    syncs, written = disk.syncs, disk.bytes
    for code in codes:
        lane.shop.top.scanner.scan(code)
        lane.wait(2_000)
    assert len(lane.state.basket.lines) == 10, "ten different products"
    lane.say(e.PayPressed())
    lane.wait(3_000)
    lane.shop.top.terminal.insert_card()
    lane.wait(3_000)
    lane.shop.top.terminal.type_pin("1234")
    lane.wait(5_000)
    lane.shop.top.terminal.take_card()
    lane.wait(3_000)
    assert lane.state.phase is Phase.RECEIPT, "the card did not go through"
    lane.say(e.ReceiptChosen(kind="print"))
    lane.wait(30_000)
    assert lane.state.phase is Phase.WELCOME, "the visit did not end"
    return {"syncs": disk.syncs - syncs, "KiB": (disk.bytes - written) // 1024}
