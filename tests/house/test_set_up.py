"""Set-up: locks that anybody may use, and a script that asks before it touches anything it may not."""

import os
import re
import shutil
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.conftest import LONGEST

LOCKS = ("requirements.lock", "requirements-device.lock")
JUDGES = "tests/judges.lock"


def lock_faults(lock: str) -> list[str]:
    """What a lock file must not say, and what it must: names, versions, hashes, and no address."""
    faults = [f"names an address: {line}" for line in lock.splitlines() if "://" in line or "index-url" in line]
    requirements = re.split(r"\n(?=\S)", lock.strip())
    faults += [f"not pinned: {r.splitlines()[0]}" for r in requirements if not re.match(r"[\w.-]+==\S+", r)]
    faults += [f"no hash: {r.splitlines()[0]}" for r in requirements if "--hash=sha256:" not in r]
    return faults


def names(requirements: list[str]) -> set[str]:
    return {re.match(r"[\w.-]+", r)[0].lower().replace("_", "-") for r in requirements}  # type: ignore[index]


@pytest.mark.parametrize("name", [*LOCKS, JUDGES])
def test_a_lock_has_hashes_and_no_addresses(root: Path, name: str) -> None:
    assert lock_faults((root / name).read_text()) == []


def test_the_locks_hold_everything_that_the_project_names(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    locked = {name: names(re.split(r"\n(?=\S)", (root / name).read_text().strip())) for name in LOCKS}
    assert names([*project["dependencies"], *extras["test"], *extras["set-up"]]) <= locked["requirements.lock"]
    assert names([*project["dependencies"], *extras["device"]]) <= locked["requirements-device.lock"]


def test_the_demo_needs_no_compiler(root: Path) -> None:
    assert "evdev" not in re.findall(r"^[\w-]+", (root / "requirements.lock").read_text(), re.MULTILINE)


@pytest.mark.parametrize(
    "lock",
    [
        "biip==5.2.0",
        "biip>=5\n    --hash=sha256:00",
        "--index-url https://example.org/simple\nbiip==5.2.0 --hash=sha256:00",
        "biip @ https://example.org/biip.whl --hash=sha256:00",
    ],
)
def test_a_bad_lock_is_seen(lock: str) -> None:
    assert lock_faults(lock)


def test_make_knows_every_command_of_the_working_day(root: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(), re.MULTILINE))
    assert targets >= {"demo", "test", "quick", "fuzz", "hw-test", "check", "sim", "bench", "shots", "set-up"}
    assert "make test" in (root / ".ci/run").read_text()
    assert os.access(root / ".ci/run", os.X_OK)


def test_what_begins_first_is_there(root: Path) -> None:
    assert [name for name in LONGEST if not (root / "tests" / name).exists()] == []


@pytest.mark.parametrize("target", ["test", "quick", "bench"])
def test_what_proves_and_measures_brings_the_packages_that_it_needs(root: Path, target: str) -> None:
    """A fresh machine has no foreign judges of our bytes and books, and no display to measure on."""
    assert re.search(rf"^{target}: set-up-test\b", (root / "Makefile").read_text(), re.MULTILINE)


# --- the script itself, on a machine that we make up ------------------------------------------------------------------


