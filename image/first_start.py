"""First start: the lane as it is installed comes up, before anything is packed.

A file or a package that the image lacks would show at the first boot only. Here the lane of the finished root file
system is started without a screen, as its account is not needed for that, until it tells systemd that it is ready: the
same word that `kiosk.service` waits for. Its program is the image's own and emulated; the root file system is only
read, and the little that is written goes into a folder of the build's.
"""

import shutil
import socket
import subprocess
from pathlib import Path

from image.tools import Tools
from image.workplace import LAST_LINES, BuildError, Workplace

PATIENCE_S = 600
"""Half a minute on a quiet machine. One that packs something else at the same time takes its time."""
QEMU = "usr/bin/qemu-aarch64"
_LANE = '[lane]\nstore = "check"\ntill = "k01"\nmode = "demo"\n[storage]\npath = "/tmp/kiosk.db"\n'
_READY, _DIED = b"READY=1", "the lane of this root file system does not start"
_IN_A_ROOT = """
mount --bind "$0" "$1"
mount -o remount,bind,ro "$1"
mount --bind "$2" "$1/tmp"
mount --bind /proc "$1/proc"
mount --bind /dev "$1/dev"
mount -t tmpfs none "$1/run"
shift 2
exec chroot "$@"
"""
"""$0: the root file system; $1: where it is mounted; $2: its /tmp. What is mounted goes with the process."""


def check(workplace: Workplace, tools: Tools, tree: Path) -> None:
    """Start it, and stop it when it is ready. Raises BuildError with the last that it said."""
    root, scratch = workplace.fresh("first-start", "root"), workplace.fresh("first-start", "tmp")
    shutil.copyfile(tools.root / QEMU, scratch / "qemu")
    (scratch / "qemu").chmod(0o755)
    (scratch / "kiosk.toml").write_text(_LANE)
    told = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    told.bind(str(scratch / "ready"))
    log = workplace.place("log") / "first-start.log"
    kiosk = ["/opt/kassa/.venv/bin/kiosk", "run", "--config", "/tmp/kiosk.toml", "--headless"]
    lane = ["/tmp/qemu", "/opt/kassa/.venv/bin/python", *kiosk]
    command = ["unshare", "--mount", "sh", "-euc", _IN_A_ROOT, tree, root, scratch, root, *lane]
    with told, log.open("wb") as said:
        process = subprocess.Popen(
            [str(word) for word in command], env=_environ(), stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
        try:
            ready = _is_ready(told, process)
        finally:
            process.kill()
            process.wait()
    if not ready:
        last = log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        raise BuildError("\n".join([f"{_DIED} (all of it: {log})", *last]))


def _environ() -> dict[str, str]:
    """What kiosk.service gives it, and a screen that is none."""
    of_ours = {"KASSA_ASSETS": "/usr/share/kassa/assets", "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy"}
    usual = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/tmp", "LC_ALL": "C.UTF-8"}
    return {**usual, **of_ours, "NOTIFY_SOCKET": "/tmp/ready", "PYTHONDONTWRITEBYTECODE": "1"}


def _is_ready(told: socket.socket, process: "subprocess.Popen[bytes]") -> bool:
    """Whether it says so before it ends."""
    told.settimeout(1)
    for _ in range(PATIENCE_S):
        try:
            if _READY in told.recv(4_096):
                return True
        except TimeoutError:
            if process.poll() is not None:
                return False
    return False
