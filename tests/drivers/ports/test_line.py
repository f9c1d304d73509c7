"""The self-mending line: opens again, drops half commands, keeps last words."""

from collections.abc import Callable

from drivers.ports.line import OPENING_MS, RETRY_FIRST_MS, RETRY_LONGEST_MS, Line, Turn
from drivers.ports.memory_port import CableEnd, memory_pair
from drivers.ports.port import Port, PortLost


class Plug:
    """Gives a fresh cable whenever the line opens; keeps the other ends. `away` refuses."""

    def __init__(self, room: int = 1000) -> None:
        self.away = False
        self.ends: list[CableEnd] = []
        self._room = room

    def __call__(self) -> Port:
        if self.away:
            raise PortLost("refused")
        ours, theirs = memory_pair(self._room)
        self.ends.append(theirs)
        return ours


class Opening:
    """A port that never gets through."""

    ready = False

    def fileno(self) -> int | None:
        return None

    def read(self) -> bytes:
        return b""

    def write(self, data: bytes) -> int:
        return 0

    def close(self) -> None:
        self.ready = False


def test_it_opens_by_itself_and_says_so_once() -> None:
    plug = Plug()
    line = Line(plug)
    assert line.deadline_ms() == 0
    assert line.service(10) == Turn("opened", b"")
    assert line.service(11) == Turn("", b"")
    assert line.deadline_ms() is None


def test_bytes_flow_both_ways_and_wait_where_there_is_no_room() -> None:
    plug = Plug(room=4)
    line = Line(plug)
    line.send(b"abcdefg")
    line.service(0)
    assert line.wants_write
    assert plug.ends[0].read() == b"abcd"
    plug.ends[0].write(b"hej")
    assert line.service(1).data == b"hej"
    assert plug.ends[0].read() == b"efg"
    assert not line.wants_write


def test_the_last_words_before_a_loss_arrive_with_it() -> None:
    plug = Plug()
    line = Line(plug)
    line.service(0)
    plug.ends[0].write(b"approved")
    plug.ends[0].close()
    line.send(b"a write that fails first")
    turn = line.service(1)
    assert (turn.change, turn.data) == ("lost", b"approved")


def test_a_loss_seen_by_flush_is_reported_at_once_with_the_last_words() -> None:
    plug = Plug()
    line = Line(plug)
    line.service(0)
    plug.ends[0].write(b"bye")
    plug.ends[0].close()
    line.send(b"x")
    line.flush(1)
    assert line.deadline_ms() == 0
    turn = line.service(1)
    assert (turn.change, turn.data) == ("lost", b"bye")


def test_half_a_command_is_never_finished_on_a_new_connection() -> None:
    plug = Plug(room=4)
    line = Line(plug)
    line.send(b"half a command")
    line.service(0)
    plug.ends[0].close()
    assert line.service(1).change == "lost"
    assert line.service(1 + RETRY_FIRST_MS).change == "opened"
    assert plug.ends[1].read() == b""
    assert not line.wants_write


def test_it_tries_again_ever_more_slowly_and_forgets_that_when_it_is_back() -> None:
    plug = Plug()
    plug.away = True
    line = Line(plug)
    now, waits = 0, []
    for _ in range(7):
        assert line.service(now) == Turn("lost", b"", "refused")
        due = line.deadline_ms()
        assert due is not None
        assert line.service(due - 1) == Turn("", b"")
        waits.append(due - now)
        now = due
    assert waits[0] == RETRY_FIRST_MS
    assert waits[-1] == RETRY_LONGEST_MS
    assert waits == sorted(waits)
    plug.away = False
    assert line.service(now).change == "opened"
    plug.ends[0].close()
    line.service(now)
    assert line.deadline_ms() == now + RETRY_FIRST_MS


def test_a_port_that_never_gets_through_is_given_up() -> None:
    line = Line(Opening)
    assert line.service(100) == Turn("", b"")
    assert line.wants_write
    assert line.deadline_ms() == 100 + OPENING_MS
    turn = line.service(100 + OPENING_MS)
    assert (turn.change, turn.why) == ("lost", "no answer")


def test_connect_and_hang_up_as_asked() -> None:
    plug = Plug()
    line = Line(plug, hold=False)
    assert line.service(0) == Turn("", b"")
    assert (line.deadline_ms(), plug.ends) == (None, [])
    line.connect()
    assert line.service(1).change == "opened"
    line.hang_up()
    assert line.service(2) == Turn("", b"")
    assert not line.is_open
    line.connect()
    assert line.service(3).change == "opened"


def test_a_chatterbox_does_not_hold_the_loop() -> None:
    plug: Callable[[], Port] = Endless
    line = Line(plug)
    assert len(line.service(0).data) < 1_000


class Endless:
    """A port that always has something to say."""

    ready = True

    def fileno(self) -> int | None:
        return None

    def read(self) -> bytes:
        return b"bla"

    def write(self, data: bytes) -> int:
        return len(data)

    def close(self) -> None:
        self.ready = False
