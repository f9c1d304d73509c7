"""POS reports: what a scanner on HID usage page 0x8C sends and takes, whatever its report layout. Pure.

HID Point of Sale Usage Tables 1.02, section 3 (Bar Code Scanner). A Scanned Data Report carries Decoded Data, in most
devices Symbology Identifier 1 to 3 (the AIM identifier, byte by byte), a Byte Count (Generic Desktop, 0x3B) and Decode
Data Continued where a label is longer than a report. A Trigger Report takes Prevent Read of Barcodes and, as single
beeps, Sound Good Read Beep and Sound Error Beep. Where these fields are in a report the descriptor says.
"""

from typing import NamedTuple

from drivers.report_descriptor import Reports, put, texts, value
from drivers.scanner.label import IDENTIFIER

PAGE = 0x8C << 16
SYMBOLOGY = (PAGE | 0xFB, PAGE | 0xFC, PAGE | 0xFD)
DECODED_DATA, CONTINUED = PAGE | 0xFE, PAGE | 0xFF
PREVENT_READ, ERROR_BEEP, GOOD_BEEP = PAGE | 0x5F, PAGE | 0x85, PAGE | 0x86
BYTE_COUNT = 0x01 << 16 | 0x3B


class Piece(NamedTuple):
    """What one report says of a label."""

    symbology: str
    data: bytes
    continued: bool


class PosReports:
    """One scanner's reports."""

    def __init__(self, reports: Reports) -> None:
        """Raises ValueError if the device sends no decoded data."""
        data = reports.find("input", DECODED_DATA)
        if data is None or data.size != 8 or data.at % 8:
            raise ValueError("it sends no decoded data: is it set to HID POS?")
        self.reports, self._data = reports, data
        self._count = reports.find("input", BYTE_COUNT, data.report)
        self._continued = reports.find("input", CONTINUED, data.report)
        self._symbology = [reports.find("input", usage, data.report) for usage in SYMBOLOGY]
        self._prevent = reports.find("output", PREVENT_READ)

    def length(self, report: int) -> int | None:
        """Bytes of the input report of this id (of any, where they have none); None: there is no such report."""
        return self.reports.lengths.get(("input", report if self.reports.numbered else 0))

    def piece(self, report: bytes) -> Piece | None:
        """What a whole input report says of a label; None: it is about something else. ValueError if it lies."""
        numbered = self.reports.numbered
        if numbered and report[0] != self._data.report:
            return None
        data = texts(self._data, report, numbered)
        if self._count is not None:
            count = value(self._count, report, numbered)
            if count > len(data):
                raise ValueError(f"{count} bytes in a report that holds {len(data)}")
            data = data[:count]
        else:
            data = data.rstrip(b"\0")
        continued = self._continued is not None and value(self._continued, report, numbered) != 0
        return Piece(self._identifier(report), data, continued)

    def _identifier(self, report: bytes) -> str:
        """The AIM identifier; empty where the scanner does not send one."""
        numbered = self.reports.numbered
        codes = [value(field, report, numbered) for field in self._symbology if field is not None]
        text = "".join(chr(code) for code in codes)
        return text if IDENTIFIER.fullmatch(text) else ""

    @property
    def can_rest(self) -> bool:
        """Whether it can be told to read nothing."""
        return self._prevent is not None

    def enable(self, enabled: bool) -> bytes:
        """A report that lets it read, or not; empty if it cannot be told."""
        return self._trigger({} if enabled else {PREVENT_READ: 1})

    def beep(self, good: bool, enabled: bool) -> bytes:
        """A report that makes it beep, and leaves it reading or not as it is; empty if it cannot be told."""
        usage = GOOD_BEEP if good else ERROR_BEEP
        if self.reports.find("output", usage) is None:
            return b""
        return self._trigger({usage: 1} | ({} if enabled or self._prevent is None else {PREVENT_READ: 1}))

    def _trigger(self, wanted: dict[int, int]) -> bytes:
        fields = {usage: self.reports.find("output", usage) for usage in wanted or (PREVENT_READ,)}
        found = {field: wanted.get(usage, 0) for usage, field in fields.items() if field is not None}
        reports = {field.report for field in found}
        if len(reports) != 1:
            return b""
        return put(self.reports, "output", reports.pop(), found)
