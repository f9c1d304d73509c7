"""Scanning: items into the basket, out of it, and the shopper's way to the payment and back.

Nothing a shopper scans can be wrong: an unknown code, a blocked item or too many of one are told in the banner, and
the basket stays as it was.
"""

from msgspec.structs import replace

from kiosk.checkout import audit, carrier_bags, couponing, out_of_hours, timekeeping, visit
from kiosk.checkout.asking import is_asking
from kiosk.checkout.basket import Basket, Cleared, Line
from kiosk.checkout.day import removed
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import (
    BackPressed,
    BasketSaved,
    HelpCalled,
    HelpDismissed,
    HelpExplained,
    ItemFound,
    LanguageChosen,
    LineVoided,
    MoreTimeAsked,
    PayPressed,
    PromptClosed,
    QuantityChanged,
    SettingsChosen,
    ShoppingStopped,
    StartPressed,
    StillHere,
    Touched,
)
from kiosk.checkout.freshness import Stop, as_labelled, stopped
from kiosk.checkout.item import Item
from kiosk.checkout.lane import GroupLimit
from kiosk.checkout.notice import Intervention, Notice
from kiosk.checkout.paying import age_needed, fault, is_settling, pay_blocked
from kiosk.checkout.pricing import line_total
from kiosk.checkout.questions import ItemAsk
from kiosk.checkout.scale import SCALE
from kiosk.checkout.state import Held, Phase, PriceCheck, State, Weighing
from kiosk.checkout.taking_cash import no_longer_waiting
from kiosk.checkout.tendering import offer, sell
from kiosk.checkout.tenders import left
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def start(state: State, event: StartPressed) -> Step:
    """An empty basket (03)."""
    return visit.begin(state, event.at), (Beep("touch"),)


def touched(state: State, event: Touched) -> Step:
    """A sign of life and nothing else."""
    return state, ()


def choose_language(state: State, event: LanguageChosen) -> Step:
    """At any moment; everything else stays."""
    if event.language not in state.lane.languages:
        return state, ()
    return replace(state, language=event.language), ()


def item_first(state: State, event: ItemFound) -> Step:
    """A scan on the welcome screen starts the visit."""
    return item(visit.begin(state, event.at), event)


def item_next_visit(state: State, event: ItemFound) -> Step:
    """A scan after paying starts the next visit, if there may be one."""
    if state.close_after or fault(state) or state.signing is not None:
        return state, (Beep("not-found"),)
    return item_first(visit.end(state), event)


def item(state: State, event: ItemFound) -> Step:
    """One line more, or one more of the line just scanned."""
    if event.count < 1:
        return state, ()
    if state.price_check is not None:
        day = replace(state.day, price_checks=state.day.price_checks + 1)
        return replace(state, price_check=PriceCheck(event), day=day), (Beep("scan-ok"),)
    stop = _stop(state, event)
    if stop == "staff_only" and state.assisted and not event.item.open_price:
        shut = _by_the_shop(state, event)
        return hold(state, event, shut) if shut else _serve(state, event)
    return hold(state, event, stop) if stop else take(state, event)


def _stop(state: State, event: ItemFound) -> Stop:
    if timekeeping.waits(state, event):
        recalled = event.label is not None and event.label.recalled
        return "recalled" if recalled else _for_staff(event.item) or "no_clock"
    return stopped(event.label) or _for_staff(event.item) or _by_the_shop(state, event)


def _serve(state: State, event: ItemFound) -> Step:
    """Whoever serves need not be asked; their name stands beside it."""
    before, by = state.basket, state.staff
    state, effects = take(state, event)
    if state.basket.lines == before.lines or by is None:
        return state, effects
    evidence = f"{event.item.gtin}: staff_only; sold at {event.item.price.minor}"
    note = Cleared("item", event.at.utc_ms, event.at.utc_ms, by.id, evidence=evidence)
    return replace(state, basket=replace(state.basket, cleared=(*state.basket.cleared, note))), effects


def hold(state: State, event: ItemFound, stop: Stop) -> Step:
    """Not sold; what staff may sell all the same waits for them."""
    assert stop, "nothing stops it"
    state = replace(state, notice=_news_of(stop, state, event))
    if stop in ("blocked", "staff_only", "past_best", "shop_hours", "no_clock"):
        state = replace(state, held=Held(event.item.gtin, stop, event))
        state = visit.call_staff(state, "item", event.at, event.item.gtin)
    return state, (Beep("not-found"),)


def _news_of(stop: Stop, state: State, event: ItemFound) -> Notice:
    assert stop, "nothing stops it"
    found = out_of_hours.shut_now(state, event.item, event.at) if stop == "shop_hours" else None
    if found is not None:
        return replace(out_of_hours.told(found, event.at), kind="shop_hours")
    return Notice(stop, event.item.name_in(state.language))


