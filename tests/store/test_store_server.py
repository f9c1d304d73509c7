"""The whole store as a process: a real broker, a real browser, signals as a service manager sends them."""

import json
import re
import select
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from selling import BREAD, ROWS, Till, reported, said
from serving import DEADLINE_S, Served
from signing import PIN, sign_in

from kiosk.checkout.sale import receipt_token
from kiosk.demo.ports import free_port
from kiosk.wire.codec import encode
from kiosk.wire.messages import LaneState, StaffNeed
from kiosk.wire.outgoing import till_message
from kiosk.wire.price_csv import write_csv
from store.__main__ import main


@pytest.fixture
def config(tmp_path: Path, broker: int, database_url: str) -> Path:
    file = tmp_path / "store.toml"
    file.write_text(
        f'[store]\nid = "s001"\nname = "Corner shop"\nmode = "demo"\n[database]\nurl = "{database_url}"\n'
        f'[link]\nbroker = "mqtt://127.0.0.1:{broker}"\n[http]\nlisten = "127.0.0.1:0"\n'
    )
    catalogue = tmp_path / "prices.csv"
    catalogue.write_text("".join(write_csv(ROWS)))
    assert main(["catalogue", "import", str(catalogue), "--config", str(file)]) == 0
    assert main(["user", "add", "Anna", "--role", "manager", "--pin", PIN, "--config", str(file)]) == 0
    return file


@pytest.fixture
def store(config: Path) -> Iterator[Served]:
    served = Served(config)
    served.logged("link.up")
    yield served
    if served.process.poll() is None:
        served.end(signal.SIGTERM)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 800})
    yield opened
    opened.close()


def _publish(broker: int, topic: str, payload: bytes) -> None:
    command = ["mosquitto_pub", "-V", "5", "-q", "1", "-r", "-p", str(broker), "-t", topic, "-s"]
    subprocess.run(command, input=payload, check=True, timeout=DEADLINE_S)


@pytest.mark.slow
def test_staff_see_the_lanes_find_a_sale_and_change_a_price(store: Served, broker: int, page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: errors.append(request.url) if store.url not in request.url else None)
    sign_in(page, store.url)
    expect(page.get_by_text("No checkout has been heard yet.")).to_be_visible()

    need = StaffNeed(reason="age", since="2026-11-23T09:13:40.002Z")
    state = LaneState(
        store="s001", till="k01", online=True, phase="scanning", staff_needed=(need,), items=2, due_minor=6580,
        currency="SEK", number="4",
    )  # fmt: skip
    said_state = encode(till_message(state, store="s001", till="k01", id="x", at=need.since))
    _publish(broker, "kassa/v1/s001/k01/state", said_state)
    lane = page.locator(".k-card", has_text="Checkout 4")
    expect(lane).to_contain_text("Check age")
    expect(lane).to_contain_text("65.80 SEK")

    sale = Till().sell((BREAD, 2))
    _publish(broker, "kassa/v1/s001/k01/sale", said(sale))
    _publish(broker, "kassa/v1/s001/k01/stock", reported(sale))
    page.get_by_role("tab", name="Sales").click()
    page.get_by_role("cell", name=sale.key).click()
    expect(page.get_by_text("Rye bread")).to_be_visible()
    with page.expect_popup() as receipt:
        page.get_by_role("link", name="Receipt").click()
    expect(receipt.value.locator("main")).to_contain_text("DEMO - inte ett kvitto")
    assert receipt.value.url.endswith(receipt_token(sale))
    page.get_by_role("button", name="Close").click()

    page.get_by_role("tab", name="Goods").click()
    bread = page.locator(".k-row", has_text="Rye bread")
    expect(bread).to_contain_text("-2")
    price = bread.get_by_label("Price")
    price.fill("29,5")
    price.press("Enter")
    expect(page.get_by_text("Rye bread: 32.90 is now 29.50")).to_be_visible()
    expect(page.get_by_text("Price book 2")).to_be_visible()
    price.fill("cheap")
    price.press("Enter")
    expect(page.get_by_text("is not an amount")).to_be_visible()
    assert page.request.get(f"{store.url}/api/v1/prices/{BREAD.code}").json()["price_minor"] == 2950
    assert errors == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_in_order_with_a_page_open(store: Served, page: Page, number: signal.Signals) -> None:
    sign_in(page, store.url)
    expect(page.get_by_text("Corner shop")).to_be_visible()
    assert store.end(number) == 0


@pytest.mark.slow
def test_a_service_manager_is_told(config: Path, tmp_path: Path, broker: int, serving: Callable[..., Served]) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        served = serving(NOTIFY_SOCKET=str(tmp_path / "notify"))

        def told() -> bytes:
            ready, _, _ = select.select([manager], [], [], DEADLINE_S)
            assert ready, "nothing was told"
            return manager.recv(100)

        heard = {told(), told()}
        assert heard == {b"READY=1", b"WATCHDOG=1"}
        assert served.end(signal.SIGTERM) == 0
        while (last := told()) == b"WATCHDOG=1":
            pass
        assert last == b"STOPPING=1"


@pytest.fixture
def serving(config: Path) -> Callable[..., Served]:
    return lambda **more: Served(config, **more)


@pytest.mark.slow
def test_a_broker_that_comes_later_is_found(
    config: Path, start_broker: Callable[[str], int], serving: Callable[..., Served], tmp_path: Path
) -> None:
    text = config.read_text()
    port = free_port()
    config.write_text(re.sub(r"mqtt://127.0.0.1:\d+", f"mqtt://127.0.0.1:{port}", text))
    served = serving()
    assert served.logged("link.unreachable")["broker"] == f"127.0.0.1:{port}"
    with urllib.request.urlopen(f"{served.url}/healthz") as answer:
        assert json.load(answer)["broker"] == "away"
    start_broker(f"allow_anonymous true\nlistener {port} 127.0.0.1")
    assert served.logged("link.up")
    assert served.end(signal.SIGTERM) == 0
