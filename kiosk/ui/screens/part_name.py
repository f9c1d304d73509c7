"""Part name: what staff call a device of the lane, in their language."""

from kiosk.checkout.bagging import DEVICE as SHELF
from kiosk.checkout.devices import SPEAKER
from kiosk.checkout.scale import SCALE
from kiosk.ui.words import Words


def part_name(device: str, words: Words) -> str:
    """Its name in words; one that the operator has named stands as it is in the configuration, a door's beside it."""
    kind, _, own = device.partition(".")
    say = words.say
    known = {
        "scanner": say("Scanner"),
        "card_terminal": say("Card terminal"),
        "pos_printer": say("Receipt printer"),
        SCALE: say("Scale"),
        SHELF: say("Bag shelf"),
        "cash_drawer": say("Cash drawer"),
        "lights": say("Light tower"),
        "touch": say("Touch screen"),
        SPEAKER: say("Speaker"),
        "keylock": say("Staff key"),
        "door": say("Door"),
        "badge_reader": say("Badge reader"),
        "gate": say("Exit gate"),
    }
    return " ".join(filter(None, (known.get(kind, device), own if kind == "door" else "")))
