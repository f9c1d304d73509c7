"""A mistake in store.toml is found before anything starts, and named so that somebody can mend it."""

from pathlib import Path

import pytest

from store.config import BadSettings, Config, StoreTable, read_config

ROOT = Path(__file__).parents[2]


def _read(tmp_path: Path, text: str) -> Config:
    file = tmp_path / "store.toml"
    file.write_text(text)
    return read_config(file)


def test_the_example_is_what_the_defaults_are() -> None:
    assert read_config(ROOT / "config" / "store.toml") == Config(store=StoreTable(id="s001"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[store]\nid = "s001"\nnmae = "x"', "store.nmae is not a setting; did you mean name?"),
        ('[store]\nid = "s001"\n[databse]\nurl = "x"', "databse is not a setting; did you mean database?"),
        ("[store]\nid = 7", "store.id"),
        ('[store]\nid = "S 1"', "a-z, 0-9"),
        ('[store]\nid = "s001"\ntimezone = "Mars/Base"', "Europe/Stockholm"),
        ('[store]\nid = "s001"\n[link]\nbroker = "http://x"', "mqtt://"),
        ('[store]\nid = "s001"\n[database]\nurl = "mysql://x"', "sqlite:////"),
        ('[store]\nid = "s001"\n[http]\nlisten = "8080"', "127.0.0.1:8080"),
        ('[store]\nid = "s001"\n[http]\nlisten = "x:99999"', "127.0.0.1:8080"),
        ('[store]\nid = "s001"\n[receipts]\npublic_url = "receipts.example"', "https://"),
        ("[store", "not TOML"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadSettings) as error:
        _read(tmp_path, text)
    assert said in str(error.value) and str(tmp_path) in str(error.value) and "\n" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="cannot be read"):
        read_config(tmp_path / "none.toml")
