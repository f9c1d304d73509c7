"""A shop that looks like one: four checkouts, a month of sales, staff, prices that wait, machines that come and go.

Its clock stands still and its chance is seeded, so the same console gives the same pictures. There is no broker: what
lanes would say is put where it would arrive.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from adopting import SECRET, request_of
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace
from patience import raise_it, until
from selling import Till, on, said

from kiosk.app.places import config_folder
from kiosk.wire.adoption import read_code
from kiosk.wire.configuring import ConfigAsk, KnownKey
from kiosk.wire.messages import DeviceHealth, Health, LaneState, NeedGoods, NeedShown, StaffNeed
from kiosk.wire.price_csv import PriceRow, read_csv
from store import bundle_arrival, introductions, lane_config, rollouts
from store.adoption import Knock, adopt, make_code
from store.api import make_app
from store.backup_record import Made
from store.config import DatabaseTable, LinkTable, PricesTable, UpdatesTable, read_config
from store.console.page import add_console
from store.database import open_books
from store.founding import Plan, found
from store.guard import Guard
from store.ingest import take
from store.listening import listen
from store.parts import Parts, make_parts
from store.price_saving import save
from store.rollout import Plan as Rollout
from store.sign_in_page import sign_in_router
from store.trust_page import trust_router
from store.users import add_user
from tests.store.test_rollouts import raucb

NOON = datetime(2026, 11, 23, 13, 10, tzinfo=UTC)
"""When every picture is taken: a Monday."""
NOW_MS = int(NOON.timestamp()) * 1_000
MINUTE_MS, DAY_MS = 60_000, 86_400_000
PEOPLE = (
    ("Anna", "manager", "2468"),
    ("Bo", "supervisor", "8642"),
    ("Olga", "operator", "9753"),
    ("Per", "cashier", "1357"),
)
TILLS = ("k01", "k02", "k03", "k04")
NEW, OLD = "1.2.0", "1.1.3"


class Hears:
    """A link whose broker is there."""

    up = True


class Shop:
    """The shop and everything that it has seen so far."""

    def __init__(self, folder: Path) -> None:
        plan = Plan("s001", "Corner shop", "127.0.0.1", TILLS[:1], 18883, 18884)
        found(folder, plan, NOW_MS - 40 * DAY_MS)
        config = read_config(folder / "store.toml")
        books = DatabaseTable(f"sqlite:///{folder}/store.db")
        kept = UpdatesTable(str(folder / "bundles"))
        self.config = replace(config, link=LinkTable(), database=books, updates=kept, prices=PricesTable(25, 20))
        self.engine = open_books(self.config.database.url)
        self.parts: Parts = replace(make_parts(self.config, self.engine, lambda: NOW_MS, raise_it), link=Hears())
        self.people = {name: add_user(self.engine, name, role, pin)[0].id for name, role, pin in PEOPLE}
        self.rows = self._prices()
        self._sales()
        self._lanes()
        self._machines()
        self._updates(folder)
        self._planned()
        self._well()

    def _well(self) -> None:
        """As after a night in which everything went well, on a disk of one size everywhere."""
        upkeep, made = self.parts.upkeep, Made(NOW_MS - 10 * 60 * MINUTE_MS, "/mnt/usb/store-2026-11-23.db", "")
        facts = upkeep.look()
        disks = tuple(replace(disk, free=182 << 30, total=238 << 30) for disk in facts.disks)
        duties = tuple(replace(duty, alive=True) for duty in facts.duties)
        upkeep._last = replace(facts, disks=disks, duties=duties, backup=made, good_backup=made)

    def _prices(self) -> dict[str, PriceRow]:
        text = (config_folder() / "catalogue" / "demo.csv").read_text(encoding="utf-8")
        rows = read_csv(text, {})
        self.parts.prices.replace(rows, NOW_MS - 35 * DAY_MS, "import of demo.csv")
        by_name = {row.name: row for row in rows}
        self.parts.prices.change_price(by_name["Bananas"].code, 2290, NOW_MS - 3 * DAY_MS, "price of Bananas, by Anna")
        return by_name

    def _sales(self) -> None:
        """A month of them, few on a Sunday."""
        chance = random.Random(7)
        each = [
            row for row in self.rows.values() if row.sold_by == "each" and not row.deposit_minor and not row.blocked
        ]
        for till in (Till(name) for name in TILLS):
            for back in range(29, -1, -1):
                day = NOON - timedelta(days=back)
                for _ in range(chance.randint(1, 2) + (day.weekday() in (4, 5))):
                    basket = [(row, chance.choice((1, 1, 1, 2))) for row in chance.sample(each, chance.randint(2, 7))]
                    sealed = day - timedelta(minutes=chance.randint(1, 240))
                    times = {"sealed": rfc(sealed), "started": rfc(sealed - timedelta(minutes=2))}
                    sale = till.sell(*basket, business_day=f"{day:%Y-%m-%d}", **times)
                    take(self.engine, on("sale", till.name), said(sale), int(sealed.timestamp()) * 1_000)

    def _lanes(self) -> None:
        wine = self.rows["Red wine 75 cl"]
        goods = NeedShown(goods=(NeedGoods(gtin=wine.code, name=wine.name, age_limit=wine.age_limit),), age_limit=18)
        age = StaffNeed(reason="age", since=rfc(NOON - timedelta(minutes=2)), shown=goods)
        help_ = StaffNeed(reason="help", since=rfc(NOON - timedelta(minutes=1)), detail="price")
        self._says("k01", phase="welcome")
        self._says("k02", phase="scanning", items=4, due_minor=21_760, staff_needed=(age,))
        self._says("k03", phase="card", items=9, due_minor=38_450)
        self._says("k04", phase="scanning", items=2, due_minor=5_480, staff_needed=(help_,), image=NEW, slot="B")
        for till in TILLS:
            ready = {name: DeviceHealth(status="ok", life="ready") for name in DEVICES}
            levels = ((10_000, 12), (5_000, 14), (2_000, 21), (1_000, 30), (500, 40), (200, 35), (100, 60))
            cash = {"cash_minor": sum(minor * many for minor, many in levels), "cash_levels": levels}
            paper = "low" if till == "k03" else "ok"
            health = Health(
                store="s001", till=till, devices=ready, paper=paper, disk_free_mib=26_300, temperature_c=47, **cash
            )
            self.parts.lanes.hear(till, health, NOW_MS)

    def _says(self, till: str, *, image: str = OLD, slot: str = "A", **more: object) -> None:
        state = LaneState(
            store="s001", till=till, online=True, currency="SEK", price_book="2", software="0.1.0", image=image,
            slot=slot, since=rfc(NOON - timedelta(days=31 if image == OLD else 0, hours=11)), number=till[-1],
            console_age=True, **more,  # type: ignore[arg-type]  # fields of the state
        )  # fmt: skip
        self.parts.lanes.hear(till, state, NOW_MS)

    def _machines(self) -> None:
        """Two that were adopted, one whose code waits, one that shows a code itself; what they run on."""
        olga = self.people["Olga"]
        for number, till in enumerate(("k02", "k03", "k04")):
            then = NOW_MS - (30 - 7 * number) * DAY_MS
            offer = make_code(
                self.engine, self.config, till, bytes([number]) * len(SECRET), olga, then, keeps_journal=True
            )
            knock = Knock(read_code(offer.code).secret, request_of(key_of(number)), f"192.168.1.{52 + number}")
            adopt(self.engine, self.config, knock, then + 4 * MINUTE_MS)
        make_code(self.engine, self.config, "k05", SECRET, olga, NOW_MS - 6 * MINUTE_MS)
        since = NOW_MS - 3 * MINUTE_MS
        introductions.knock(self.engine, self.config, request_of(key_of(9)), "proof", "192.168.1.57", since)
        introductions.knock(self.engine, self.config, request_of(key_of(9)), "proof", "192.168.1.57", NOW_MS)
        for till in TILLS:
            text = f'[lane]\nstore = "s001"\ntill = "{till}"\ncurrency = "SEK"\nlanguages = ["sv", "en"]\n'
            said_ = ConfigAsk(digest=f"{till}", text=text, keys=KEYS)
            lane_config.heard(self.engine, till, said_, NOW_MS - 20 * DAY_MS)

    def _updates(self, folder: Path) -> None:
        """The first of four has the new version; a second is fetching it, the others wait for their turn."""
        file = folder / "kassa-1.2.0.raucb"
        file.write_bytes(raucb(NEW, filling=5 << 20))
        bundle = bundle_arrival.take(self.engine, folder / "bundles", file, NOW_MS - DAY_MS)
        plan = Rollout(waves=("1", "50%", "100%"), most_percent=25)
        rollouts.begin(self.engine, bundle.sha256, list(TILLS), plan, self.people["Olga"], NOW_MS - 90 * MINUTE_MS)
        follow = rollouts.Follower(self.config, self.engine, self.parts.lanes, lambda: NOW_MS, lambda: None).turn
        follow()

    def _planned(self) -> None:
        """One change that waits for its day, one that waits for a second person."""
        rows, bo, anna = self.rows, self.people["Bo"], self.people["Anna"]
        less = {rows[name].code: rows[name].price_minor - 200 for name in ("Bananas", "Avocado", "Broccoli")}
        save(self.parts, prices=less, by=anna, name="Week 49", starts_utc_ms=NOW_MS + 7 * DAY_MS)
        save(self.parts, prices={rows["Bacon"].code: 1195}, by=bo, name="Bacon at half price")


def rfc(moment: datetime) -> str:
    """RFC 3339 with milliseconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000Z"


def key_of(number: int) -> ec.EllipticCurvePrivateKey:
    """The same machine has the same key in every run, and so the same name on its screen."""
    return ec.derive_private_key(number + 1_000, ec.SECP256R1())


@contextmanager
def opened(shop: Shop) -> Iterator[str]:
    """The console's address while it is served."""
    app = make_app(shop.parts)
    app.include_router(sign_in_router(shop.parts))
    app.include_router(trust_router(shop.parts))
    add_console(app, shop.parts)
    app.add_middleware(Guard, parts=shop.parts)
    socket = listen("127.0.0.1", 0, "http.listen")
    pages = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="on", timeout_graceful_shutdown=3))
    thread = threading.Thread(target=pages.run, kwargs={"sockets": [socket]})
    thread.start()
    until(lambda: pages.started, "the console does not open")
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        pages.should_exit = True
        thread.join()


DEVICES = ("card_terminal", "cash_recycler", "gate", "lights", "pos_printer", "scale", "bagging_scale", "scanner")
KEYS = (
    KnownKey(path="lane.languages", kind="toml", default="", help="BCP 47, the first is the default"),
    KnownKey(path="lane.name", kind="text", default='""', help="what shoppers read above the receipt"),
)
