"""A lane's key and certificate are replaced together, whenever the power is cut."""

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import load_pem_x509_certificate

from kiosk.app.identity import Identity, NotForUs
from store.certificates import LEAF_DAYS, Pair, issue, issue_for, new_authority

NOW, DAY_MS = 1_764_000_000_000, 86_400_000


@pytest.fixture
def authority() -> Pair:
    return new_authority("Corner shop", NOW)


@pytest.fixture
def ours(tmp_path: Path, authority: Pair) -> Identity:
    folder = tmp_path / "lane"
    folder.mkdir()
    pair = issue(authority, "s001/k01", NOW)
    (folder / "till.crt").write_bytes(pair.certificate)
    (folder / "till.key").write_bytes(pair.key)
    return Identity(folder / "till.crt", folder / "till.key")


def fits(identity: Identity) -> bool:
    key = serialization.load_pem_private_key(identity.key.read_bytes(), password=None)
    return load_pem_x509_certificate(identity.certificate.read_bytes()).public_key() == key.public_key()


def test_a_new_pair_is_asked_for_and_taken(ours: Identity, authority: Pair) -> None:
    old = ours.certificate.read_bytes()
    request = ours.request()
    assert fits(ours) and ours.certificate.read_bytes() == old
    new = issue_for(authority, request, "s001/k01", NOW)
    ours.take(new)
    assert fits(ours) and ours.certificate.read_bytes() == new
    assert {path.name for path in ours.key.parent.iterdir()} == {"till.crt", "till.key"}


def test_the_key_that_waits_is_asked_about_again(ours: Identity) -> None:
    from cryptography.x509 import load_pem_x509_csr

    first, second = (load_pem_x509_csr(ours.request()).public_key() for _ in range(2))
    assert first == second


def test_wherever_the_power_is_cut_the_pair_fits(
    ours: Identity, authority: Pair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every rename is a moment: the folder as it is before each, and after all, is one that a lane may wake up to."""
    moments: list[Path] = []
    rename = Path.replace

    def cut(source: Path, target: Path) -> Path:
        moments.append(shutil.copytree(ours.key.parent, tmp_path / f"moment{len(moments)}"))
        return rename(source, target)

    monkeypatch.setattr(Path, "replace", cut)
    ours.take(issue_for(authority, ours.request(), "s001/k01", NOW))
    monkeypatch.undo()
    assert len(moments) == 4, "the waiting key, its certificate, and each into its place"
    for folder in moments:
        woken = Identity(folder / "till.crt", folder / "till.key")
        woken.settle()
        assert fits(woken), folder
        assert woken.request(), "and it can go on"


def test_a_certificate_of_another_key_is_not_taken(ours: Identity, authority: Pair) -> None:
    ours.request()
    for other in (issue(authority, "s001/k01", NOW).certificate, b"no certificate"):
        with pytest.raises(NotForUs):
            ours.take(other)
    assert fits(ours)


def test_it_is_due_two_months_before_its_end(ours: Identity, tmp_path: Path) -> None:
    assert not ours.due(NOW)
    assert ours.due(NOW + (LEAF_DAYS - 60) * DAY_MS)
    assert ours.due(NOW + (LEAF_DAYS + 1) * DAY_MS)
    assert not Identity(tmp_path / "none.crt", tmp_path / "none.key").due(NOW)
