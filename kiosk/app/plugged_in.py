"""Plugged in: `kiosk devices`, what is plugged into this machine and the lines of kiosk.toml that use it."""

import json
import sys

from drivers.ports.plugged import plugged
from drivers.suggested import suggested


def suggestions() -> list[str]:
    """The same as remarks for a new kiosk.toml: which of them are right, somebody who sees the things must say."""
    lines = ["# Found here when the machine was adopted; take the # away from what is right, and restart the lane."]
    for thing in plugged():
        said = suggested(thing)
        lines += ["#", f"# {thing.name}: {said.remark}".rstrip(": ")] if said.lines else []
        lines += [f"# {line}" for line in said.lines]
    return [*lines, ""] if len(lines) > 1 else []


def main(*, as_json: bool = False) -> int:
    """`kiosk devices`: 0, also if there is nothing."""
    things = [(thing, suggested(thing)) for thing in plugged()]
    if as_json:
        rows = [{**thing._asdict(), **said._asdict()} for thing, said in things]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return 0
    shown = [(thing, said) for thing, said in things if said.lines or said.remark]
    if not shown:
        sys.stdout.write(
            "Nothing is plugged in here that a lane could use."
            " What is on the network (socket://HOST:PORT) cannot be seen.\n"
        )
    for thing, said in shown:
        usb = f" (USB {thing.vendor}:{thing.product})" if thing.vendor else ""
        sys.stdout.write(f"# {thing.name}{usb}: {thing.kind} at {thing.node}\n")
        sys.stdout.write(f"# {said.remark}\n" if said.remark else "")
        sys.stdout.write("\n".join(said.lines) + "\n\n" if said.lines else "\n")
    return 0
