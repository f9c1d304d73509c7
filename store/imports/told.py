"""Told: a plan and an import in words, the same in the shell, over HTTP and in the console. Pure."""

from collections.abc import Iterator
from decimal import Decimal

from babel.numbers import format_decimal

from kiosk.wire.price_csv import PriceRow
from store.imports.doing import Done
from store.imports.plan import Plan, Step
from store.imports.state import State
from store.imports.wanted import Options
from store.price_batches import Batch
from store.vouchers import Voucher

WORDS = {"add": "add", "change": "change", "same": "as it is", "leave": "leave out"}


def told_counts(plan: Plan) -> str:
    """`12 to add, 3 to change, 40 as they are, 2 left out`."""
    added, changed, same, left = (plan.count(what) for what in ("add", "change", "same", "leave"))
    return f"{added} to add, {changed} to change, {same} as they are, {left} left out"


def told_steps(plan: Plan, options: Options, most: int) -> Iterator[str]:
    """The first lines that do something or are left out; those that change nothing are only counted."""
    shown = [step for step in plan.steps if step.what != "same"]
    for step in shown[:most]:
        about = ", ".join(part for part in (told_price(step, options), step.told) if part)
        named = " ".join(part for part in (step.code, step.name) if part)
        yield f"line {step.line}: {WORDS[step.what]} {named}{': ' if about else ''}{about}"
    if len(shown) > most:
        yield f"and {len(shown) - most} more"


def told_price(step: Step, options: Options) -> str:
    """What it costs or is worth, and what it was."""
    match step.doing:
        case PriceRow(price_minor=minor):
            was = f", was {money(step.was_minor, options)}" if step.was_minor not in (None, minor) else ""
            return f"{money(minor, options)}{was}"
        case Voucher(amount_minor=minor):
            return money(minor, options)
    return ""


def money(minor: int | None, options: Options) -> str:
    """An amount as people of the console read it."""
    pattern = "#,##0" + ("." + "0" * options.digits if options.digits else "")
    return f"{format_decimal(Decimal(minor or 0).scaleb(-options.digits), pattern, 'en')} {options.currency}"


def told_undone(done: Done) -> str:
    """What undoing it did, and what it had to leave."""
    stays = f"; {done.kept} {'stays' if done.kept == 1 else 'stay'}, used or changed since" if done.kept else ""
    return f"import {done.id} is undone{stays}"


def told_done(done: Done, state: State) -> str:
    """What became of it: `12 added, 3 changed, 1 left out`, and whether it is in use."""
    counts = f"{done.added} added, {done.changed} changed, {done.left_out} left out"
    kept = f", but for {done.kept} used or changed since" if done.kept else ""
    match state:
        case "waiting":
            return f"{done.added} to add, {done.changed} to change, {done.left_out} left out"
        case "called off":
            return "Called off under Prices: nothing was changed"
        case "undo called off":
            return f"{counts} · Taking it out was called off under Prices: it stands"
        case "undone":
            return f"{counts} · undone{kept}"
        case _:
            return counts


def told_waiting(batch: Batch) -> str:
    """That nothing is charged otherwise before somebody else has looked at it."""
    name = batch.name[:1].upper() + batch.name[1:]
    left = f" Left out, since it would be wrong: {batch.left_out}." if batch.left_out else ""
    return f"{name} waits for somebody else to approve it, under Prices: {batch.needs_approval}.{left}"
