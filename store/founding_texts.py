"""Founding texts: what the files of a new shop say: store.toml, a till's kiosk.toml, the broker's configuration.

Pure but for whose account this is, which the broker is to run under.
"""

import os
import pwd
import re
from pathlib import Path
from typing import Literal

import msgspec

from store.config import StoreTable
from store.packs import config_path


class Plan(msgspec.Struct, frozen=True):
    """What somebody wants: the shop's id and name, how its machine is called on the shop's network, its tills."""

    store: str
    name: str
    host: str
    tills: tuple[str, ...]
    port: int = 8883
    adoption_port: int = 8443
    console_port: int = 8080
    mode: Literal["live", "demo"] = "live"
    currency: str = "SEK"
    jurisdiction: str = "se"
    timezone: str = "Europe/Stockholm"

    @property
    def table(self) -> StoreTable:
        """`[store]` of it."""
        return StoreTable(self.store, self.name, self.mode, self.currency, self.jurisdiction, self.timezone)


def access_list(store: str) -> str:
    """Who may say and hear what, as we ship it, for this store."""
    return re.sub(r"\bs001\b", store, config_path("mosquitto/kassa.acl").read_text(encoding="utf-8"))


def url_host(host: str) -> str:
    """As it stands in an address."""
    return f"[{host}]" if ":" in host else host


def store_toml(folder: Path, plan: Plan) -> str:
    """The store's own."""

    def here(name: str) -> str:
        return _quoted(str(folder.resolve().joinpath(name)))

    any_address = "[::]" if ":" in plan.host else "0.0.0.0"
    return f"""# The store server of {plan.name}. Every key with its meaning: config/store.toml of Kassa.

[store]
id = "{plan.store}"
name = {_quoted(plan.name)}
mode = "{plan.mode}"
currency = "{plan.currency}"
jurisdiction = "{plan.jurisdiction}"
timezone = "{plan.timezone}"

[database]
url = {_quoted(f"sqlite:///{folder.resolve()}/store.db")}

[link]
broker = "mqtts://{url_host(plan.host)}:{plan.port}"
ca = {here("ca.crt")}
cert = {here("link.crt")}
key = {here("link.key")}

[http]
listen = "{any_address}:{plan.console_port}"
cert = {here("console.crt")}
key = {here("console.key")}
ca = {here("ca.crt")}

[pictures]
folder = {here("pictures")}

[updates]
folder = {here("bundles")}

[adoption]
folder = {_quoted(str(folder.resolve()))}
listen = "{any_address}:{plan.adoption_port}"
broker_pid_file = {here("broker/mosquitto.pid")}
"""


def kiosk_toml(store: StoreTable, till: str, host: str, port: int) -> str:
    """A till's: who it is, by what rules it sells, and how it reaches its store. Its devices are added by people."""
    return f"""# Till {till}. Put this file with ca.crt, till.crt and till.key onto its card; add its devices.

[lane]
store = "{store.id}"
till = "{till}"
name = {_quoted(store.name)}
mode = "{store.mode}"
currency = "{store.currency}"
jurisdiction = "{store.jurisdiction}"
timezone = "{store.timezone}"

[link]
broker = "mqtts://{url_host(host)}:{port}"
ca = "ca.crt"
cert = "till.crt"
key = "till.key"
"""


def broker_conf(folder: Path, plan: Plan) -> str:
    """Mosquitto's."""
    here = folder.resolve() / "broker"
    shipped = config_path("mosquitto/kassa.conf").read_text(encoding="utf-8")
    kept = shipped[shipped.index("# Retained states") :].replace("/var/lib/mosquitto/", f"{here}/")
    return f"""# Mosquitto of {plan.name}: who has no certificate of this shop is not heard.
# Whoever founded the shop owns its keys, and the broker runs as nobody else, even if root starts it.
user {pwd.getpwuid(os.geteuid()).pw_name}
pid_file {here}/mosquitto.pid
per_listener_settings false

listener {plan.port}
cafile {here.parent}/ca.crt
certfile {here}/broker.crt
keyfile {here}/broker.key
crlfile {here.parent}/broker/revoked.pem
tls_version tlsv1.2
require_certificate true
use_identity_as_username true

allow_anonymous false
acl_file {here}/kassa.acl

{kept}"""


def _quoted(text: str) -> str:
    """As a TOML basic string."""
    return '"' + "".join(f"\\u{ord(c):04X}" if ord(c) < 32 or c in '"\\' else c for c in text) + '"'
