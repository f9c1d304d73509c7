"""Hands: effects become device commands or outbox rows. The one translator between the two vocabularies, outwards.

Before the commit, `rows` turns everything that is to be published into outbox rows, so that they are written in the
same transaction as the events that caused them. After it, `perform` gives commands to devices. Sounds and lamps are
nobody's money: they go out at once (`is_early`).
"""

from collections.abc import Callable

import structlog

from drivers import events as d
from drivers.device import Device
from kiosk.app.paper import Paper
from kiosk.checkout import effects as f
from kiosk.checkout.sale import Sale
from kiosk.values.moment import Moment
from kiosk.storage.outbox import OutboxRow
from kiosk.wire import outgoing_message

_LAMPS: dict[str, d.SetLights] = {
    "free": d.SetLights(green=True),
    "in_use": d.SetLights(),
    "help": d.SetLights(amber=True, pulse=True),
    "check": d.SetLights(amber=True),
    "bank": d.SetLights(amber=True),
    "paid": d.SetLights(green=True),
    "closed": d.SetLights(),
    "out_of_order": d.SetLights(red=True),
    "staff": d.SetLights(green=True, amber=True),
}
