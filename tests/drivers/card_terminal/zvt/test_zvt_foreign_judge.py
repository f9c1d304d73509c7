"""A judge that is not ours: tshark's ZVT dissector reads what both sides said in a whole day, on a network and on a
serial line."""

import json
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.events import (
    Acknowledge,
    DeviceOffline,
    Release,
    Reverse,
    Settle,
    TerminalPrint,
    TerminalReversed,
    TerminalSettled,
)

KNOWN_TO_BOTH = {0x0600, 0x0601, 0x04FF, 0x040F, 0x06D3, 0x060F, 0x0630, 0x0631, 0x0650, 0x0670}
NUMBERS_TO_IT = {0x0501, 0x0620, 0x0401, 0x06E0, 0x0602}
"""Status enquiry, repeat of a receipt, clock, text and log-off: tshark 4.0 has no names for them, and on a network it
passes them over. The two sets are all that our day has."""
TILL_PORT, TERMINAL_PORT = 40_000, 20_007


def one_by_one(data: bytes) -> Iterator[bytes]:
    """The messages in a row: the dissector reads no order that follows an `80 00 00` in the same packet."""
    while data:
        size = 5 + int.from_bytes(data[3:5], "little") if data[2] == 0xFF else 3 + data[2]
        yield data[:size]
        data = data[size:]


def blocks(data: bytes) -> Iterator[bytes]:
    """The blocks and confirmations in a row."""
    while data:
        size = 1
        if data[:1] == b"\x10":
            size = 2
            while data[size : size + 2] != b"\x10\x03":
                size += 2 if data[size] == 0x10 else 1
            size += 4
        yield data[:size]
        data = data[size:]


class Recorder:
    """Everything that went over the wire, in order."""

    def __init__(self, terminal: ZvtSimulator, split: Callable[[bytes], Iterator[bytes]] = one_by_one) -> None:
        self.said: list[tuple[str, bytes]] = []
        receive, take = terminal.receive, terminal.take

        def heard(data: bytes, now_ms: int) -> None:
            self.said += [("till", message) for message in split(data)]
            receive(data, now_ms)

        def taken() -> bytes:
            data = take()
            self.said += [("terminal", message) for message in split(data)]
            return data

        terminal.receive, terminal.take = heard, taken  # type: ignore[method-assign]

    def serial_pcap(self) -> bytes:
        """As a capture of a serial line, block by block (link type USER0). The dissector does not undouble a 10, so the
        few blocks that have one inside are left out."""
        frames = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 147)]
        for number, (_, block) in enumerate(self.said):
            if b"\x10" not in block[2:-4]:
                frames.append(struct.pack("<IIII", number, 0, len(block), len(block)) + block)
        return b"".join(frames)

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
    fields = [
        "zvt.control_field",
        "zvt.serial_char",
        "zvt.crc",
        "zvt.characters_per_line",
        "zvt.ccrc",
        "zvt.aprc",
        "zvt.amount",
        "zvt.terminal_id",
        "zvt.result_code",
        "zvt.cc",
    ]
    fields += ["zvt.int_status", "zvt.tlv.text_lines.line", "zvt.trace_number", "_ws.malformed", "_ws.expert"]
    command = ["tshark", "-r", str(pcap), "-d", f"tcp.port=={TERMINAL_PORT},zvt", "-T", "json", "-Y", "zvt"]
    command += ["-o", 'uat:user_dlts:"User 0 (DLT=147)","zvt","0","","0",""']
    for field in fields:
        command += ["-e", field]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return [packet["_source"]["layers"] for packet in json.loads(done.stdout)]


def live_a_day(till: Any) -> None:
    """A diagnosis, a payment, a reversal, a refund, the end of day, and the terminal is let go."""
    till.terminal.faults.busy = 0xC2
    till.rest(10_000)
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
    till.rest(10_000)
    till.command(Release())
    till.run(lambda: isinstance(till.events[-1], DeviceOffline))


def every(packets: list[dict[str, list[str]]], field: str) -> list[str]:
    return [value for packet in packets for value in packet.get(field, [])]


def numbers(packets: list[dict[str, list[str]]], field: str) -> set[int]:
    return {int(value, 0) for value in every(packets, field)}


def assert_it_understood(packets: list[dict[str, list[str]]]) -> None:
    assert every(packets, "_ws.malformed") == []
    assert every(packets, "_ws.expert") == []
    assert numbers(packets, "zvt.control_field") - NUMBERS_TO_IT == KNOWN_TO_BOTH
    assert set(every(packets, "zvt.amount")) >= {"1250", "500"}
    assert set(every(packets, "zvt.terminal_id")) == {"29001234"}
    assert numbers(packets, "zvt.result_code") == {0}
    assert numbers(packets, "zvt.cc") == {0x978}
    assert set(every(packets, "zvt.characters_per_line")) == {"42"}
    assert "Insert or tap card" in every(packets, "zvt.tlv.text_lines.line")


def test_tshark_reads_the_whole_day_without_a_complaint(make_till: Callable[..., Any], tmp_path: Path) -> None:
    till = make_till(columns=42, idle_text="Hello")
    recorder, capture = Recorder(till.terminal), tmp_path / "day.pcap"
    live_a_day(till)
    capture.write_bytes(recorder.pcap())
    assert_it_understood(dissected(capture))


def test_tshark_reads_the_blocks_of_a_serial_line(make_till: Callable[..., Any], tmp_path: Path) -> None:
    till = make_till(columns=42, idle_text="Hello", port="/dev/ttyS9")
    recorder, capture = Recorder(till.terminal, blocks), tmp_path / "serial.pcap"
    live_a_day(till)
    capture.write_bytes(recorder.serial_pcap())
    packets = dissected(capture)
    assert_it_understood(packets)
    assert numbers(packets, "zvt.serial_char") == {0x10, 0x02, 0x03, 0x06}
    checksums = every(packets, "zvt.crc")
    assert len(checksums) > 60
    assert "0x1ff5" in checksums, "that of 80 00 00"
