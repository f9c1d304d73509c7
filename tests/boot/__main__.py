"""`make image-test`: the image that `make image` made, booted from its card in an emulated machine, and used.

Each step is told with its time; pictures of the screen stay in $KASSA_IMAGE_WORK/boot-test. Words choose steps:
`.venv/bin/python tests/boot sale cut`. It takes the better part of an hour, since all of it is emulated.
"""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2]))

from bench import Bench, Start
from patience import Never
from steps import STEPS

from image.__main__ import OWN_MOUNTS
from image.tools import Tools
from image.workplace import BuildError, Workplace

MOST_TIMES = 1.5
"""How much later the first screen may come than the same system is up without the kiosk."""


def main(chosen: list[str]) -> int:
    """0 when every step came to its end; 1 when one did not; 2 when there is nothing to test, or no way."""
    began = time.monotonic()

    def say(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {text}\n")
        sys.stdout.flush()

    if unknown := set(chosen) - STEPS.keys():
        sys.stderr.write(f"image-test: no step {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}\n")
        return 2
    workplace = Workplace()
    images = sorted(workplace.place("images").glob("kassa-*.img"))
    if not images or os.geteuid() != 0:
        sys.stderr.write("image-test: there is no image: make image, as root, makes it\n")
        return 2
    if not shutil.which("tesseract"):
        sys.stderr.write("image-test: tesseract is missing, which reads the screen: config/set-up --test\n")
        return 2
    failed, starts = [], dict[str, Start]()
    try:
        tools = Tools(workplace)
    except BuildError as trouble:
        sys.stderr.write(f"image-test: {trouble}\n")
        return 2
    for name in chosen or STEPS:
        say(f"--- {name}: {(STEPS[name].__doc__ or '').splitlines()[0]}")
        bench = Bench(workplace, tools, images[-1], name, say)
        try:
            STEPS[name](bench)
        except (AssertionError, Never) as problem:
            say(f"NOT PASSED {name}: {problem}")
            failed.append(name)
        finally:
            bench.close()
        if bench.start is not None:
            starts[name] = bench.start
    if not _quick_enough(starts, say):
        failed.append("the time of a start")
    say("image-test: passed" if not failed else f"image-test: not passed: {', '.join(failed)}")
    return 1 if failed else 0


def _quick_enough(starts: Mapping[str, Start], say: Callable[[str], None]) -> bool:
    """Whether the first screen came soon enough, as far as both were measured in this run."""
    if not starts.keys() >= {"sale", "bare"}:
        return True
    kiosk_s, bare_s = starts["sale"].reached_s, starts["bare"].reached_s
    ratio = f"{kiosk_s / bare_s:.2f} times the {bare_s:.1f} s without the kiosk"
    say(f"the first screen comes {kiosk_s:.1f} s after the kernel's start, {ratio}")
    return kiosk_s <= MOST_TIMES * bare_s


def _in_own_mounts() -> None:
    """As `python -m image` does: whatever is mounted goes with this process."""
    if os.environ.get(OWN_MOUNTS) != "1":
        os.environ[OWN_MOUNTS] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])


def _stop(number: int, frame: object) -> None:
    raise SystemExit(f"image-test: stopped by {signal.Signals(number).name}")


if __name__ == "__main__":
    _in_own_mounts()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    sys.exit(main(sys.argv[1:]))
