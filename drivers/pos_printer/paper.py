"""What came out of a printer, as a person would see it: lines, codes, cuts."""

from typing import Literal

import msgspec

from drivers.pos_printer.picture import Picture

PaperKind = Literal["text", "qr", "barcode", "picture"]
Align = Literal["left", "centre", "right"]


class PaperLine(msgspec.Struct, frozen=True):
    """One line on the roll. For a `qr` or `barcode`, `text` is what it says to whoever scans it; a `picture` has its
    dots."""

    text: str = ""
    kind: PaperKind = "text"
    align: Align = "left"
    bold: bool = False
    tall: bool = False
    picture: Picture = Picture()


class Receipt(msgspec.Struct, frozen=True):
    """Paper from one cut to the next; `cut` False while it still hangs in the printer."""

    lines: tuple[PaperLine, ...]
    cut: bool = True

    def as_text(self, columns: int = 42) -> str:
        """As plain text, aligned; codes in brackets."""
        return "\n".join(_as_text(line, columns) for line in self.lines).rstrip("\n")


def _as_text(line: PaperLine, columns: int) -> str:
    text = line.text if line.kind == "text" else f"[{line.kind} {line.text}".rstrip() + "]"
    placed = {"left": text, "centre": text.center(columns), "right": text.rjust(columns)}
    return placed[line.align].rstrip()