class Machine:
    """A checkout with nothing but set-up in it, and commands that say what we want them to."""

    def __init__(self, root: Path, place: Path) -> None:
        self.checkout = place / "checkout"
        self.log = place / "log"
        self.stubs = place / "bin"
        self.stubs.mkdir(parents=True)
        (self.checkout / "config").mkdir(parents=True)
        shutil.copy(root / "config/set-up", self.checkout / "config/set-up")
        shutil.copytree(root / "config/packages", self.checkout / "config/packages")
        self.has("dpkg-query", "exit 1")

    def has(self, command: str, does: str) -> None:
        """Put a command in front of the real one."""
        stub = self.stubs / command
        stub.write_text(f'#!/bin/sh\necho "{command} $*" >>"{self.log}"\n{does}\n')
        stub.chmod(stub.stat().st_mode | stat.S_IXUSR)

    def set_up(self, *options: str, path: str = os.environ["PATH"]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.checkout / "config/set-up"), *options],
            env={"PATH": f"{self.stubs}:{path}", "HOME": str(self.checkout)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(root: Path, tmp_path: Path) -> Machine:
    return Machine(root, tmp_path)


def test_without_the_right_it_stops_at_once_with_the_one_command_to_type(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("sudo", "exit 1")
    machine.has("apt-get", "exit 0")
    done = machine.set_up()
    assert done.returncode == 1
    typed = re.findall(r"^ *sudo sh -c '(.*)'$", done.stderr, re.MULTILINE)
    assert len(typed) == 1
    assert re.fullmatch(
        r"apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y .*mosquitto.*", typed[0]
    )
    assert "apt-get" not in machine.log.read_text()
    assert not (machine.checkout / ".venv").exists()


def test_where_there_is_no_sudo_the_command_to_type_is_roots(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("python3", "exit 0")
    for tool in ("sh", "dirname", "sed"):
        (machine.stubs / tool).symlink_to(shutil.which(tool) or tool)
    done = machine.set_up(path="/nowhere")
    assert done.returncode == 1
    assert re.search(r"^ *su -l -c 'apt-get update .*mosquitto.*'$", done.stderr, re.MULTILINE)


def test_as_root_it_installs_without_asking(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("python3", "exit 0")
    machine.has("apt-get", '[ "$1" = update ] || { echo "$DEBIAN_FRONTEND" >>"' + str(machine.log) + '"; exit 42; }')
    done = machine.set_up()
    assert done.returncode == 42, "a failed installation ends set-up"
    log = machine.log.read_text()
    assert re.search(r"apt-get install -y .*fonts-inter .*mosquitto", log)
    assert "noninteractive" in log
    assert "chromium" not in log


def test_the_environment_is_made_while_apt_installs_and_heard_of_afterwards(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("python3", 'case "$*" in "-m venv"*) echo "venv made"; exit 45 ;; esac')
    begun = f"until grep -q 'python3 -m venv' {machine.log}; do :; done"
    machine.has("apt-get", f'[ "$1" = update ] || {{ timeout 50 sh -c "{begun}" || exit 44; echo "apt is through"; }}')
    done = machine.set_up()
    assert done.returncode == 45, "an environment that cannot be made ends set-up"
    said = done.stdout.splitlines()
    assert said.index("apt is through") < said.index("venv made")


def test_what_makes_environments_comes_first_where_it_is_missing(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("python3", 'case "$*" in *ensurepip*) exit 1 ;; esac')
    machine.has("apt-get", '[ "$1" = update ] || exit 42')
    assert machine.set_up().returncode == 42
    log = machine.log.read_text()
    assert "python3-venv" in log and "-m venv" not in log


def test_a_browser_is_installed_only_for_the_tests(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("sudo", "exit 1")
    assert "chromium" in machine.set_up("--test").stderr
    assert "chromium" not in machine.set_up().stderr


def test_an_emulator_is_installed_only_for_the_test_on_a_real_kernel(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("sudo", "exit 1")
    assert "qemu-system-x86" in machine.set_up("--hw").stderr
    assert "qemu" not in machine.set_up("--test").stderr


def test_sudo_without_a_password_is_used(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("python3", "exit 0")
    machine.has("sudo", '[ "$2" = true ] || exit 43')
    assert machine.set_up().returncode == 43
    assert "sudo sh -c apt-get update" in machine.log.read_text()


def test_a_python_that_is_too_old_is_said_in_words(machine: Machine) -> None:
    for python in ("python3", "python3.11", "python3.12", "python3.13"):
        machine.has(python, "exit 1")
    done = machine.set_up()
    assert done.returncode == 1
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr


@pytest.mark.parametrize(
    "pip, made_anew",
    [
        ('echo "pip 25.0 from {checkout}/.venv/lib/python3.11/site-packages/pip (python 3.11)"', False),
        ('echo "pip 25.0 from /elsewhere/.venv/lib/python3.11/site-packages/pip (python 3.11)"', True),
        ("exit 1", True),
    ],
    ids=["whole", "moved", "cut off"],
)
def test_an_environment_that_was_cut_off_or_moved_is_made_anew(machine: Machine, pip: str, made_anew: bool) -> None:
    machine.has("dpkg-query", "printf installed")
    machine.has("python3", '[ "$1" != -V ] || echo Python 3.11.2')
    (machine.checkout / ".venv/bin").mkdir(parents=True)
    for name, does in {"python": '[ "$1" = -V ] && echo Python 3.11.2', "pip": pip}.items():
        (machine.checkout / ".venv/bin" / name).write_text("#!/bin/sh\n" + does.format(checkout=machine.checkout))
        (machine.checkout / ".venv/bin" / name).chmod(0o755)
    machine.set_up()
    assert ("python3 -m venv --clear .venv" in machine.log.read_text()) is made_anew


def test_misuse_and_help(machine: Machine) -> None:
    assert machine.set_up("--tests").returncode == 2
    help_text = machine.set_up("--help")
    assert help_text.returncode == 0
    assert "config/set-up --test" in help_text.stdout
