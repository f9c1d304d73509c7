"""What the lane says of its health."""

from msgspec import UNSET
from msgspec.structs import replace

from drivers.life import Life
from kiosk.app.announce import Announcer
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.checkout.meter import Meter
from kiosk.values.moment import Moment
from kiosk.wire.messages import Health


def test_rows_that_the_store_refused_are_told_beside_those_that_wait() -> None:
    announcer = Announcer(lambda: 512, lambda: 3, lambda: 2)
    said = dict(announcer.announcements(blank(Lane(store="s001", till="k01")), Moment(0, 0)))
    health = said["health"]
    assert isinstance(health, Health)
    assert (health.disk_free_mib, health.outbox, health.outbox_refused) == (512, 3, 2)


def test_the_health_tells_what_the_cash_machine_can_pay_out() -> None:
    state = blank(Lane(store="s001", till="k01"))
    state = replace(state, devices=replace(state.devices, cash=Meter(levels=((2_000, 3), (500, 4)))))
    health = dict(Announcer(lambda: 1, lambda: 0).announcements(state, Moment(0, 0)))["health"]
    assert isinstance(health, Health)
    assert (health.cash_minor, health.cash_levels) == (8_000, ((2_000, 3), (500, 4)))


def test_the_health_names_every_device_and_how_it_is() -> None:
    lives = {"scanner": Life("ready"), "pos_printer": Life("faulty", "no paper"), "scale": Life("absent", "no answer")}
    announcer = Announcer(lambda: 1_000, lambda: 0, lives=lambda: lives)
    said = dict(announcer.announcements(blank(Lane(store="s001", till="k01")), Moment(0, 0)))["health"]
    assert isinstance(said, Health)
    told = {name: (device.status, device.life, device.why) for name, device in said.devices.items()}
    assert told == {
        "scanner": ("ok", "ready", ""),
        "pos_printer": ("ok", "faulty", "no paper"),
        "scale": ("lost", "absent", "no answer"),
    }


def test_the_health_tells_what_is_wrong_with_the_machine_itself() -> None:
    state = blank(Lane(store="s001", till="k01"))
    well = dict(Announcer(lambda: 1, lambda: 0).announcements(state, Moment(0, 0)))["health"]
    assert isinstance(well, Health) and well.troubles is UNSET and well.clock_unsure is UNSET
    devices = replace(state.devices, clock_unsure=True)
    ill = replace(state, lane=replace(state.lane, troubles=("Wi-Fi cannot be used",)), devices=devices)
    said = dict(Announcer(lambda: 1, lambda: 0).announcements(ill, Moment(0, 0)))["health"]
    assert isinstance(said, Health) and said.troubles == ("Wi-Fi cannot be used",) and said.clock_unsure is True
