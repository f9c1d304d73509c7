"""Stock: what a sealed sale moves, worked out the same way by the till that reports it and the store that books it."""

from kiosk.checkout.sale import CameBack, Sale
from kiosk.wire.messages import StockMovement, StockMovements

KEYED = "keyed/"
"""How the codes begin of goods that staff sold by kind and price: no product, so there is nothing to count."""
_SIGN = {"sale": -1, "return": 1, "void": 0}


def stock_of(sale: Sale) -> StockMovements:
    """One movement for each product, in the order of the lines.

    A void and a training sale move nothing, and what comes back as waste is nothing that can be sold.
    """
    sign = 0 if sale.training else _SIGN[sale.kind]
    moved: dict[str, tuple[int, int]] = {}
    for line in sale.lines if sign else ():
        if line.gtin.startswith(KEYED) or (isinstance(line.back, CameBack) and line.back.waste):
            continue
        count, weight_g = moved.get(line.gtin, (0, 0))
        if line.weight_g is None:
            moved[line.gtin] = (count + sign * line.count, weight_g)
        else:
            moved[line.gtin] = (count, weight_g + sign * line.weight_g)
    movements = tuple(StockMovement(gtin=gtin, count=count, weight_g=grams) for gtin, (count, grams) in moved.items())
    return StockMovements(sale=sale.key, business_day=sale.business_day, sealed=sale.sealed, movements=movements)
