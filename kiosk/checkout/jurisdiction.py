"""Jurisdiction: what the law of one country asks of a lane, as data that a shopkeeper can read.

A pack is a TOML file in `config/jurisdictions`, named in the lane's configuration. The price book says which *class*
of tax a thing belongs to; the pack says what that class costs on a given day, so that a change of rate at midnight
needs nobody awake. The day is the shop's calendar date (a rate changes at midnight, not with the business day).
Reading the file is the caller's; this module only understands its text.
"""

from datetime import date, datetime
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from kiosk.checkout import sale_hours
from kiosk.checkout.duties import Deposit, DepositClass, Fiscal, ReceiptDuties, Returns
from kiosk.checkout.lane import Lane
from kiosk.checkout.sale_hours import Holiday, LawLooksAt, SaleHours
from kiosk.values.money import Money, nearest
from kiosk.values.settings import BadSettings, decode_settings
from kiosk.values.variable_measure import VariableMeasure, rule_fault


class BadPack(Exception):
    """The text is not a jurisdiction pack; the message says where and why."""


class UnknownTaxClass(LookupError):
    """The pack has no such class of tax, or none that is in force on that day."""


class TaxRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rate in basis points, in force from the midnight that begins `since`, until the next one of its class."""

    rate_bp: int
    since: date = date.min


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One country's rules."""

    country: str
    """ISO 3166-1 alpha-2."""
    currency: str
    """ISO 4217."""
    tax: dict[str, tuple[TaxRate, ...]]
    """Rates by class, the oldest first."""
    age_limits: dict[str, int] = {}
    """Years that a buyer must have, by class of tax; the price book may ask for more, never for less."""
    remote_age: bool = True
    """Whether an age may be approved from the store's console where a shop wants that."""
    cash_step_minor: int = 1
    """Cash is paid in whole multiples of this."""
    tax_on_top: bool = False
    """Shelf prices are without tax, which is added at the till (a sales tax); otherwise prices contain it."""
    cash_units_minor: tuple[int, ...] = ()
    """Notes and coins in use, the largest first; empty: staff count change without help."""
    deposit: Deposit = Deposit()
    receipt: ReceiptDuties = ReceiptDuties()
    variable_measure: dict[str, VariableMeasure] = {}
    """How a price or a weight stands in the country's own numbers, by their first two digits."""
    sale_hours: SaleHours = {}
    """When goods may be sold, by class of tax or category; goods without a rule may be sold at any time."""
    sale_hours_look_at: LawLooksAt = "payment"
    """Which moment must lie within them: that in which the goods were taken, or that of the payment."""
    holidays: tuple[Holiday, ...] = ()
    returns: Returns = Returns()
    fiscal: Fiscal = Fiscal()

    def rate_bp(self, tax_class: str, local_date: date) -> int:
        """The rate of a class on a day. UnknownTaxClass if there is none."""
        in_force = [rate for rate in self.tax.get(tax_class, ()) if rate.since <= local_date]
        if not in_force:
            known = ", ".join(sorted(self.tax))
            raise UnknownTaxClass(f"no tax rate for class {tax_class!r} on {local_date}; {self.country} has {known}")
        return in_force[-1].rate_bp

    def new_rates(self, tax_class: str, after: date, until: date) -> list[date]:
        """The days after one day and up to another on which goods of this class, or their deposit, get a new rate."""
        rates = (*self.tax.get(tax_class, ()), *self.tax.get(self.deposit.tax_class, ()))
        return sorted({rate.since for rate in rates if after < rate.since <= until})

    def age_limit(self, tax_class: str, asked: int = 0) -> int:
        """The age that a buyer must have: the price book's own limit (`asked`) or the law's, whichever is higher."""
        return max(asked, self.age_limits.get(tax_class, 0))

    def deposit_rate_bp(self, goods_bp: int, local_date: date) -> int | None:
        """The rate inside the deposit of goods with this rate; None: a deposit bears no tax. UnknownTaxClass."""
        if not self.deposit.taxed:
            return None
        return self.rate_bp(self.deposit.tax_class, local_date) if self.deposit.tax_class else goods_bp

    def container_rate_bp(self, one: DepositClass, local_date: date) -> int | None:
        """The rate inside the deposit of such a container; None: it bears no tax. UnknownTaxClass."""
        return self.rate_bp(one.tax_class or self.deposit.tax_class, local_date) if self.deposit.taxed else None

    def may_sell(self, tax_class: str, local_time: datetime, category: str = "") -> bool:
        """Whether the law lets such goods be sold at this moment of the shop's wall clock."""
        return sale_hours.may_sell(self.sale_hours, self.holidays, local_time, tax_class, category)

    def sale_opens(self, tax_class: str, local_time: datetime, category: str = "") -> datetime | None:
        """When they may be sold next, `local_time` itself if they may now; None: not within a fortnight."""
        return sale_hours.sale_opens(self.sale_hours, self.holidays, local_time, tax_class, category)

    def cash_due(self, due: Money) -> Money:
        """The amount to be paid in cash: the nearest step, half a step up (away from zero)."""
        return nearest(due, self.cash_step_minor)

    def receipt_language(self, language: str) -> str:
        """The language that a receipt for this shopper is written in."""
        allowed = self.receipt.languages
        return language if not allowed or language in allowed else allowed[0]


