"""What the lane's end of ZVT costs for each message of a payment, over the simulated terminal's own time.

Driver and terminal sit at the two ends of a line in memory, and the time is handed in, so nobody waits for anybody:
what is left when the terminal's own work is taken off is parsing, answering, deciding and reporting.
"""

from collections.abc import Callable
from time import perf_counter_ns
from typing import Any

from drivers import events as d
from drivers.card_terminal.zvt.driver import Settings, make_simulated

PAYMENTS = 200
_TURN_MS, _TURNS_MOST = 50, 2_000


class _Watch:
    """Adds up the time that is spent inside a thing's methods, the outermost call alone."""

    def __init__(self, thing: Any, *names: str) -> None:
        self.spent_ns = self.calls = 0
        self._inside = False
        for name in names:
            setattr(thing, name, self._timed(getattr(thing, name)))

    def _timed(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **named: Any) -> Any:
            self.calls += 1
            if self._inside:
                return act(*args, **named)
            self._inside, began = True, perf_counter_ns()
            try:
                return act(*args, **named)
            finally:
                self._inside = False
                self.spent_ns += perf_counter_ns() - began

        return timed


def overheads() -> dict[str, list[int]]:
    """Nanoseconds a message, one figure for each payment: the lane's, and the simulated terminal's own beside it."""
    device, terminal = make_simulated("card_terminal", Settings(currency="SEK", idle_hang_up_ms=0))
    theirs = _Watch(terminal, "advance", "receive", "take", "connected")
    said, heard = _Watch(terminal, "say"), _Watch(terminal, "_hear")
    now_ms, ours, own = 0, list[int](), list[int]()
    for number in range(PAYMENTS):
        spent, before = 0, (theirs.spent_ns, said.calls + heard.calls)
        for command in (d.Prepare(str(number)), d.Authorize(str(number), 3_290, "")):
            orders: list[d.Command] = [command]
            for _ in range(_TURNS_MOST):
                now_ms += _TURN_MS
                if terminal.wants == "card":
                    terminal.tap_card()
                began = perf_counter_ns()
                events = [event for order in orders for event in device.command(order, now_ms)]
                events += device.service(now_ms)
                spent += perf_counter_ns() - began
                orders = [d.Acknowledge(str(number), event.message) for event in events if getattr(event, "message", 0)]
                if any(isinstance(event, d.TerminalReady | d.TerminalRefused) for event in events):
                    break
                if any(isinstance(event, d.TerminalCompleted) for event in events):
                    for order in orders:
                        device.command(order, now_ms)
                    break
            else:
                raise AssertionError("the payment did not end")
        messages = said.calls + heard.calls - before[1]
        ours.append((spent - (theirs.spent_ns - before[0])) // messages)
        own.append((theirs.spent_ns - before[0]) // messages)
    device.close()
    return {"overhead": ours, "own": own}
