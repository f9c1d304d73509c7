"""Simulated machines that want encryption before they move money: the recycler's other kind, and a hopper. They ship.

As the real ones: an order in the open is answered with "no key", an answer is sealed if its packet was, a packet whose
count is not the next one gets no answer, and without power the key is gone. `plays_back` is the last sealed packet as
somebody on the line could have recorded it.
"""

from collections import Counter

from drivers.cash_recycler import codes as c
from drivers.cash_recycler.seal import FACTORY_KEY, key_of, seal, unseal
from drivers.cash_recycler.simulator import COINS, RecyclerSimulator

MUST_BE_SEALED = {bytes((c.PAYOUT_AMOUNT,)), c.SMART_EMPTY, c.ENABLE_PAYOUT}
SECRET = 0x1234_5678_9ABC_DEF1


class EsspSimulator(RecyclerSimulator):
    """A recycler with encryption."""

    def __init__(
        self, currency: str = "SEK", store: dict[int, int] | None = None, fixed: int = FACTORY_KEY, secret: int = SECRET
    ) -> None:
        super().__init__(currency, store)
        self._fixed, self._secret = fixed, secret
        self._generator = self._modulus = self._count = 0
        self._key = b""
        self.plays_back = b""
        self.opened = 0
        """Sealed packets that it has believed."""

    def set_power(self, on: bool) -> None:
        """As the recycler's; and the key is gone."""
        super().set_power(on)
        if not on:
            self._key = b""

    def _answer(self, data: bytes) -> bytes:
        ok, number = bytes((c.OK,)), c.number(data[1:9])
        match data[:1]:
            case c.SYNC:
                self._key = b""
            case c.SET_GENERATOR:
                self._generator = number
                return ok
            case c.SET_MODULUS:
                self._modulus = number
                return ok
            case c.KEY_EXCHANGE if self._modulus > 1:
                self._key = key_of(self._fixed, pow(number, self._secret, self._modulus))
                self._count = 0
                return ok + pow(self._generator, self._secret, self._modulus).to_bytes(8, "little")
            case b"\x7e":
                return self._sealed(data)
        return bytes((c.NO_KEY,)) if data[:1] in MUST_BE_SEALED else self._inside(data)

    def _sealed(self, data: bytes) -> bytes:
        inside = unseal(self._key, data) if self._key else None
        if inside is None or inside.number != self._count or not inside.data:
            return b""
        self.plays_back, self.opened = data, self.opened + 1
        self._count += 1
        return seal(self._key, self._count, self._inside(inside.data), bytes)

    def _inside(self, data: bytes) -> bytes:
        """The answer to what may be said, sealed or not."""
        return super()._answer(data)


class HopperSimulator(EsspSimulator):
    """A hopper that takes coins through its mechanism and pays all of its coins out."""

    kind = c.HOPPER
    address = 0x10

    def __init__(
        self, currency: str = "SEK", store: dict[int, int] | None = None, fixed: int = FACTORY_KEY, secret: int = SECRET
    ) -> None:
        super().__init__(currency, store, fixed, secret)
        self.store = Counter({value: count for value, count in self.store.items() if value in COINS})
        self._coins_in = False

    @property
    def takes(self) -> bool:
        """Whether its mechanism lets coins in."""
        return self._coins_in and super().takes

    def insert_note(self, minor: int) -> bool:
        """It has no mouth."""
        return False

    def set_power(self, on: bool) -> None:
        """As the recycler's."""
        super().set_power(on)
        self._coins_in = False

    def _inside(self, data: bytes) -> bytes:
        match data:
            case c.COINS_IN | c.COINS_OUT:
                self._coins_in = data == c.COINS_IN
                return bytes((c.OK,))
        if data[:1] in (c.CHANNEL_VALUES, c.COUNTERS, c.ENABLE_PAYOUT, c.HOLD, c.REJECT):
            return bytes((c.UNKNOWN,))
        if data[:1] == bytes((c.PAYOUT_AMOUNT,)) and not self._enabled:
            return bytes((c.CANNOT, c.DISABLED_NOW))
        return super()._inside(data)


class ValidatorSimulator(EsspSimulator):
    """Takes notes into its box, and pays none."""

    kind = c.VALIDATOR

    def __init__(self, currency: str = "SEK") -> None:
        super().__init__(currency, {})

    def _recycles(self, minor: int) -> bool:
        return False

    def _inside(self, data: bytes) -> bytes:
        pays = (c.ALL_LEVELS, c.ENABLE_PAYOUT, c.SMART_EMPTY, bytes((c.PAYOUT_AMOUNT,)))
        return bytes((c.UNKNOWN,)) if data[:1] in pays else super()._inside(data)
