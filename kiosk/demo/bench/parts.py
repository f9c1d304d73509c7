"""Parts: what the bench page shows and touches, handed to every panel. One for all pages that are open."""

from typing import NamedTuple

import httpx

from kiosk.demo.bench.honest import Bagger
from kiosk.demo.bench.mirror import Mirror
from kiosk.demo.devices import Devices
from kiosk.demo.place import Place
from kiosk.demo.process import Process


class Bench(NamedTuple):
    """The lane, the things on its counter, and the programs behind it."""

    devices: Devices
    mirror: Mirror
    web: httpx.AsyncClient
    place: Place
    kiosk: Process
    store: Process
    broker: Process
    bagger: Bagger
