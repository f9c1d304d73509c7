"""Calibrating: `kiosk touch calibrate` shows four crosses on the glass and writes the file that the lane reads.

It is for a technician in front of a lane that has been stopped: the panel can be had by one program at a time. What
was written before stays until all four crosses were touched well.
"""

import select
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from drivers.device import Device, DeviceError
from drivers.events import DeviceOffline, FingerMoved
from drivers.registry import device_tables, make_device
from drivers.touch.calibration import CROSSES, Point, Wild, fit
from drivers.touch.matrix import IDENTITY, TURNS, Matrix, written
from kiosk.app.config import Config, read_config
from kiosk.app.eyes import open_window
from kiosk.ui.scene import Box, Rect, Scene
from kiosk.ui.window import WindowError
from kiosk.values.settings import BadSettings

PATIENCE_MS = 120_000
"""Nobody touches a cross for so long: nobody is there."""


class Refused(Exception):
    """Nothing was written; the text says why and what to do."""


def main(config_path: Path) -> int:
    """0 when the file is written, 1 when nothing was. Raises BadSettings for what the operator must mend."""
    config = read_config(config_path)
    name, table = _panel(config)
    try:
        device = make_device(name, {**table, "matrix": IDENTITY, "calibration": ""})
        window = open_window(config.display, headless=False)
    except (DeviceError, WindowError) as problem:
        raise BadSettings(f"{config_path}: {problem}") from None
    size = window.canvas.get_size()
    try:
        touched = touch_crosses(device, lambda done: window.show(crosses(size, done)), _wait)
        write(Path(table["calibration"]), matrix_of(touched, config.display.rotate))
    except Refused as refused:
        sys.stderr.write(f"kiosk touch: {refused}\n")
        return 1
    finally:
        device.close()
        window.close()
    sys.stdout.write(f"{table['calibration']} is written; it counts from the lane's next start\n")
    return 0


def touch_crosses(device: Device, show: Callable[[int], object], wait: Callable[[Device], int]) -> list[Point]:
    """Where the finger left the panel at each cross. `show` gets how many are done, `wait` gives the tick after it.

    Raises Refused if the panel is away, or nobody touches it.
    """
    touched: list[Point] = []
    show(0)
    now_ms = last_ms = wait(device)
    while len(touched) < len(CROSSES):
        for event in device.service(now_ms):
            match event:
                case DeviceOffline(why=why):
                    raise Refused(f"{why}. Nothing was written. If the lane runs, stop it first")
                case FingerMoved(way="up", x=x, y=y) if len(touched) < len(CROSSES):
                    touched.append((x, y))
                    last_ms = now_ms
                    show(len(touched))
        if now_ms - last_ms > PATIENCE_MS:
            raise Refused("nobody touched the next cross. Nothing was written")
        if len(touched) < len(CROSSES):
            now_ms = wait(device)
    return touched


def matrix_of(touched: list[Point], rotate: int) -> Matrix:
    """The matrix that brings these touches onto the crosses of a picture turned by so many degrees. Raises Refused."""
    try:
        return fit(touched, [TURNS[rotate].point(*cross) for cross in CROSSES])
    except Wild as wild:
        raise Refused(f"{wild}. Nothing was written: begin again, and touch the middle of each cross") from None


def write(file: Path, matrix: Matrix) -> None:
    """All of it or nothing. Raises Refused if it cannot be."""
    new = file.with_name(f"{file.name}.new")
    try:
        new.write_text(written(matrix), encoding="ascii")
        new.replace(file)
    except OSError as trouble:
        raise Refused(f"{file} cannot be written: {trouble.strerror}") from None


def crosses(size: tuple[int, int], done: int) -> Scene:
    """All four, and the one that is to be touched now in the colour of what can be touched."""
    arm, thick = min(size) // 20, max(2, min(size) // 200)
    bars = []
    for place, (x, y) in enumerate(CROSSES):
        middle = round(x * size[0]), round(y * size[1])
        fill = "primary" if place == done else "line"
        for w, h in ((arm * 2, thick), (thick, arm * 2)):
            bars.append(Box(Rect(middle[0] - w // 2, middle[1] - h // 2, w, h), fill))
    return Scene("touch-calibrate", size, "ground", tuple(bars))


def _panel(config: Config) -> tuple[str, dict[str, Any]]:
    tables = device_tables(config.devices)
    for name, table in tables.items():
        if name.partition(".")[0] == "touch":
            if not table.get("calibration"):
                raise BadSettings(
                    f'devices.{name}: name the file to write: calibration = "/var/lib/kiosk/touch.calibration"'
                )
            return name, dict(table)
    raise BadSettings("there is no [devices.touch] to calibrate")


def _wait(device: Device) -> int:
    """Until the panel has something to say, or wants to be asked; the tick then."""
    poll = select.poll()
    if (fd := device.fileno()) is not None:
        poll.register(fd, select.POLLIN)
    poll.poll(100)
    return time.monotonic_ns() // 1_000_000
