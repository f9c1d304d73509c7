"""The README says of everything personal or bulky how long it is kept, by which setting, and who deletes it."""

import re
from pathlib import Path

import msgspec
import sqlalchemy as sa

from store.config import Config, MembersTable, RetentionTable
from store.retention import RULES
from store.tables import metadata

ROOT = Path(__file__).parents[2]
PERSONAL = re.compile(r"who|by|\w+_by|staff|address|email|mail_to|first_name|member\w*|key|note|account|badge|pin_hash")
"""Names of columns that may say who somebody is: of staff, members, suppliers, web shop's buyers."""
BULKY = re.compile(r"body|text|payload|data|figures|kept|row|sent|request|answer")
"""And of those that hold whole texts."""
NOBODY = {
    "price": "found_by says whether a bar code or a number finds a product; a row is as small as the product",
    "stock_report": "what a lane says that its own sale moved: goods and counts, as much as the sale has",
    "stock_level": "sums of goods",
    "shop_push": "goods",
    "report_clock": "one row: the time zone",
}
"""Tables with such a column that is about nobody and small, and why."""


def rows() -> list[list[str]]:
    """Of the README's table: what, tables, how long, setting, who deletes."""
    text = (ROOT / "store/README.md").read_text(encoding="utf-8")
    section = text.partition("## What is kept, and how long\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def named(column: int) -> set[str]:
    return {word for row in rows() for word in re.findall(r"`([\w./]+)`", row[column])}


def is_about_somebody(table: sa.Table) -> bool:
    return any(PERSONAL.fullmatch(column.name) or BULKY.fullmatch(column.name) for column in table.c)


def test_every_table_with_somebody_in_it_is_in_the_list() -> None:
    wanted = {table.name for table in metadata.tables.values() if is_about_somebody(table)} - NOBODY.keys()
    assert wanted - named(1) == set(), "say in store/README.md how long these are kept"


def test_the_list_names_what_there_is() -> None:
    folders = {"pictures.folder", "updates.folder", "self_update.folder", "adoption.folder"}
    assert named(1) - metadata.tables.keys() - folders == set()
    assert NOBODY.keys() <= metadata.tables.keys()


def test_every_setting_is_in_the_list_with_a_duty_that_heeds_it() -> None:
    settings = {f"retention.{field.name}" for field in msgspec.structs.fields(RetentionTable)}
    assert {f"retention.{name}" for name in RULES} == settings
    assert settings | {"members.keep_days", "self_update.keep"} == named(3)
    for row in rows():
        assert len(row) == 5 and all(row[:3]) and row[4], row
        for setting in re.findall(r"`retention\.(\w+)`", row[3]):
            table = RULES[setting].key.table.name
            assert f"`{table}`" in row[1] and "caretaker" in row[4], row


def test_the_defaults_that_the_list_tells_are_those_of_the_program() -> None:
    """`90 days` stands beside a setting of 90, `until somebody deletes it` or the like beside one of 0."""
    for row in rows():
        for setting in re.findall(r"`retention\.(\w+)`", row[3]):
            days = getattr(RetentionTable(), setting)
            assert f"{days} days" in row[2] if days else not re.search(r"\d+ days", row[2]), row
    assert MembersTable().keep_days == 0 and Config.__struct_fields__