def _by_the_shop(state: State, event: ItemFound) -> Stop:
    """The shop's own hours; where the law has closed too, there is nothing to ask staff for."""
    found = out_of_hours.shut_now(state, event.item, event.at)
    return "shop_hours" if found is not None and found.by == "shop" else ""


def take(state: State, event: ItemFound) -> Step:
    """The same without what only staff may sell: the limits of item and basket hold for them too."""
    refusal = _refusal(state, event)
    if refusal is not None:
        return replace(state, notice=refusal), (Beep("not-found"),)
    if event.item.sold_by == "kg" and event.weight_g is None:
        return replace(state, weighing=Weighing(event.item), prompt=""), (Beep("touch"),)
    label = timekeeping.believed(state, event.label)
    event = replace(event, item=as_labelled(event.item, label, state.lane.short_date))
    basket = _added(state.basket, event)
    state = replace(state, basket=basket, prompt="")
    if age_needed(state):
        state = replace(visit.call_staff(state, "age", event.at), prompt="age")
        return state, (Beep("scan-ok"), Beep("attention"))
    return state, (Beep("scan-ok"),)


def _refusal(state: State, event: ItemFound) -> Notice | None:
    item = event.item
    closed = out_of_hours.shut_now(state, item, event.at)
    if closed is not None and closed.by == "law":
        return out_of_hours.told(closed, event.at)
    if item.sold_by == "kg" and event.weight_g is None:
        if state.lane.scale is None:
            return Notice("needs_weight", item.name_in(state.language))
        if SCALE in state.devices.lost:
            return Notice("scale_away")
    if event.weight_g == 0 or (item.priced == "label" and not item.price):
        return Notice("no_value", item.name_in(state.language))
    if state.basket.age_refused and item.age_limit >= state.basket.age_refused:
        return Notice("not_today", item.name_in(state.language))
    if group := group_full(state, item, event.count):
        return Notice("too_many_of_group", str(group.most))
    limit = item.max_quantity or state.lane.max_quantity
    have = sum(line.count for line in state.basket.lines if line.item.gtin == item.gtin)
    if have + event.count > limit:
        return Notice("too_many", str(limit))
    if len(state.basket.lines) >= state.lane.max_lines:
        return Notice("full")
    return None


def _for_staff(item: Item) -> Stop:
    if item.blocked:
        return "blocked"
    return "staff_only" if item.staff_only or item.open_price else ""


def group_full(state: State, item: Item, more: int) -> GroupLimit | None:
    """The limit of a category that so many more of this item would break."""
    for group in state.lane.group_limits:
        if (
            _belongs(item, group)
            and more + sum(line.count for line in state.basket.lines if _belongs(line.item, group)) > group.most
        ):
            return group
    return None


def _belongs(item: Item, group: GroupLimit) -> bool:
    return item.category == group.category or item.category.startswith(f"{group.category}/")


def _added(basket: Basket, event: ItemFound) -> Basket:
    last = basket.lines[-1] if basket.lines else None
    again = last is not None and last.item == event.item and last.line == basket.newest
    if last is not None and again and event.weight_g is None:
        more = replace(last, count=last.count + event.count)
        return replace(basket, lines=(*basket.lines[:-1], more))
    line = Line(basket.next_line, event.item, event.entry, event.count, event.weight_g, event.amount)
    return replace(basket, lines=(*basket.lines, line), next_line=line.line + 1, newest=line.line)


def item_while_choosing(state: State, event: ItemFound) -> Step:
    """A scan on the payment choice: the shopper is not done yet."""
    if is_settling(state):
        return state, ()
    return item(replace(no_longer_waiting(state), phase=Phase.SCANNING), event)


def item_after_decline(state: State, event: ItemFound) -> Step:
    """The same after a definite no; while the terminal works, the amount is fixed."""
    if state.payment is None or state.payment.stage != "declined":
        return state, ()
    return item(replace(state, phase=Phase.SCANNING, payment=None), event)


def change_quantity(state: State, event: QuantityChanged) -> Step:
    """The line sheet's count, within the item's own limit."""
    line = next((line for line in state.basket.lines if line.line == event.line), None)
    if line is None or line.weight_g is not None or line.load or event.count < 1:
        return state, ()
    limit = line.item.max_quantity or state.lane.max_quantity
    others = sum(
        other.count for other in state.basket.lines if other.item.gtin == line.item.gtin and other.line != line.line
    )
    if others + event.count > limit:
        return replace(state, notice=Notice("too_many", str(limit))), (Beep("not-found"),)
    more = event.count > line.count
    group = group_full(state, line.item, event.count - line.count)
    if group is not None and more:
        return replace(state, notice=Notice("too_many_of_group", str(group.most))), (Beep("not-found"),)
    closed = out_of_hours.shut_now(state, line.item, event.at) if more else None
    if closed is not None:
        return replace(state, notice=out_of_hours.told(closed, event.at)), (Beep("not-found"),)
    lines = tuple(replace(each, count=event.count) if each.line == event.line else each for each in state.basket.lines)
    basket = replace(state.basket, lines=lines)
    if is_overpaid(basket):
        return replace(state, notice=Notice("paid_part")), (Beep("not-found"),)
    return replace(state, basket=basket), (Beep("touch"),)


