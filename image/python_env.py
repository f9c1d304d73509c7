"""Python: the lane's code and its libraries as a virtual environment that nobody writes to.

Libraries come as wheels, each with a hash that `requirements-device.lock` has, through this machine's own pip. Our code
is what git knows of `kiosk` and `drivers`; the demo and the simulator stay at home, for they need the store. All of
it is compiled while the image is made, since nothing can be written later; the compiled files know their sources by
hash, not by time.
"""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from image.bootstrap import LISTS, digest_of
from image.packages import parse_list
from image.tools import Tools
from image.workplace import REPOSITORY, BuildError, Workplace

PYTHON = "3.13"
PLATFORMS = (*(f"manylinux_2_{minor}_aarch64" for minor in range(41, 16, -1)), "manylinux2014_aarch64")
"""Wheels for any C library up to Debian 13's."""
ENVIRONMENT = "opt/kassa/.venv"
SITE_PACKAGES = f"{ENVIRONMENT}/lib/python{PYTHON}/site-packages"
FROM_DEBIAN = ("pygame", "evdev", "pyserial", "pyusb", "gpiod")
"""What the lane imports and no wheel brings."""
LEFT_OUT = ("kiosk/demo/", "kiosk/world/", "kiosk/ui/shots.py")
COMMANDS = ("kiosk",)


def requirements(lock: str, names: Iterable[str]) -> str:
    """The part of a requirements lock that is about these packages. Raises BuildError for one that it does not have."""
    blocks = {block.partition("==")[0]: block for block in re.split(r"\n(?=\S)", lock.strip())}
    missing = sorted(set(names) - blocks.keys())
    if missing:
        raise BuildError(f"requirements-device.lock has no {', '.join(missing)}: make lock")
    return "".join(f"{_without_marker(blocks[name])}\n" for name in sorted(names))


def _without_marker(block: str) -> str:
    """A line of the universal lock may say on which systems it counts; on the appliance all that is named here does."""
    return re.sub(r"^(\S+) ;[^\\\n]*", r"\1 ", block)


def wanted_requirements() -> str:
    """The lock of what `wheels.txt` names. Raises BuildError."""
    names = [each.name for each in parse_list((LISTS / "wheels.txt").read_text())]
    return requirements((REPOSITORY / "requirements-device.lock").read_text(), names)


def wheels(workplace: Workplace) -> Path:
    """A folder with the packages of `wheels.txt`, installed as they are for the image's Python. Raises BuildError."""
    wanted = wanted_requirements()
    place = workplace.place("wheels") / digest_of(wanted.encode(), Path(__file__).read_bytes())
    if not place.exists():
        half = workplace.fresh("wheels", "half")
        (half.parent / "wanted.lock").write_text(wanted)
        _pip_install(half.parent / "wanted.lock", half)
        _check_whole(half)
        half.rename(place)
    return place


def _pip_install(lock: Path, target: Path) -> None:
    """With this machine's pip and its settings: they alone know where packages come from."""
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile", "--no-deps"]
    command += ["--only-binary=:all:", "--require-hashes", f"--requirement={lock}", f"--target={target}"]
    command += ["--implementation=cp", f"--python-version={PYTHON}", *(f"--platform={name}" for name in PLATFORMS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"pip could not fetch the lane's libraries:\n{done.stderr.strip()}")


def unmet(told: Mapping[str, Iterable[str]], there: Iterable[str]) -> list[str]:
    """What packages ask for and nobody brings, one sentence each. `told`: each package's Requires-Dist lines."""
    known = {_normal(name) for name in there}
    found = []
    for package, lines in told.items():
        for line in lines:
            requirement, _, marker = line.partition(";")
            name = _normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
            if name not in known and not _elsewhere(marker):
                found.append(f"{package} needs {line}")
    return found


def _elsewhere(marker: str) -> bool:
    """Whether a requirement counts only with an extra, on another system, or on an older Python."""
    return bool(re.search(r"extra *==|win32|Windows|python_(full_)?version *<=? *[\"']3\.(\d|1[0-3])[\"']", marker))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _check_whole(folder: Path) -> None:
    told = {}
    for path in sorted(folder.glob("*.dist-info/METADATA")):
        head = path.read_text().partition("\n\n")[0]
        name = re.search(r"^Name: (\S+)$", head, re.MULTILINE)
        told[name[1] if name else path.parent.name] = re.findall(r"^Requires-Dist: (.*)$", head, re.MULTILINE)
    lacking = unmet(told, [*told, *FROM_DEBIAN])
    if lacking:
        raise BuildError("image/packages/wheels.txt is not whole:\n" + "\n".join(lacking))


def own_files() -> list[str]:
    """The lane's files in the checkout that git knows, without what stays at home."""
    told = subprocess.run(
        ["git", "ls-files", "-z", "kiosk", "drivers"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout
    return [name for name in told.split("\0") if name and not name.startswith(LEFT_OUT)]


def install(workplace: Workplace, tools: Tools, tree: Path) -> None:
    """The environment in the tree: libraries, our code, its commands, all compiled. Raises BuildError."""
    site = tree / SITE_PACKAGES
    shutil.copytree(wheels(workplace), site, ignore=shutil.ignore_patterns("bin", "tests", "direct_url.json"))
    for name in own_files():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / name, site / name)
    _name_ourselves(site)
    _make_environment(tree / ENVIRONMENT)
    compiled = ["-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash", "-s", tree, "-p", "/", tree / "opt"]
    tools.run(["python3", *compiled], "python", trouble="the lane's code cannot be compiled")


def _name_ourselves(site: Path) -> None:
    """What an installed package says of itself: the lane tells its version by it."""
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["version"]
    place = site / f"kassa-{version}.dist-info"
    place.mkdir()
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: kassa\nVersion: {version}\n")


def _make_environment(place: Path) -> None:
    """What `python3 -m venv --system-site-packages` makes, of links to the image's own Python."""
    binaries = place / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to("/usr/bin/python3")
    (place / "pyvenv.cfg").write_text(
        f"home = /usr/bin\nexecutable = /usr/bin/python{PYTHON}\n"
        f"include-system-site-packages = true\nversion = {PYTHON}\n"
    )
    for command in COMMANDS:
        script = binaries / command
        script.write_text(
            f"#!/{ENVIRONMENT}/bin/python -I\nimport sys\n\nfrom {command}.__main__ import main\n\nsys.exit(main())\n"
        )
        script.chmod(0o755)
