"""The shell about goods and about other programs: what an operator types, and what is said when it cannot be."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import sqlalchemy as sa
from pypdf import PdfReader
from selling import BREAD, NOW, ROWS, WATER

from store import channel_orders, webhooks
from store.__main__ import main
from store.channel_orders import New
from store.database import engine_at
from store.price_book import PriceBook
from store.stock_schema import stock_level


class Shell:
    def __init__(self, config: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.config, self.engine, self._capsys = config, engine_at(url), capsys

    def run(self, *words: str, code: int = 0) -> str:
        """What it writes; to the error channel, if the code is another than 0."""
        assert main([*words, "--config", str(self.config)]) == code
        said = self._capsys.readouterr()
        return said.err if code else said.out


@pytest.fixture
def shell(tmp_path: Path, existing_url: str, capsys: pytest.CaptureFixture[str]) -> Shell:
    config = tmp_path / "store.toml"
    config.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{existing_url}"\n[webhooks]\nallow_private = true\n')
    made = Shell(config, existing_url, capsys)
    PriceBook(made.engine).replace(ROWS, NOW, "test")
    return made


def test_goods_are_moved_listed_and_proved(shell: Shell) -> None:
    assert "12 pieces" in shell.run("stock", "move", "delivery", BREAD.code, "--count", "12", "--place", "back")
    shell.run("stock", "move", "waste", WATER.code, "--count", "3")
    rows = list(csv.DictReader(StringIO(shell.run("stock", "list"))))
    assert [(row["name"], row["count"]) for row in rows] == [("Rye bread", "12"), ("Water", "-3")]
    assert "Rye bread" not in shell.run("stock", "list", "--below-zero")
    assert "every level" in shell.run("stock", "check")
    assert "no product has the code 99999999" in shell.run("stock", "move", "waste", "99999999", "--count", "1", code=1)
    assert "moon" in shell.run("stock", "move", "waste", WATER.code, "--count", "1", "--place", "moon", code=1)
    with shell.engine.begin() as connection:
        connection.execute(sa.update(stock_level).where(stock_level.c.count == 12).values(count=13))
    assert "1 levels are not what has moved" in shell.run("stock", "check", code=1)


def test_rules_come_from_a_file_and_make_a_list_to_order(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "rules.csv"
    file.write_text(f"gtin,minimum_count,pack_count,supplier\n{BREAD.code},10,8,Bakery\n")
    assert "1 products have a rule" in shell.run("stock", "import-rules", str(file))
    assert "Bakery" in shell.run("stock", "export-rules")
    (row,) = csv.DictReader(StringIO(shell.run("stock", "reorder")))
    assert (row["buy_count"], row["packs"]) == ("16", "2")
    shell.run("stock", "reorder", "--pdf", str(tmp_path / "order.pdf"))
    assert "Rye bread" in PdfReader(BytesIO((tmp_path / "order.pdf").read_bytes())).pages[0].extract_text()
    file.write_text("gtin,minimum_count\n99999999,x\n")
    said = shell.run("stock", "import-rules", str(file), code=1)
    assert "line 2, column gtin" in said and "line 2, column minimum_count" in said and "nothing was imported" in said
    assert "expiry,gtin" in shell.run("stock", "expiry", "--days", "30")


def test_an_order_is_sent_or_cancelled_from_the_shell(shell: Shell) -> None:
    for number in ("1", "2"):
        with shell.engine.connect() as connection:
            lines = channel_orders.named_lines(connection, [(BREAD.code, 1, 0)])
        channel_orders.place(shell.engine, New("web", number, lines, "x", number, oversell=True), now_utc_ms=NOW)
    assert "web/1 reserved: 1 x Rye bread" in shell.run("order", "list")
    assert shell.run("order", "ship", "web/1") == "web/1 is shipped\n"
    assert shell.run("order", "cancel", "web/2", "--why", "no stock") == "web/2 is cancelled\n"
    assert "shipped" in shell.run("order", "cancel", "web/1", code=1)
    assert "no order web/9" in shell.run("order", "ship", "web/9", code=1)
    assert shell.run("order", "list") == ""


def test_webhooks_are_added_seen_and_dead_ones_sent_again(shell: Shell) -> None:
    id_, secret = shell.run("webhook", "add", "https://books.example/hook", "--event", "sale.booked").splitlines()
    assert secret.startswith("whsec_")
    webhooks.ping(shell.engine, id_, NOW)
    webhooks.sweep(shell.engine, NOW + webhooks.KEEP_MS)
    assert "0 waiting, 1 dead" in shell.run("webhook", "list")
    assert "webhook.ping" in shell.run("webhook", "dead")
    assert shell.run("webhook", "retry") == "1 will be sent again\n"
    assert "1 waiting, 0 dead" in shell.run("webhook", "list")
    assert "no dead delivery" in shell.run("webhook", "retry", "msg_1", code=1)
    shell.run("webhook", "remove", id_)
    assert "no webhook" in shell.run("webhook", "remove", id_, code=1)
    assert "no address" in shell.run("webhook", "add", "books.example", code=1)