def lawful(lane: Lane, pack: Pack) -> Lane:
    """The lane with what the law says of its money, its hours and its staff: the brain has no pack."""
    hours = replace(lane.hours, law=pack.sale_hours, looks_at=pack.sale_hours_look_at, holidays=pack.holidays)
    staff = replace(lane.staff_limits, console_age=lane.staff_limits.console_age and pack.remote_age)
    money = {"cash_step_minor": pack.cash_step_minor, "cash_units_minor": pack.cash_units_minor}
    return replace(lane, **money, hours=hours, staff_limits=staff)


def decode_pack(text: str, file: str = "jurisdiction pack") -> Pack:
    """The pack that a TOML text describes; `file` is only for messages. BadPack says what is wrong with it."""
    try:
        pack = decode_settings(text, Pack, file)
    except BadSettings as error:
        raise BadPack(str(error)) from error
    for tax_class, rates in pack.tax.items():
        _check_rates(tax_class, rates)
    for prefix, rule in pack.variable_measure.items():
        if problem := rule_fault(prefix, rule):
            raise BadPack(f"variable_measure.{prefix}: {problem}")
    if pack.cash_step_minor < 1:
        raise BadPack(f"cash_step_minor is {pack.cash_step_minor}: cash comes in steps of at least one minor unit")
    if pack.deposit.tax_class and pack.deposit.tax_class not in pack.tax:
        raise BadPack(f"deposit.tax_class: there is no class {pack.deposit.tax_class!r} in [tax]")
    for number, one in enumerate(pack.deposit.classes, start=1):
        if problem := _class_fault(one, pack):
            raise BadPack(f"deposit.classes: number {number} {problem}")
    for name in pack.age_limits:
        if name not in pack.tax:
            raise BadPack(f"age_limits.{name}: there is no such class in [tax], so that nobody would be asked")
    if problem := sale_hours.fault(pack.sale_hours, pack.holidays):
        raise BadPack(f"sale hours: {problem}")
    if list(pack.cash_units_minor) != sorted({u for u in pack.cash_units_minor if u > 0}, reverse=True):
        raise BadPack("cash_units_minor: notes and coins come from the largest to the smallest, each once")
    return pack


def _class_fault(one: DepositClass, pack: Pack) -> str:
    """What is wrong with a class of containers; empty: nothing."""
    if not one.name or one.amount_minor < 1:
        return "needs a name and a deposit of at least one minor unit"
    if pack.deposit.taxed and (one.tax_class or pack.deposit.tax_class) not in pack.tax:
        return f"needs the class of tax inside its deposit, one of {', '.join(sorted(pack.tax))}"
    return ""


def _check_rates(tax_class: str, rates: tuple[TaxRate, ...]) -> None:
    if not rates:
        raise BadPack(f"tax.{tax_class} has no rate")
    if any(not 0 <= rate.rate_bp < 10_000 for rate in rates):
        raise BadPack(f"tax.{tax_class}: a rate is 0 to 9999 basis points (1200 is 12 %)")
    if any(later.since <= earlier.since for earlier, later in pairwise(rates)):
        raise BadPack(f"tax.{tax_class}: rates come in order of `since`, each day once")
