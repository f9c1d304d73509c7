"""Every parser of bytes from outside, once. One more: a row in the file of its kind, or a file of its own here."""

from tests.drivers.parsers import cash, keys, labels, outputs, provider, terminals, weights
from tests.drivers.parsers.shape import Parser

PARSERS: dict[str, Parser] = {
    **keys.ROWS,
    **labels.ROWS,
    **weights.ROWS,
    **outputs.ROWS,
    **provider.ROWS,
    **terminals.ROWS,
    **cash.ROWS,
}
