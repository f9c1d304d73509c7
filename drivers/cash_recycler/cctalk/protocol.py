"""Protocol: the till's end of ccTalk with a coin acceptor and hoppers on one line: coins in, change out. Pure.

`talk` says how it talks; here is what is said. Nothing that can be read twice does harm: a coin counts when the event
counter has passed it (`credits`), and what a hopper paid is the difference of the coins that it ever paid (168), not
what it says of its last order. And since a sum of one byte lets one damaged message in 256 through, what is money is
read until it was told twice the same. An order to pay is never sent twice: an answer that is missing or damaged is
followed by the question whether the order was heard (166, its event counter). What is not paid is told, and nobody
tries again.

The acceptor takes coins only while it is told to, coin by coin (231) and as a whole (228, which some do not know). One
that nobody asks for a second shuts itself (SR5, "credit poll watchdog"). Shut, it is asked until no coin comes any
more: one may have been on its way. A hopper is enabled only while it pays.

Orders are given with the serial number of the hopper, or, `order = "cipher"`, with what hoppers without the maker's
secret cipher take: random numbers to it (161), its key asked for (160), eight zeros. The cipher itself is not public.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

from msgspec.structs import replace

from drivers import events as d
from drivers.cash_recycler.cctalk import codes as c
from drivers.cash_recycler.cctalk.credits import SIZE, news_of
from drivers.cash_recycler.cctalk.frame import TILL, Ear, Message, pack
from drivers.cash_recycler.cctalk.parts import Held, Hopper, Memory, filled, meter_of, remembered, shares
from drivers.cash_recycler.talk import Once, Pause, Refused, Talk, Talker, Wish

ACCEPTING_POLL_MS, IDLE_POLL_MS, BUSY_POLL_MS = 200, 1_000, 200
SETTLE_MS = 600
"""A coin that was past the gate when it shut has been told by then."""
AFTER_RESET_MS = 500
"""A hopper looks at its exit three times a second and sets its flags again (Flow, "Test Hopper")."""
STUCK_POLLS = 150
"""So many looks at a hopper that moves no coin, and it is stopped: 30 s, three times what it gives itself."""
SAME_WITHIN = 8
"""Answers of which two must be the same: a coin may fall between any two of them."""
_CIPHER_SIZE, _SERIAL_SIZE, _COUNT_SIZE, _STATUS_SIZE = 8, 3, 3, 4

Answer = Generator[Wish, bytes, bytes]


class Host(Talker):
    """The till's end of one line."""

    def __init__(
        self,
        device: str,
        currency: str,
        *,
        acceptor: int,
        hoppers: Sequence[Hopper],
        random: Callable[[int], bytes],
        coins: Mapping[int, int] | None = None,
        box_path: int = 0,
        wide: bool = False,
    ) -> None:
        """`acceptor`: its address, 0: there is none. `coins`: minor units by position, where it does not say them
        itself. `box_path`: the sorter's path into the box, for coins whose hopper is full; 0: they go on into it."""
        super().__init__(device)
        self._currency, self._acceptor, self._hoppers = currency, acceptor, tuple(hoppers)
        self._random, self._wide, self._box_path = random, wide, box_path
        self._given = dict(coins or {})
        self._coins = dict(self._given)
        self._paths: dict[int, int] = {}
        """The sorter's path by position, as the acceptor was told."""
        self._has_master = True
        self._ear = Ear(wide=wide)
        self._memory = Memory()
        self._accepting = ""

    # --- messages -----------------------------------------------------------------------------------------------------

    def _pack(self, data: bytes) -> bytes:
        question = pack(Message(data[0], TILL, data[1], data[2:]), wide=self._wide)
        self._ear.expect(data[0], question)
        return question

    def _answers(self, data: bytes) -> Iterator[bytes]:
        answer = self._ear.feed(data)
        if answer is not None:
            yield bytes((answer.header,)) + answer.data

    def _send_again(self, now_ms: int) -> None:
        self._ear.again()
        super()._send_again(now_ms)

    def _forget(self) -> None:
        self._accepting = ""

    def _ask(self, address: int, header: int, data: bytes = b"", size: int = 0) -> Answer:
        """A question that must be answered with so many bytes at least."""
        told = yield c.request(address, header, data)
        if told[0] != c.DONE or len(told) <= size:
            raise Refused(f"{self._name_of(address)} refuses {header}")
        return told[1:]

    def _ask_twice(self, address: int, header: int, size: int) -> Answer:
        """What is money: until two answers in a row are the same, and as long as they must be."""
        last = b""
        for _ in range(SAME_WITHIN):
            told = yield c.request(address, header)
            if told == last and len(told) == size + 1 and told[0] == c.DONE:
                return told[1:]
            last = told
        raise Refused(f"{self._name_of(address)} says something else each time it is asked for {header}")

    def _name_of(self, address: int) -> str:
        return "the coin acceptor" if address == self._acceptor else f"the hopper at {address}"

    # --- talks --------------------------------------------------------------------------------------------------------

    def _talk_of(self, command: d.Command) -> tuple[str, Talk] | None:
        match command:
            case d.RememberCash(mark):
                self._memory = remembered(mark)
                return None
            case d.StackNote() | d.ReturnNote():
                return None  # it has no notes
            case d.CloseCash(ticket):
                return ticket, self._close(ticket)
            case d.AcceptCash(ticket):
                return ticket, self._accept(ticket)
            case d.DispenseCash(ticket, amount_minor):
                return ticket, self._dispense(ticket, amount_minor)
            case d.FillCash(ticket, amount_minor):
                return ticket, self._fill(ticket, amount_minor)
            case d.EmptyCash(ticket):
                return ticket, self._empty(ticket)
            case _:
                raise AssertionError(f"{self._device} takes money and no {type(command).__name__}")

    def _connect(self) -> Talk:
        if self._acceptor:
            yield from self._meet_acceptor()
        for hopper in self._hoppers:
            yield from self._ask(hopper.address, c.SIMPLE_POLL)
        yield from self._quiet()
        self._tell_online()
        self._tell_meter("")

    def _close(self, ticket: str) -> Talk:
        yield from self._quiet()
        self._tell_meter(ticket)

    def _fill(self, ticket: str, amount_minor: int) -> Talk:
        yield from self._quiet()
        self._memory = filled(amount_minor, self._memory, self._hoppers)
        self._tell_meter(ticket)

    def _empty(self, ticket: str) -> Talk:
        """Hoppers have no box below them: staff empty them by hand, and what was in them is counted with the box."""
        yield from self._quiet()
        for hopper in self._hoppers:
            self._set_level(hopper, 0)
        self._tell_meter(ticket)

    def _watch(self) -> Talk:
        """One look at every part, so that one that is away is told; of the acceptor, what came in."""
        if self._acceptor:
            coins, trouble = yield from self._hear()
            if coins:
                self._tell_meter(self._accepting)
            if trouble and self._accepting:
                raise Refused(trouble)
        if self._accepting:
            yield Pause(ACCEPTING_POLL_MS)
            return
        for hopper in self._hoppers:
            yield from self._ask(hopper.address, c.SIMPLE_POLL)
        if not self._waiting:
            yield Pause(IDLE_POLL_MS)

    def _tell_meter(self, ticket: str) -> None:
        meter = meter_of(self._memory, self._hoppers)
        self._tell(d.CashMetered(device=self._device, ticket=ticket, meter=meter))

    def _quiet(self) -> Talk:
        """Nothing comes in any more and no hopper moves; all is counted."""
        self._accepting = ""
        if self._acceptor:
            yield from self._shut()
            coming = True
            while coming:
                yield Pause(SETTLE_MS)
                coming, _ = yield from self._hear()
        for hopper in self._hoppers:
            while (yield from self._ask_twice(hopper.address, c.HOPPER_STATUS, _STATUS_SIZE))[1]:
                yield Pause(BUSY_POLL_MS)
            yield from self._recount(hopper)

    # --- coins in -----------------------------------------------------------------------------------------------------

    def _meet_acceptor(self) -> Talk:
        yield from self._ask(self._acceptor, c.SIMPLE_POLL)
        self._has_master = bool(
            (yield Once(c.request(self._acceptor, c.MASTER_INHIBIT, b"\0")))[:1] == bytes((c.DONE,))
        )
        yield from self._shut()
        fault = (yield from self._ask(self._acceptor, c.SELF_CHECK, size=1))[0]
        if fault:
            raise Refused(f"the coin acceptor has {c.FAULTS.get(fault, f'fault {fault}')}")
        self._paths = {}
        if self._given:
            return
        self._coins = {}
        for position in range(1, c.POSITIONS + 1):
            told = yield Once(c.request(self._acceptor, c.COIN_ID, bytes((position,))))
            if not told and position == 1:
                break  # it does not know the question
            if minor := c.coin_minor(told[1:], self._currency):
                self._coins[position] = minor
        if not self._coins:
            raise Refused("the coin acceptor names no coins: write them down in the configuration, coins = { 1 = 100 }")

    def _shut(self) -> Talk:
        if self._has_master:
            yield from self._ask(self._acceptor, c.MASTER_INHIBIT, b"\0")
        yield from self._ask(self._acceptor, c.INHIBITS, b"\0\0")

    def _accept(self, ticket: str) -> Talk:
        if self._acceptor:
            yield from self._sort()
            mask = sum(1 << (position - 1) for position in self._coins)
            yield from self._ask(self._acceptor, c.INHIBITS, mask.to_bytes(2, "little"))
            if self._has_master:
                yield from self._ask(self._acceptor, c.MASTER_INHIBIT, b"\1")
        self._accepting = ticket

    def _sort(self) -> Talk:
        """Each coin into its hopper, or, where that is full, into the box."""
        for hopper in self._hoppers:
            if not hopper.path:
                continue
            path = self._box_path if self._box_path and (yield from self._is_full(hopper)) else hopper.path
            for position, minor in self._coins.items():
                if minor == hopper.value_minor and self._paths.get(position) != path:
                    yield from self._ask(self._acceptor, c.SORTER_PATHS, bytes((position, path)))
                    self._paths[position] = path

    def _is_full(self, hopper: Hopper) -> Generator[Wish, bytes, bool]:
        told = yield from self._ask(hopper.address, c.LEVEL_STATUS, size=1)
        if told[0] & c.HIGH_KNOWN:
            return bool(told[0] & c.HIGH)
        return self._memory.held(hopper.address).level >= hopper.holds

    def _hear(self) -> Generator[Wish, bytes, tuple[bool, str]]:
        """What is new: whether the counters have risen, and what a person should look into."""
        told = yield from self._ask(self._acceptor, c.CREDITS, size=SIZE)
        if told[0] != self._memory.event:
            told = yield from self._ask_twice(self._acceptor, c.CREDITS, SIZE)
        news = news_of(told, self._memory.event)
        memory = replace(self._memory, event=news.event, lost=self._memory.lost + news.lost)
        for position, path in news.coins:
            memory = self._with_coin(memory, position, path or self._paths.get(position, 0))
        changed = bool(news.coins or news.lost)
        self._memory = memory
        trouble = next((c.TROUBLES[error] for error in news.errors if error in c.TROUBLES), "")
        return changed, "the coin acceptor has started anew" if news.anew else trouble

    def _with_coin(self, memory: Memory, position: int, path: int) -> Memory:
        minor = self._coins.get(position, 0)
        if not minor:
            return replace(memory, lost=memory.lost + 1)
        memory = replace(memory, coins_minor=memory.coins_minor + minor)
        into = next((one for one in self._hoppers if path and one.path == path and one.value_minor == minor), None)
        if into is None:
            return memory
        held = memory.held(into.address)
        return memory.with_held(into.address, replace(held, level=held.level + 1))

    # --- change out ---------------------------------------------------------------------------------------------------

    def _dispense(self, ticket: str, amount_minor: int) -> Talk:
        orders, whys, short = shares(amount_minor, self._memory, self._hoppers), [], []
        if not orders and amount_minor:
            whys.append("not exactly")
        for hopper, count in orders:
            before = self._memory.held(hopper.address).paid
            whys.append((yield from self._pay(hopper, count)))
            if self._memory.held(hopper.address).paid - before < count:
                short.append(hopper)
        meter, why = meter_of(self._memory, self._hoppers), next((why for why in whys if why), "")
        self._tell(d.CashDispensed(device=self._device, ticket=ticket, meter=meter, why=why))
        for hopper in short:  # whatever is left in it, nobody counts on it until it is filled
            self._set_level(hopper, 0)
        if short:
            self._tell_meter("")

    def _pay(self, hopper: Hopper, count: int) -> Generator[Wish, bytes, str]:
        """One order, sent once; the hopper's word if it was not all."""
        if (yield from self._is_blocked(hopper)):
            return "blocked"
        before = yield from self._ask_twice(hopper.address, c.HOPPER_STATUS, _STATUS_SIZE)
        yield from self._ask(hopper.address, c.ENABLE_HOPPER, c.ENABLED)
        key = yield from self._key_of(hopper)
        yield Once(c.request(hopper.address, c.DISPENSE, key + bytes((count,))))
        yield from self._follow(hopper, before[0])
        flags = yield from self._ask(hopper.address, c.TEST_HOPPER, size=1)
        yield from self._ask(hopper.address, c.ENABLE_HOPPER, c.DISABLED)
        if (yield from self._recount(hopper)) >= count:
            return ""
        return "empty" if flags[0] & c.NOT_PAID_OUT else "incomplete"

    def _follow(self, hopper: Hopper, before: int) -> Talk:
        """Until it has stopped; one that moves nothing for too long is stopped."""
        last, same = b"", 0
        while True:
            status = yield from self._ask(hopper.address, c.HOPPER_STATUS, size=_STATUS_SIZE)
            if status[0] == before or not status[1]:  # the order was not heard, or it is carried out: it says so twice
                status = yield from self._ask_twice(hopper.address, c.HOPPER_STATUS, _STATUS_SIZE)
            if status[0] == before or not status[1]:
                return
            last, same = status, same + 1 if status == last else 0
            if same > STUCK_POLLS:
                yield Once(c.request(hopper.address, c.EMERGENCY_STOP))
                return
            yield Pause(BUSY_POLL_MS)

    def _is_blocked(self, hopper: Hopper) -> Generator[Wish, bytes, bool]:
        """Whether it would pay nothing, even after it was started anew."""
        if not (yield from self._flagged(hopper)):
            return False
        yield from self._ask(hopper.address, c.RESET_DEVICE)
        yield Pause(AFTER_RESET_MS)
        return (yield from self._flagged(hopper))

    def _flagged(self, hopper: Hopper) -> Generator[Wish, bytes, bool]:
        flags = yield from self._ask(hopper.address, c.TEST_HOPPER, size=1)
        return bool(flags[0] & c.NO_PAYOUT or (flags[1:2] and flags[1] & c.PAYING_LIGHT))

    def _key_of(self, hopper: Hopper) -> Answer:
        if hopper.order == "serial":
            return (yield from self._ask(hopper.address, c.SERIAL_NUMBER, size=_SERIAL_SIZE))[:_SERIAL_SIZE]
        yield from self._ask(hopper.address, c.PUMP_RNG, self._random(_CIPHER_SIZE))
        yield from self._ask(hopper.address, c.CIPHER_KEY, size=_CIPHER_SIZE)
        return bytes(_CIPHER_SIZE)

    def _recount(self, hopper: Hopper) -> Generator[Wish, bytes, int]:
        """What it has paid since it was counted last."""
        ever = c.number((yield from self._ask_twice(hopper.address, c.DISPENSE_COUNT, _COUNT_SIZE)))
        held = self._memory.held(hopper.address)
        paid = ever - held.paid if held.paid >= 0 else 0
        if paid < 0:  # somebody has cleared its counter
            self._memory, paid = replace(self._memory, lost=self._memory.lost + 1), 0
        self._memory = self._memory.with_held(hopper.address, Held(max(0, held.level - paid), ever))
        return paid

    def _set_level(self, hopper: Hopper, level: int) -> None:
        held = self._memory.held(hopper.address)
        self._memory = self._memory.with_held(hopper.address, replace(held, level=level))
