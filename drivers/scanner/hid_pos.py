"""HID POS: a stream of a scanner's input reports becomes labels. Pure; the same labels however the stream is cut.

Every report has the length that the descriptor gives it, so a stream of them can be cut. A label may go over several
reports; one whose next report does not come within `silence_ms` is broken off, so that it never joins the next label.
A report that the descriptor does not know, or that contradicts itself, spoils the label and whatever came with it: the
port hands over whole reports, so what comes after it begins with one.
"""

from drivers.events import ScanGarbled
from drivers.scanner.label import BROKEN_OFF, LABEL_LONGEST, TOO_LONG, Label, read
from drivers.scanner.pos_reports import Piece, PosReports

SILENCE_MS = 300
"""A full-speed interrupt endpoint is asked every 1 to 255 ms (USB 2.0, section 9.6.6, bInterval)."""
_ENDS = b"\r\n\t\x03"


class HidPosProtocol:
    """The receiving end of one scanner."""

    def __init__(self, device: str, reports: PosReports, silence_ms: int = SILENCE_MS) -> None:
        self._device, self._silence_ms = device, silence_ms
        self._reports = reports
        self._rest = b""
        self._last_byte_ms = 0
        self._label, self._symbology = b"", ""
        self._begun = self._too_long = False

    def start(self, reports: PosReports) -> None:
        """A scanner with these reports was opened."""
        self._reports = reports
        self.reset()

    def receive(self, data: bytes, now_ms: int) -> list[Label]:
        """Bytes from the scanner; the labels that they complete, in order."""
        data = self._rest + data
        self._last_byte_ms = now_ms
        labels: list[Label] = []
        place = 0
        while place < len(data):
            length = self._reports.length(data[place])
            if length is None:
                return labels + self._spoilt("a report that the scanner has not described")
            if len(data) - place < length:
                break
            try:
                piece = self._reports.piece(data[place : place + length])
            except ValueError as lie:
                return labels + self._spoilt(str(lie))
            labels += self._add(piece) if piece is not None else []
            place += length
        self._rest = data[place:]
        return labels

    def deadline_ms(self) -> int | None:
        """When what has begun will be broken off."""
        return self._last_byte_ms + self._silence_ms if self._rest or self._begun else None

    def silence(self, now_ms: int) -> list[Label]:
        """Nothing more has come by now."""
        deadline_ms = self.deadline_ms()
        if deadline_ms is None or now_ms < deadline_ms:
            return []
        told = self._too_long
        self.reset()
        return [] if told else [ScanGarbled(device=self._device, why=BROKEN_OFF)]

    def reset(self) -> list[Label]:
        """The line was lost: what was half said is forgotten."""
        self._rest = b""
        self._last_byte_ms = 0
        self._over()
        return []

    def _over(self) -> None:
        self._label, self._symbology = b"", ""
        self._begun = self._too_long = False

    def _add(self, piece: Piece) -> list[Label]:
        labels = self._told_apart(piece)
        self._begun, self._symbology = True, self._symbology or piece.symbology
        self._label += piece.data
        if len(self._label) + len(self._symbology) > LABEL_LONGEST and not self._too_long:
            self._too_long = True
            labels.append(ScanGarbled(device=self._device, why=TOO_LONG))
        if self._too_long:
            self._label = b""
        if piece.continued:
            return labels
        label = None if self._too_long else read(self._device, self._label.rstrip(_ENDS), self._symbology)
        self._over()
        return labels if label is None else [*labels, label]

    def _told_apart(self, piece: Piece) -> list[Label]:
        """Another symbology is another label: the first was broken off."""
        if not self._begun or piece.symbology in ("", self._symbology):
            return []
        told = self._too_long
        self._over()
        return [] if told else [ScanGarbled(device=self._device, why=BROKEN_OFF)]

    def _spoilt(self, why: str) -> list[Label]:
        self.reset()
        return [ScanGarbled(device=self._device, why=why)]
