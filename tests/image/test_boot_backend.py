"""Boot backend: what RAUC asks and is told, over the very files that the boot script reads; and a cut at any point."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from image.device import boot_backend
from image.device.boot_backend import CannotAnswer, answer, running_slot
from image.device.boot_state import NAMES, TRIES, BootState, Slot, encode, read, write

IN_A = "root=PARTUUID=4b415341-02 ro quiet kassa.slot=A rauc.slot=A"
IN_B = IN_A.replace("=A", "=B")


def ask(folder: Path, *words: str, cmdline: str = IN_A) -> str:
    return answer(words, folder, cmdline)


def booted(folder: Path) -> Slot:
    """As boot.cmd does: the first slot with tries left, one of which is used up; or all are given back."""
    state = read(folder)
    for slot in state.order:
        if state.left(slot):
            write(folder, state.with_left(slot, state.left(slot) - 1))
            return slot
    write(folder, state.with_left("A", TRIES).with_left("B", TRIES))
    return booted(folder)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A new card, booted once: A runs, B is empty."""
    for number, name in enumerate(NAMES):
        (tmp_path / name).write_bytes(encode(BootState(b_left=0), number + 1))
    assert booted(tmp_path) == "A"
    return tmp_path


def install(folder: Path, cmdline: str, other: Slot) -> Iterator[str]:
    """What RAUC asks for, in its order; between them it writes the slot."""
    ask(folder, "set-state", other, "bad", cmdline=cmdline)
    yield "the root file system is written"
    yield "kernel and RAM disk are written"
    ask(folder, "set-primary", other, cmdline=cmdline)


def test_a_new_card_says_what_it_is(card: Path) -> None:
    assert ask(card, "get-primary") == ask(card, "get-current") == "A"
    assert (ask(card, "get-state", "A"), ask(card, "get-state", "B")) == ("good", "bad")


def test_an_installed_slot_starts_next_and_has_all_its_tries(card: Path) -> None:
    list(install(card, IN_A, "B"))
    assert ask(card, "get-primary") == "B" and read(card).b_left == TRIES
    assert booted(card) == "B" and ask(card, "get-current", cmdline=IN_B) == "B"


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_cut_while_it_is_installed_starts_the_slot_that_ran(card: Path, steps: int) -> None:
    ask(card, "set-state", "A", "good")
    running = install(card, IN_A, "B")
    for _ in range(steps):
        next(running)
    assert [booted(card) for _ in range(2)] == ["A", "A"]


@pytest.mark.parametrize("word", [("set-state", "B", "bad"), ("set-primary", "B"), ("set-state", "A", "good")])
@pytest.mark.parametrize("written", [0, 1, 4, 40, 511, 512, 4095])
def test_a_cut_while_a_state_is_written_leaves_the_one_before(card: Path, word: tuple[str, ...], written: int) -> None:
    before, old = read(card), {name: (card / name).read_bytes() for name in NAMES}
    ask(card, *word)
    after = read(card)
    (changed,) = [name for name in NAMES if (card / name).read_bytes() != old[name]] or [NAMES[0]]
    new = (card / changed).read_bytes()
    (card / changed).write_bytes(new[:written] + old[changed][written:])
    assert read(card) in (before, after) and booted(card) in ("A", "B")


def test_a_slot_that_never_comes_up_is_given_up_after_its_tries(card: Path) -> None:
    ask(card, "set-state", "A", "good")
    list(install(card, IN_A, "B"))
    assert [booted(card) for _ in range(4)] == ["B", "B", "B", "A"]
    assert ask(card, "get-state", "B") == "bad" and ask(card, "get-primary") == "A"


def test_a_good_slot_has_its_tries_back_and_what_was_installed_meanwhile_still_starts_next(card: Path) -> None:
    list(install(card, IN_A, "B"))
    ask(card, "set-state", "A", "good")
    assert (ask(card, "get-primary"), read(card).a_left) == ("B", TRIES)


def test_the_slot_that_runs_is_not_made_unbootable(card: Path) -> None:
    before = read(card)
    with pytest.raises(CannotAnswer, match="slot A runs"):
        ask(card, "set-state", "A", "bad")
    assert read(card) == before


@pytest.mark.parametrize(
    "words", [[], ["get-state"], ["get-state", "C"], ["set-state", "A", "fine"], ["set-primary"], ["reboot"]]
)
def test_what_is_not_understood_changes_nothing(card: Path, words: list[str]) -> None:
    before = read(card)
    with pytest.raises(CannotAnswer, match="not understood"):
        ask(card, *words)
    assert read(card) == before


def test_a_machine_that_our_boot_script_has_not_started_is_told_so() -> None:
    with pytest.raises(CannotAnswer, match=r"kassa\.slot="):
        running_slot("root=/dev/sda1 xkassa.slot=A kassa.slot=C")


def test_the_command_answers_rauc(
    card: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (card / "cmdline").write_text(IN_A)
    monkeypatch.setattr(boot_backend, "FIRMWARE", card)
    monkeypatch.setattr(boot_backend, "CMDLINE", card / "cmdline")
    for words, code, told in ((["get-primary"], 0, "A\n"), (["set-state", "A", "good"], 0, ""), (["x"], 1, "")):
        monkeypatch.setattr("sys.argv", ["boot-backend", *words])
        with pytest.raises(SystemExit) as ended:
            boot_backend.main()
        assert (bool(ended.value.code), capsys.readouterr().out) == (bool(code), told)
