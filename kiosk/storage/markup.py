"""Markup: XML elements as text, for files that are written piece by piece."""

from xml.sax.saxutils import escape

_FORBIDDEN = dict.fromkeys((*range(0x20), 0xFFFE, 0xFFFF))
"""Characters that XML 1.0 cannot hold, not even escaped; tabs and ends of lines among them mean nothing here."""


def text(name: str, said: str) -> str:
    """An element that holds a text."""
    return f"<{name}>{escape(said.translate(_FORBIDDEN))}</{name}>"


def group(name: str, *rows: tuple[str, str]) -> str:
    """An element that holds such elements."""
    return f"<{name}>{''.join(text(row, said) for row, said in rows)}</{name}>"


def percent(rate_bp: int) -> str:
    """Basis points as per cent with two decimals: `15.00`."""
    return f"{rate_bp // 100}.{rate_bp % 100:02d}"
