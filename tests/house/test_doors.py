"""Doors: every package has a README.md that says what lives here, what must not, and how to add one more."""

from pathlib import Path

import pytest

SHORTEST_WORDS = 25


def door_faults(package: Path) -> list[str]:
    """What is wrong with a package's door."""
    readme = package / "README.md"
    if not readme.exists():
        return [f"{package}: no README.md"]
    text = readme.read_text()
    faults = []
    if not text.startswith("# "):
        faults.append(f"{readme}: does not begin with a title")
    if len(text.split()) < SHORTEST_WORDS:
        faults.append(f"{readme}: says too little to find one's way")
    return faults


def test_every_package_has_a_door(root: Path, product_sources: dict[str, str]) -> None:
    packages = {(root / path).parent for path in product_sources}
    others = {root / name for name in ("config", "systemd", "tests", "tests/house", ".")}
    found = [fault for package in sorted(packages | others) for fault in door_faults(package)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("text", [None, "", "# Title\n", "no title " * 40])
def test_a_missing_or_empty_door_is_seen(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "README.md").write_text(text)
    assert door_faults(tmp_path)
