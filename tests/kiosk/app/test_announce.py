"""What the lane says of its health."""

from kiosk.app.announce import Announcer
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.values.moment import Moment
from kiosk.wire.messages import Health


def test_rows_that_the_store_refused_are_told_beside_those_that_wait() -> None:
    announcer = Announcer(lambda: 512, lambda: 3, lambda: 2)
    said = dict(announcer.announcements(blank(Lane(store="s001", till="k01")), Moment(0, 0)))
    health = said["health"]
    assert isinstance(health, Health)
    assert (health.disk_free_mib, health.outbox, health.outbox_refused) == (512, 3, 2)
