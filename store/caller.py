"""Caller: who asks over HTTP, as the guard has found out; routes take it as an argument. "" where no guard stands.

It is never what a body says of itself: who approves, or writes something down, is who was let in.
"""

from typing import Annotated

from fastapi import Depends, Request

from store.guard import WHO
from store.sessions import Person


def caller(request: Request) -> str:
    """The id of the person or program."""
    person: Person | None = request.scope.get(WHO)
    return person.id if person is not None else ""


Caller = Annotated[str, Depends(caller)]
