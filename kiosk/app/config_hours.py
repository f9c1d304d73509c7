"""Config hours: `[sale_hours]`, when the shop sells what, where it sells it at fewer hours than the law lets it."""

from collections.abc import Iterator

import msgspec

from kiosk.checkout.sale_hours import Holiday, SaleHours, Timetable, fault


class SaleHoursTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[sale_hours.rules."drinks/wine"]]` with `days`, `opens` and `closes`, and `[[sale_hours.holidays]]`."""

    rules: SaleHours = {}
    """Windows by category or class of tax, in the form of the jurisdiction packs; no window: not sold at all."""
    licence: SaleHours = {}
    """The same where a licence or a municipality narrows the law: nobody on the lane overrides it."""
    holidays: tuple[Holiday, ...] = ()
    """The shop's own, besides its country's: `name`, and `on` or `easter`."""

    def timetable(self) -> Timetable:
        """The same for the checkout; the law is added where the pack is known."""
        return Timetable(licence=self.licence, shop=self.rules, shop_holidays=self.holidays)

    def problems(self) -> Iterator[str]:
        """What cannot be meant."""
        for goods in (*self.rules, *self.licence):
            if not goods or goods.strip("/") != goods:
                yield f'sale_hours.rules: write a category such as "drinks/wine", not {goods!r}'
        for rules in (self.rules, self.licence):
            if problem := fault(rules, self.holidays):
                yield f"sale_hours: {problem}"
