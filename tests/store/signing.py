"""A short hand for tests that need somebody known: a page that is signed in, and a client with a token."""

import httpx
from playwright.sync_api import BrowserContext, Page
from sqlalchemy.engine import Engine

from store import sessions
from store.guard import cookie_name
from store.tokens import add_token
from store.users import add_user

PIN = "2468"


def sign_in(page: Page, url: str, name: str = "Anna", pin: str = PIN) -> None:
    """As a person does it: the page of the console is open afterwards."""
    page.goto(f"{url}/sign-in")
    page.get_by_label("Name, number or badge").fill(name)
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{url}/")


def signed_in(context: BrowserContext, url: str, engine: Engine, now_utc_ms: int, role: str = "manager") -> str:
    """The browser has the cookie of a new user already, by name of their role; their id."""
    person, _ = add_user(engine, role.capitalize(), role)
    secret = sessions.begin(engine, person.id, "test", now_utc_ms)
    secure = url.startswith("https:")
    context.add_cookies([{"name": cookie_name(secure), "value": secret, "url": url, "secure": secure}])
    return person.id


def program(url: str, engine: Engine, now_utc_ms: int, role: str = "manager") -> httpx.Client:
    """A client whose token has this role."""
    token = add_token(engine, role, role, now_utc_ms)
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=10, trust_env=False)
