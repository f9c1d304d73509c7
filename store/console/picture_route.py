"""Pictures of goods for the console: what the lanes show, from the store's own folder or the drawings that ship."""

import re
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter
from fastapi import Path as InPath
from fastapi.responses import FileResponse, Response

from store.parts import Parts
from store.pictures import content_of
from store.price_book import UnknownProduct
from store.problem import Problem

_DRAWINGS = Path(__file__).resolve().parents[2] / "kiosk" / "ui" / "pictures"
_NAME = re.compile(r"[a-z0-9-]{1,40}")
_KEPT = ("http", "https", "store")
_SHUT = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'", "Cache-Control": "max-age=600"}
_BEGINNINGS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp", b"GIF8": "image/gif"}


def mime_of(content: bytes) -> str:
    """By its first bytes; empty if it is no picture."""
    return next((mime for begins, mime in _BEGINNINGS.items() if content.startswith(begins)), "")


def drawing(name: str) -> Path | None:
    """The file of one of the drawings that ship."""
    file = _DRAWINGS.joinpath(f"{name}.svg")
    return file if _NAME.fullmatch(name) and file.is_file() else None


def picture_router(parts: Parts) -> APIRouter:
    """`/picture/{code}`."""
    router = APIRouter(include_in_schema=False)

    @router.get("/picture/{code}")
    def picture(code: Annotated[str, InPath(pattern=r"^[0-9]{4,14}$")]) -> Response:
        """Of one product; 404 where there is none."""
        try:
            kind, _, name = parts.prices.row(code).picture.partition(":")
        except UnknownProduct as error:
            raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error
        if kind == "svg" and (file := drawing(name)) is not None:
            return FileResponse(file, media_type="image/svg+xml", headers=_SHUT)
        content = content_of(Path(parts.config.pictures.folder), f"{kind}:{name}") if kind in _KEPT else None
        if content is not None and (mime := mime_of(content)):
            return Response(content, media_type=mime, headers=_SHUT)
        raise Problem(HTTPStatus.NOT_FOUND, "there is no picture of it")

    return router
