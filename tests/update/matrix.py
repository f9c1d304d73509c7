"""Matrix: each row installs something, or cuts the power while it is installed, and says what became of the card.

A refusal must leave every byte of both slots, of the boot state and of the slots' folders as it was, and tell why in
one line, as the lane's own reader of RAUC's words has it. Whatever befalls the card, a system that is whole starts.
"""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from drivers.updater.protocol import Heard, heard, why
from image.device.boot_state import TRIES, BootState, Slot
from image.layout import BOOT, MIB
from tests.update.bundles import Bundles
from tests.update.card import ROOTS, Card, System, start
from tests.update.guest import Guest

OLD, NEW, NEXT, OLDER = "1.0.0", "1.1.0", "1.2.0", "0.9.0"


class Failed(Exception):
    """It is not as it should be."""


class Row(NamedTuple):
    """`why`: what the lane's staff read."""

    what: str
    ends_on: str
    other_slot: str
    why: str = ""


class Ran(NamedTuple):
    """One start: what root file system it read, what the command's end was, and why it failed."""

    slot: Slot
    root: str
    code: int | None
    why: str


class Bench:
    """A card, a guest and bundles."""

    def __init__(self, card: Card, guest: Guest, bundles: Bundles, systems: dict[str, System]) -> None:
        self.card, self.guest, self.bundles, self.systems = card, guest, bundles, systems

    def boot(self, *command: str, until: Callable[[], bool] | None = None) -> Ran:
        """Power on, and the command. `until`: the power goes as soon as this is so."""
        slot, root = self.card.power_on()
        version = next(name for name, each in self.systems.items() if root.split(",")[2] in each.slot_text())
        machine = self.guest.start(self.card.file, slot, root, version, command or ("true",))
        cutter = threading.Thread(target=_cut, args=(machine.cut, until), daemon=True) if until else None
        if cutter is not None:
            cutter.start()
        told, runs = Heard(), ""
        last = []
        for line in machine.lines():
            last.append(line)
            kind, _, rest = line.partition(" ")
            if kind == "kassa-root":
                runs = rest
            elif kind in ("kassa-said", "kassa-err"):
                told = heard(told, rest, err=kind == "kassa-err")
        if until is None and machine.code is None:
            raise Failed("the machine ended early:\n" + "\n".join(last[-30:]))
        return Ran(slot, runs, machine.code, why(told, machine.code or 0))

    def install(self, bundle: Path, until: Callable[[], bool] | None = None) -> Ran:
        """As the lane does: `rauc install`."""
        return self.boot("rauc", "install", str(bundle), until=until)


def _cut(cut: Callable[[], None], until: Callable[[], bool]) -> None:
    deadline, pause = time.monotonic() + 120, threading.Event()
    while not until() and time.monotonic() < deadline:
        pause.wait(0.0005)
    cut()


def expect(what: str, found: object, wanted: object) -> None:
    """Raises Failed."""
    if found != wanted:
        raise Failed(f"{what}: {found!r}, not {wanted!r}")


def installed(bench: Bench) -> Iterator[Row]:
    """Good ones, one after the other."""
    good = bench.bundles.good(bench.systems[NEW], NEW)
    expect("good", bench.install(good)[2:], (0, ""))
    state = bench.card.state()
    expect("order", (state.order[0], state.left("A"), state.left("B")), ("B", TRIES - 1, TRIES))
    expect("it starts", bench.boot()[:2], ("B", NEW))
    yield Row("good", f"{NEW} in B", f"{OLD}, bootable")
    after = bench.bundles.good(bench.systems[NEXT], NEXT)
    expect("the next one", bench.install(after)[1:], (NEW, 0, ""))
    expect("it starts", bench.boot()[:2], ("A", NEXT))
    yield Row("the next one", f"{NEXT} in A", f"{NEW}, bootable")


def refused(bench: Bench) -> Iterator[Row]:
    """Each in one line, with nothing written."""
    good = bench.bundles.good(bench.systems[NEW], NEW)
    files = list(bench.bundles.damaged(good))
    files.append(("signed by a stranger", bench.bundles.strangers(bench.systems[NEW], NEW)))
    files.append(("for another board", bench.bundles.other_board(bench.systems[NEW], NEW)))
    files.append(("older than what runs", bench.bundles.good(bench.systems[OLDER], OLDER)))
    for what, file in files:
        yield _refused(bench, what, file)