def is_overpaid(basket: Basket) -> bool:
    """Whether more has been paid than the basket would cost: then first something must be given back."""
    return bool(basket.taken) and left(basket).minor < 0


def void_line(state: State, event: LineVoided) -> Step:
    """Out of the basket; an age check that waited only for this line is over."""
    lines = tuple(line for line in state.basket.lines if line.line != event.line)
    if len(lines) == len(state.basket.lines):
        return state, ()
    newest = state.basket.newest if any(line.line == state.basket.newest for line in lines) else 0
    basket = replace(state.basket, lines=lines, newest=newest)
    if is_overpaid(basket):
        return replace(state, notice=Notice("paid_part")), (Beep("not-found"),)
    (out,) = (line for line in state.basket.lines if line.line == event.line)
    day = removed(state.day, line_total(out))
    return without_idle_age_call(replace(state, basket=basket, day=day, notice=Notice("removed"))), (Beep("touch"),)


def without_idle_age_call(state: State) -> State:
    """Drop the age call and its prompt when nothing in the basket needs it any more."""
    if age_needed(state):
        return state
    calls = tuple(i for i in state.interventions if i.reason != "age")
    return replace(state, interventions=calls, prompt="" if state.prompt == "age" else state.prompt)


def close_prompt(state: State, event: PromptClosed) -> Step:
    """Keep scanning; staff still come."""
    return replace(state, prompt=""), ()


def call_help(state: State, event: HelpCalled) -> Step:
    """Answer at once; staff are told."""
    state = visit.call_staff(state, "help", event.at)
    showing = state.phase in (Phase.WELCOME, Phase.SCANNING)
    return replace(state, prompt="help" if showing else state.prompt), (Beep("attention"),)


def explain_help(state: State, event: HelpExplained) -> Step:
    """For whoever comes. It may be said again and differently; the wait does not begin anew."""
    calls = tuple(replace(i, detail=event.about) if i.reason == "help" else i for i in state.interventions)
    return replace(state, interventions=calls), (Beep("touch"),)


def dismiss_help(state: State, event: HelpDismissed) -> Step:
    """It sorted itself out."""
    calls: tuple[Intervention, ...] = tuple(i for i in state.interventions if i.reason != "help")
    prompt = "" if state.prompt == "help" else state.prompt
    return replace(state, interventions=calls, prompt=prompt), ()


def pay(state: State, event: PayPressed) -> Step:
    """On to the payment; a single working tender needs no choice, a basket that costs nothing none at all."""
    if late := out_of_hours.put_out(state, event.at):
        return without_idle_age_call(late[0]), late[1]
    if why := pay_blocked(state):
        return replace(state, notice=Notice("too_much_here" if why == "value" else "pay_waits")), (Beep("not-found"),)
    if couponing.is_waiting(state):
        return replace(state, notice=Notice("coupon_waits")), (Beep("not-found"),)
    if is_asking(state, ItemAsk):
        return replace(state, notice=Notice("item_waits")), (Beep("not-found"),)
    state, owed = audit.at_pay(state, event.at)
    if owed:
        return audit.wait(state)
    if bags := carrier_bags.to_offer(state, event):
        return carrier_bags.ask(state, bags)
    state = replace(state, prompt="")
    if not left(state.basket):
        return sell(state, event.at)
    return offer(state, event.at)


def back_to_scanning(state: State, event: BackPressed) -> Step:
    """From 11c to the choice, from the choice to the open basket."""
    if is_settling(state):
        return state, ()
    if state.payment is not None and state.payment.stage == "waiting":
        return no_longer_waiting(state), ()
    return replace(state, phase=Phase.SCANNING, payment=None), ()


def still_here(state: State, event: StillHere) -> Step:
    """Any sign of life closes 17; the common rule has done so already."""
    return state, ()


def more_time(state: State, event: MoreTimeAsked) -> Step:
    """Ten times as much, for the rest of the visit (`timing`)."""
    return replace(state, more_time=True), ()


def choose_settings(state: State, event: SettingsChosen) -> Step:
    """From now on, until the visit ends."""
    return replace(state, settings=event.settings, more_time=event.more_time), ()


def save_basket(state: State, event: BasketSaved) -> Step:
    """Suspend it now; staff help with it."""
    return _park_or_end(state, event.at)


def _park_or_end(state: State, at: Moment) -> Step:
    if is_settling(state):
        return state, ()
    return visit.park(state, at) if state.basket.lines else (visit.end(state), ())


def stop(state: State, event: ShoppingStopped) -> Step:
    """The basket is emptied and kept as a void; what was paid of it goes back."""
    if is_settling(state):
        return state, ()
    state, effects = visit.void(state, state.basket, event.at)
    return visit.end(state), effects
