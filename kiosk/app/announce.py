"""Announce: what the lane says of itself: its state for the console, its health for the fleet, a basket if asked."""

from collections.abc import Callable, Iterator, Mapping

from msgspec import UNSET

from drivers.life import Life
from kiosk.app.need_facts import shown
from kiosk.app.running import software
from kiosk.app.second_person import second_person_wanted
from kiosk.app.updates_port import Said
from kiosk.checkout.notice import Intervention
from kiosk.checkout.pricing import count_items, line_total
from kiosk.checkout.state import State
from kiosk.checkout.tenders import in_all
from kiosk.values.moment import Moment, rfc3339
from kiosk.wire.messages import BasketLine, DeviceHealth, Health, LaneState, OpenBasket, StaffNeed
from kiosk.wire.topics import What

HEALTH_EVERY_MS = 30_000
_NOTHING_SAID = Said()


def lane_state(state: State, said: Said = _NOTHING_SAID) -> LaneState:
    """The state as the console shows it; `said`: of the version and its update."""
    to_pay = state.sale.to_pay_minor if state.sale is not None else in_all(state.basket).minor
    items = sum(line.count for line in state.sale.lines) if state.sale is not None else count_items(state.basket)
    lane, second = state.lane, second_person_wanted(state)
    return LaneState(
        store=lane.store,
        till=lane.till,
        online=True,
        phase=state.phase.value,
        mode="training" if state.training is not None else lane.mode,
        staff_needed=(
            *((second,) if second is not None else ()),
            *(_need(state, call) for call in state.interventions),
        ),
        items=items,
        due_minor=to_pay,
        currency=lane.currency,
        price_book=state.price_book,
        software=software(),
        image=said.image,
        slot=said.slot,
        since=said.since,
        update=said.update,
        number=lane.number,
        console_age=lane.staff_limits.console_age,
        sequence=state.in_earnest.sequence,
    )


def _need(state: State, call: Intervention) -> StaffNeed:
    about = shown(state, call)
    return StaffNeed(
        reason=call.reason,
        since=rfc3339(call.opened_utc_ms),
        detail=call.detail,
        shown=UNSET if about is None else about,
        seen_by=call.seen_by or UNSET,
    )


def open_basket(state: State) -> OpenBasket:
    """What is in it now; nothing, between two visits."""
    lines = tuple(
        BasketLine(
            line=one.line,
            gtin=one.item.gtin,
            name=one.item.name,
            count=one.count,
            weight_g=one.weight_g,
            unit_price_minor=one.item.price.minor,
            amount_minor=line_total(one).minor,
        )
        for one in state.basket.lines
    )
    lane, basket = state.lane, state.basket
    return OpenBasket(
        store=lane.store,
        till=lane.till,
        started_utc_ms=basket.started_utc_ms,
        currency=lane.currency,
        due_minor=in_all(basket).minor,
        prompt=state.prompt,
        lines=lines,
    )


_LOST = ("absent", "recovering")


class Announcer:
    """Makes the retained messages; the link sends those that have changed."""

    def __init__(
        self,
        disk_free_mib: Callable[[], int],
        outbox_length: Callable[[], int],
        outbox_refused: Callable[[], int] = lambda: 0,
        lives: Callable[[], Mapping[str, Life]] = dict,
        said: Callable[[], Said] = Said,
    ) -> None:
        """`outbox_refused` counts the rows that the store would not take; `lives`: how the devices are; `said`: what
        is to be told of the version."""
        self._said, self._last_said = said, Said()
        self._lives = lives
        self._disk_free_mib, self._outbox_length, self._outbox_refused = disk_free_mib, outbox_length, outbox_refused
        self._next_health_ms = 0
        self._last: State | None = None

    def announcements(self, state: State, now: Moment) -> Iterator[tuple[What, LaneState | Health]]:
        """The lane's state if it may have changed, its health now and then."""
        said = self._said()
        if state is not self._last or said != self._last_said:
            self._last, self._last_said = state, said
            yield "state", lane_state(state, said)
        if now.tick_ms >= self._next_health_ms:
            self._next_health_ms = now.tick_ms + HEALTH_EVERY_MS
            yield "health", self._health(state)

    def again(self) -> None:
        """A new connection: say everything once more."""
        self._last, self._next_health_ms = None, 0

    def _health(self, state: State) -> Health:
        devices = {
            name: DeviceHealth(status="lost" if life.stage in _LOST else "ok", life=life.stage, why=life.why)
            for name, life in self._lives().items()
        }
        for name, (why, since_utc_ms) in state.devices.lost.items():
            life = devices[name].life if name in devices else ""
            devices[name] = DeviceHealth(status="lost", life=life, why=why, since=rfc3339(since_utc_ms))
        cash = state.devices.cash
        return Health(
            store=state.lane.store,
            till=state.lane.till,
            devices=devices,
            paper=state.devices.paper,
            cash_minor=cash.stored.minor if cash is not None else UNSET,
            cash_levels=cash.levels if cash is not None else UNSET,
            disk_free_mib=self._disk_free_mib(),
            outbox=self._outbox_length(),
            outbox_refused=self._outbox_refused(),
            troubles=state.lane.troubles or UNSET,
            clock_unsure=state.devices.clock_unsure or UNSET,
        )

    def deadline_ms(self) -> int:
        """The next look at the health."""
        return self._next_health_ms
