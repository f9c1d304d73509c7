"""Cash parts: a cash machine of two makers: a recycler of notes (eSSP), a coin acceptor and hoppers (ccTalk).

To people it is one machine with a mouth, a slot and a tray, so it is a recycler here, too, that has the coin set beside
it. Its hoppers are empty until staff fill them, and know nothing of what they hold: the lane has to.
"""

from collections.abc import Callable
from random import Random

from drivers.cash_recycler.cctalk import protocol as cctalk
from drivers.cash_recycler.cctalk.parts import Hopper
from drivers.cash_recycler.cctalk.simulator import ACCEPTOR, COINS, CoinSetSimulator
from drivers.cash_recycler.driver import Recycler
from drivers.cash_recycler.essp_simulator import EsspSimulator
from drivers.cash_recycler.joined import Joined
from drivers.cash_recycler.protocol import Host
from drivers.cash_recycler.seal import FACTORY_KEY, Seal
from drivers.device import Device, Simulator
from drivers.ports.port import Port

OF_PARTS = "shop has a cash machine of a recycler, a coin acceptor and hoppers"
"""How a story says that a shop has one."""
HOPPERS = (Hopper(address=3, value_minor=100, path=1), Hopper(address=4, value_minor=500, path=2, order="cipher"))
NOTES = {2_000: 10, 5_000: 10, 10_000: 10}
_SEED = 5
"""Keys that are agreed on in this world are the same whenever it is told again."""


class CashParts(EsspSimulator):
    """Both, as one thing that people stand before."""

    def __init__(self) -> None:
        self.coins = CoinSetSimulator(HOPPERS, pieces={hopper.value_minor: 0 for hopper in HOPPERS})
        super().__init__(store=NOTES)

    def devices(self, name: str, line: Callable[[Simulator], Callable[[], Port]]) -> Device:
        """Fresh drivers for it."""
        random = Random(_SEED).randbytes
        notes, coins = f"{name}.parts.notes", f"{name}.parts.coins"
        host = cctalk.Host(coins, self.currency, acceptor=ACCEPTOR, hoppers=HOPPERS, random=random)
        recycler = Recycler(notes, line(self), Host(notes, self.currency, seal=Seal(FACTORY_KEY, random)))
        return Joined(name, [recycler, Recycler(coins, line(self.coins), host)])

    # --- what people do -----------------------------------------------------------------------------------------------

    def insert_coin(self, minor: int) -> bool:
        """Into the coin set's slot."""
        taken = self.coins.insert_coin(minor)
        self.taken_minor += minor if taken else 0
        return taken

    def take_back(self) -> int:
        """All that lies before people."""
        return super().take_back() + self.coins.take_back()

    def fill(self, pieces: dict[int, int]) -> None:
        """Notes into the recycler, coins into their hopper; for those that have none there is no place."""
        notes = {value: count for value, count in pieces.items() if value not in COINS.values()}
        for hopper in self.coins.hoppers:
            count = pieces.get(hopper.value_minor, 0)
            hopper.pieces += count
            self.filled_minor += hopper.value_minor * count
        super().fill(notes)

    def empty_box(self) -> int:
        """Both boxes."""
        found = super().empty_box()
        self.coins.box.clear()
        return found

    def _emptied(self) -> bytes:
        """The recycler moves its notes itself; the hoppers staff turn over, there and then, into the coins' box."""
        for hopper in self.coins.hoppers:
            self.coins.box[hopper.value_minor] += hopper.pieces
            hopper.pieces = 0
        return super()._emptied()

    def unplug(self) -> None:
        """Both cables."""
        super().unplug()
        self.coins.unplug()

    def plug(self) -> None:
        """Both."""
        super().plug()
        self.coins.plug()

    def set_power(self, on: bool) -> None:
        """Of both."""
        super().set_power(on)
        self.coins.set_power(on)

    # --- what can be seen ---------------------------------------------------------------------------------------------

    @property
    def takes(self) -> bool:
        """Whether its lamps say that it takes money now."""
        return super().takes and self.coins.takes

    @property
    def stored_minor(self) -> int:
        """What it could pay out."""
        return super().stored_minor + self.coins.stored_minor

    @property
    def boxed_minor(self) -> int:
        """What is in its two boxes."""
        return super().boxed_minor + self.coins.boxed_minor

    @property
    def moves(self) -> bool:
        """Whether money is on its way."""
        return super().moves or self.coins.moves

    @property
    def paying(self) -> bool:
        """Whether money is coming out."""
        return super().paying or self.coins.moves

    @property
    def paid_minor(self) -> int:
        """All that ever came out."""
        return self._notes_paid_minor + self.coins.paid_minor

    @paid_minor.setter
    def paid_minor(self, minor: int) -> None:
        self._notes_paid_minor = minor - self.coins.paid_minor
