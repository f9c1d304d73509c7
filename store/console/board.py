"""`/board`: the bank of lanes for a screen on the wall. It shows and does nothing, and stays signed in.

Whoever is signed in opens it and chooses *Keep this screen here*: their own session ends there, and the screen gets one
that may see this page only (`sessions`).
"""

from http import HTTPStatus

from fastapi import APIRouter, FastAPI, Request
from nicegui import ui
from starlette.responses import RedirectResponse

from store import sessions, users
from store.acts import Act, record
from store.console.cards import Card
from store.console.lanes_view import asked, cards
from store.console.look import CSS, PRIMARY
from store.console.who import person
from store.guard import SIGN_IN, WHO, address_of
from store.parts import Parts
from store.problem import Problem
from store.sessions import WALL_MS, Person
from store.sign_in_page import give_cookie

PATH = "/board"
_EVERY_S, _LOOK_S = 1, 5
_AWAKE = """
const awake = () => navigator.wakeLock && navigator.wakeLock.request('screen').catch(() => undefined);
awake(); document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && awake());
"""


def add_board(app: FastAPI, parts: Parts) -> None:
    """The page, and what its button sends."""
    app.include_router(_keep_router(parts))

    @ui.page(PATH, title=f"{parts.config.name} · checkouts")
    def board() -> None:
        ui.add_css(CSS)
        ui.colors(primary=PRIMARY)
        here = person()
        with ui.row().classes("k-board-head w-full items-center"):
            ui.label(parts.config.name).classes("k-brand")
            ui.space()
            if here is not None and not here.only:
                ui.html(
                    f'<form method="post" action="{PATH}/keep">'
                    '<button class="k-keep">Keep this screen here</button></form>',
                    sanitize=False,
                )
        _grid(parts)
        ui.run_javascript(_AWAKE)
        if here is not None:
            ui.timer(_LOOK_S, lambda: ui.navigate.to(SIGN_IN) if person() is None else None)


def _keep_router(parts: Parts) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post(f"{PATH}/keep")
    def keep(request: Request) -> RedirectResponse:
        """The screen's own session instead of the person's."""
        here: Person | None = request.scope.get(WHO)
        if here is None or not here.session or not here.may("look"):
            raise Problem(HTTPStatus.FORBIDDEN, "sign in first")
        address, now = address_of(request.scope), parts.now_utc_ms()
        sessions.end(parts.engine, here.session, now)
        secret = sessions.begin(parts.engine, here.id, address, now, only=PATH)
        record(parts.engine, Act(here.id, "board", address=address), now)
        answer = RedirectResponse(PATH, HTTPStatus.SEE_OTHER)
        give_cookie(answer, secret, secure=request.url.scheme == "https", lasts_s=WALL_MS // 1_000)
        return answer

    return router


def _grid(parts: Parts) -> None:
    shown: object = None
    grid = ui.element("div").classes("k-board").mark("board")

    def draw() -> None:
        nonlocal shown
        tasks = parts.watch.tasks
        names = users.names(parts.engine) if tasks else {}
        went = {key: one.names for key, one in asked(tasks, names).items()}
        now = [(card, _told(card, went)) for card in cards(parts)]
        if now == shown:
            return
        shown = now
        grid.clear()
        with grid:
            for card, told in now:
                _tile(card, told)

    draw()
    ui.timer(_EVERY_S, draw)


def _told(card: Card, went: dict[tuple[str, str, str], tuple[str, ...]]) -> tuple[str, ...]:
    """`Check age, 2 min: Anna`"""
    lines = []
    for call in card.calls:
        names = f"{call.seen_by} is coming" if call.seen_by else ", ".join(
            went.get((card.till, call.reason, call.detail), ())
        )  # fmt: skip
        since = ", ".join(filter(None, (call.why, call.since)))
        lines.append(f"{since}: {names}" if names else since)
    return tuple(lines)


def _tile(card: Card, told: tuple[str, ...]) -> None:
    with ui.element("div").classes(f"k-card {card.tone}").mark(f"board-{card.till}"):
        with ui.row().classes("w-full justify-between items-center no-wrap"):
            ui.label(card.title).classes("k-title")
            ui.label(card.status).classes("k-status")
        for line in told:
            ui.label(line).classes("k-call")
        if card.due:
            with ui.row().classes("w-full justify-between items-baseline"):
                ui.label(card.due).classes("k-due")
                ui.label(card.items)
        for trouble in card.troubles:
            ui.label(trouble).classes("k-trouble")
