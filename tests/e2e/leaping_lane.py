"""The lane's program, whose clock leaps when a test says so: `leaping_lane.py FILE run ...` is `kiosk run ...`.

The milliseconds in FILE are added to every reading of the monotonic clock, so that a minute that the lane rests or
watches is over at once. All else is the lane's own.
"""

import sys
from pathlib import Path

from kiosk.app import clock

_file, _tick_ms = Path(sys.argv.pop(1)), clock.tick_ms


def _leapt_ms() -> int:
    return _tick_ms() + int(_file.read_text())


if __name__ == "__main__":
    clock.tick_ms = _leapt_ms
    from kiosk.__main__ import main

    sys.exit(main(sys.argv[1:]))