def full(bench: Bench) -> Iterator[Row]:
    """Less than a MiB is free on KASSA, whose 64 MiB have a MiB of tables."""
    for name in range(3):
        bench.card.put(f"photo{name}.jpg", bytes(20 * MIB + 3 * MIB // 4))
    yield _refused(bench, "KASSA is full", bench.bundles.good(bench.systems[NEW], NEW))


def _refused(bench: Bench, what: str, file: Path) -> Row:
    before = bench.card.seen()
    ran = bench.install(file)
    after = bench.card.seen()
    states = {name for name in after if name.endswith(".env") and "/" not in name}
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    # The start itself used up a try: one of the two state files. `refused` must not have written the other as well.
    expect(f"{what}: written", changed - states, set())
    expect(f"{what}: state files written", len(changed & states), 1)
    if ran.code == 0 or not ran.why or "\n" in ran.why:
        raise Failed(f"{what}: {ran}")
    bench.card.as_new()
    return Row(what, f"{OLD} in A", "as it was", ran.why)


def cut(bench: Bench) -> Iterator[Row]:
    """The power goes at a point of the installation; the old one starts, and the next try succeeds."""
    good = bench.bundles.good(bench.systems[NEW], NEW)
    size = bench.systems[NEW].root.stat().st_size
    points: dict[str, tuple[Callable[[], bool], str]] = {
        "slot B is set bad": (_state_writes(bench.card, 2), OLD),
        "the first block is written": (_differs(bench.card, "B", 0), OLD),
        "a third": (_differs(bench.card, "B", size // 3), OLD),
        "two thirds": (_differs(bench.card, "B", 2 * size // 3), OLD),
        "the last block is written": (_differs(bench.card, "B", size - 4_096), OLD),
        "slot B is the next to start": (_state_writes(bench.card, 3), NEW),
    }
    for what, (point, wanted) in points.items():
        bench.card.renew()
        bench.card.as_new(BootState())  # slot B has tries: to take them is RAUC's first write
        bench.install(good, until=point)
        ran = bench.boot()
        expect(f"cut when {what}: starts", ran.root, wanted)
        if wanted == OLD:
            expect(f"cut when {what}: again", bench.install(good)[1:], (OLD, 0, ""))
            expect(f"cut when {what}: starts", bench.boot()[:2], ("B", NEW))
        yield Row(f"power cut: {what}", f"{ran.root} in {ran.slot}", "not started" if wanted == OLD else "bootable")


def unwell(bench: Bench) -> Iterator[Row]:
    """Nobody says that the new one is well; or a block of it is spoilt."""
    expect("install", bench.install(bench.bundles.good(bench.systems[NEW], NEW))[2:], (0, ""))
    starts = [bench.boot()[:2] for _ in range(TRIES + 1)]
    expect("starts", starts, [("B", NEW)] * TRIES + [("A", OLD)])
    yield Row("not well, and restarted each time", f"{OLD} in A after {TRIES} tries", "without tries")
    again = bench.bundles.good(bench.systems[NEXT], NEXT)
    expect("the next version", bench.install(again)[1:], (OLD, 0, ""))
    expect("starts", bench.boot("/usr/lib/kassa/boot-backend", "set-state", "B", "good")[:3], ("B", NEXT, 0))
    expect("its tries", bench.card.state().left("B"), TRIES)
    yield Row("then the next version, which is well", f"{NEXT} in B, all tries", f"{OLD}, bootable")


def _differs(card: Card, slot: Slot, offset: int) -> Callable[[], bool]:
    """Whether this block of the slot has been written."""
    at = start(ROOTS[slot]) + offset

    def written() -> bool:
        with card.file.open("rb") as file:
            file.seek(at)
            return any(file.read(4_096))

    return written


def _state_writes(card: Card, wanted: int) -> Callable[[], bool]:
    """Whether a state file with a number of at least `wanted` more than a new card's is on the card."""
    numbers = [f"BOOT_SEQ={number:x}\0".encode() for number in range(2 + wanted, 12)]

    def written() -> bool:
        with card.file.open("rb") as file:
            file.seek(start(BOOT))
            head = file.read(4 * MIB)
        return any(number in head for number in numbers)

    return written


GROUPS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "installed": installed,
    "refused": refused,
    "full": full,
    "cut": cut,
    "unwell": unwell,
}
