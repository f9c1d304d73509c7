"""The lane's Python on the card: everything it imports is there, nothing that needs the store."""

import ast
import sys
from pathlib import Path

import pytest

from image import python_env
from image.python_env import FROM_DEBIAN, own_files, requirements, unmet, wanted_requirements
from image.sbom import wheels_of
from image.workplace import REPOSITORY, BuildError

MODULES = {  # what a package is imported as, where it is called otherwise
    "argon2-cffi": "argon2",
    "arabic-reshaper": "arabic_reshaper",
    "fonticon-materialdesignicons7": "fonticon_mdi7",
    "paho-mqtt": "paho",
    "pillow": "PIL",
    "pyserial": "serial",
    "python-barcode": "barcode",
    "python-bidi": "bidi",
    "python-escpos": "escpos",
    "pyusb": "usb",
}
NOT_RUN = {"opentype_feature_freezer", "fontTools"}
"""They bake fonts, while the image is made."""
OPTIONAL = {"psutil"}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_everything_that_the_lane_imports_is_on_the_card() -> None:
    files = [REPOSITORY / name for name in own_files() if name.endswith(".py")]
    wanted = set().union(*map(imported, files)) - sys.stdlib_module_names - {"kiosk", "drivers"}
    packages = {wheel.name for wheel in wheels_of(wanted_requirements())} | set(FROM_DEBIAN)
    there = {MODULES.get(name, name) for name in packages}
    assert wanted - there - NOT_RUN - OPTIONAL == set()
    assert len(files) > 300


def test_the_store_stays_at_home() -> None:
    assert not [name for name in own_files() if name.startswith(("store/", "kiosk/demo/", "kiosk/world/"))]
    assert "kiosk/storage/schema.sql" in own_files()


def test_the_lock_of_the_card_is_a_part_of_the_devices_lock() -> None:
    lock = "biip==5.2.0 \\\n    --hash=sha256:aa\nsix==1.17.0 ; sys_platform == 'linux' \\\n    --hash=sha256:bb\n"
    assert requirements(lock, ["six"]) == "six==1.17.0 \\\n    --hash=sha256:bb\n"
    with pytest.raises(BuildError, match="no pillow"):
        requirements(lock, ["six", "pillow"])


def test_what_a_library_needs_and_nobody_brings_is_told() -> None:
    told = {"escpos": ["pyusb>=1", "six", 'lgpio; extra == "x"', 'tomli; python_version < "3.11"', "Ghost (>=1)"]}
    assert unmet(told, ["PyUSB", "six"]) == ["escpos needs Ghost (>=1)"]


def test_the_compiled_files_are_for_the_python_of_debian_13() -> None:
    assert python_env.PYTHON == "3.13" and f"python{python_env.PYTHON}" in python_env.SITE_PACKAGES
