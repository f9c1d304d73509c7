"""Holding: a label before the scanner, whichever kind that is."""

from typing import Any

from nicegui import ui

from drivers.ports.serving import SimulatorServer
from kiosk.demo.bench.labels import Label


def hold_up(server: SimulatorServer[Any], label: Label) -> None:
    """Hold it up; a scanner that types as a keyboard has no key for some of what can be printed, and says so."""
    with server.hands() as scanner:
        try:
            scanner.scan(label.text, label.symbology)
        except KeyError as untypable:
            ui.notify(f"A scanner that types like a keyboard has no key for {untypable.args[0]!r}: nothing was sent.")
