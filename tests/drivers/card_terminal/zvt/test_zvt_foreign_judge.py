"""A judge that is not ours: tshark's ZVT dissector reads what both sides said in a whole day."""

import json
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.events import Acknowledge, Reverse, Settle, TerminalPrint, TerminalReversed, TerminalSettled

KNOWN_TO_BOTH = {0x0600, 0x0601, 0x04FF, 0x040F, 0x06D3, 0x060F, 0x0630, 0x0631, 0x0650}
"""All that our day has, but the status enquiry (05 01) and the repeat of a receipt (06 20): tshark 4.0 has neither."""
TILL_PORT, TERMINAL_PORT = 40_000, 20_007


def one_by_one(data: bytes) -> Iterator[bytes]:
    """The messages in a row: the dissector reads no order that follows an `80 00 00` in the same packet."""
    while data:
        size = 5 + int.from_bytes(data[3:5], "little") if data[2] == 0xFF else 3 + data[2]
        yield data[:size]
        data = data[size:]


class Recorder:
    """Everything that went over the wire, in order."""

    def __init__(self, terminal: ZvtSimulator) -> None:
        self.said: list[tuple[str, bytes]] = []
        receive, take = terminal.receive, terminal.take

        def heard(data: bytes, now_ms: int) -> None:
            self.said += [("till", message) for message in one_by_one(data)]
            receive(data, now_ms)

        def taken() -> bytes:
            data = take()
            self.said += [("terminal", message) for message in one_by_one(data)]
            return data

        terminal.receive, terminal.take = heard, taken  # type: ignore[method-assign]

    def pcap(self) -> bytes:
        """As a capture of one TCP connection: raw IPv4 packets without checksums."""
        frames = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 101)]
        sent = {"till": 1, "terminal": 1}
        for number, (who, data) in enumerate(self.said):
            other = "terminal" if who == "till" else "till"
            ports = (TILL_PORT, TERMINAL_PORT) if who == "till" else (TERMINAL_PORT, TILL_PORT)
            tcp = struct.pack(">HHIIBBHHH", *ports, sent[who], sent[other], 5 << 4, 0x18, 8_192, 0, 0)
            ip = struct.pack(">BBHHHBBHII", 0x45, 0, 40 + len(data), number, 0, 64, 6, 0, 0x0A000001, 0x0A000002)
            packet = ip + tcp + data
            frames.append(struct.pack("<IIII", number, 0, len(packet), len(packet)) + packet)
            sent[who] += len(data)
        return b"".join(frames)


def dissected(pcap: Path) -> list[dict[str, list[str]]]:
    """What tshark read, packet by packet."""
    fields = ["zvt.control_field", "zvt.ccrc", "zvt.aprc", "zvt.amount", "zvt.terminal_id", "zvt.result_code", "zvt.cc"]
    fields += ["zvt.int_status", "zvt.tlv.text_lines.line", "zvt.trace_number", "_ws.malformed", "_ws.expert"]
    command = ["tshark", "-r", str(pcap), "-d", f"tcp.port=={TERMINAL_PORT},zvt", "-T", "json", "-Y", "zvt"]
    for field in fields:
        command += ["-e", field]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return [packet["_source"]["layers"] for packet in json.loads(done.stdout)]


@pytest.fixture
def packets(till: Any, tmp_path: Path) -> list[dict[str, list[str]]]:
    """A day: a payment, a reversal, a refund, the end of day."""
    recorder = Recorder(till.terminal)
    record = till.pay(1_250).record
    till.command(Reverse("r1", record))
    till.run(lambda: bool(till.seen(TerminalReversed)))
    till.run(lambda: not till.terminal.busy)
    till.refund(500)
    till.command(Settle("s1"))
    till.on_event = lambda event: (
        till.command(Acknowledge(event.ticket, event.message)) if isinstance(event, TerminalPrint) else None
    )
    till.run(lambda: bool(till.seen(TerminalSettled)))
    capture = tmp_path / "day.pcap"
    capture.write_bytes(recorder.pcap())
    return dissected(capture)


def every(packets: list[dict[str, list[str]]], field: str) -> list[str]:
    return [value for packet in packets for value in packet.get(field, [])]


def test_tshark_reads_the_whole_day_without_a_complaint(packets: list[dict[str, list[str]]]) -> None:
    assert every(packets, "_ws.malformed") == []
    controls = {int(value, 0) for value in every(packets, "zvt.control_field")}
    assert controls == KNOWN_TO_BOTH
    assert set(every(packets, "zvt.amount")) >= {"1250", "500"}
    assert {"29001234"} == set(every(packets, "zvt.terminal_id"))
    assert {int(value, 0) for value in every(packets, "zvt.result_code")} == {0}
    assert {int(value, 0) for value in every(packets, "zvt.cc")} == {0x978}
    assert "Insert or tap card" in every(packets, "zvt.tlv.text_lines.line")
