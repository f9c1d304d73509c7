"""Customers over HTTP: members, their points and consents, segments, gift cards and vouchers (`/api/v1`)."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Header, Path, Query
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

from store import card_ledger, customers, points, segments, voucher_book
from store.caller import Caller
from store.card_ledger import By
from store.closing_days import today_of
from store.coupons import BadCoupons, end_of, offer_named
from store.database import writing
from store.joining import DESK, agree, new_id
from store.loading import MOST_MINOR, Act, CannotLoad, Paid, give_out, put_on
from store.member_file import NoSuchMember, erase, file_of
from store.members import KeyTaken, Member, enrol
from store.parts import Parts
from store.problem import Problem
from store.vouchers import NumberTaken, Voucher, block, find, issue, new_number

Id = Annotated[str, Path(pattern=r"^[a-zA-Z0-9]{1,40}$")]
Number = Annotated[str, Path(pattern=r"^[!-~]{4,40}$")]
_DAY = r"^(\d{4}-\d{2}-\d{2})?$"
Day = Annotated[str, Query(pattern=_DAY, description="business day, included")]
Limit = Annotated[int, Query(ge=1, le=1000)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=100)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewMember(_Body):
    """Somebody who agreed to be a member, in which words (`consents`: their version)."""

    keys: list[str] = Field(min_length=1, max_length=5)
    consents: str = Field(min_length=1, max_length=60)
    marketing: bool = False
    first_name: str = Field("", max_length=60)
    groups: list[str] = Field([], max_length=20)
    language: str = Field("", max_length=20)


class MemberChange(_Body):
    """What shall be different; what is left out stays."""

    first_name: str | None = Field(None, max_length=60)
    groups: list[str] | None = Field(None, max_length=20)
    receipt: Literal["", "print", "qr", "none", "email"] | None = None
    email: str | None = Field(None, max_length=254)
    blocked: bool | None = None


class NewPoints(_Body):
    """Points given, or taken."""

    points: int = Field(ge=-1_000_000, le=1_000_000)
    reason: str = Field(min_length=1, max_length=200)


class NewVoucher(_Body):
    """A gift card or voucher; without a number one is made. `paid`: how it was paid for, which the day's figures then
    have; empty: somebody else's books have that."""

    kind: Literal["gift_card", "voucher"]
    amount_minor: int = Field(gt=0, le=MOST_MINOR)
    number: str = Field("", pattern=r"^([!-~]{4,40})?$")
    expires: str = Field("", pattern=_DAY)
    note: str = Field("", max_length=200)
    paid: Paid | Literal[""] = ""


class NewLoad(_Body):
    """Money that is put on it; below nothing: that is paid back."""

    amount_minor: int = Field(ge=-MOST_MINOR, le=MOST_MINOR)
    paid: Paid


class WantedSegment(_Body):
    """As `GET /segment` has it, and the offer whose coupons everybody in it gets."""

    offer: str = Field(min_length=1, max_length=60)
    expires: str = Field("", pattern=_DAY)
    group: str = Field("", max_length=60)
    from_day: str = Field("", pattern=_DAY)
    to_day: str = Field("", pattern=_DAY)
    spent_minor: int = Field(0, ge=0)
    category: str = Field("", max_length=100)
    quiet_since: str = Field("", pattern=_DAY)


def customers_router(parts: Parts) -> APIRouter:
    """All of it."""
    router = APIRouter(tags=["customers"])
    _members(router, parts)
    _accounts(router, parts)
    _segments(router, parts)
    _vouchers(router, parts)
    return router


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _nobody(error: NoSuchMember) -> Problem:
    return Problem(HTTPStatus.NOT_FOUND, str(error))


def _members(router: APIRouter, parts: Parts) -> None:
    engine = parts.engine

    @router.get("/members")
    def search(words: Annotated[str, Query(max_length=100)] = "", group: Annotated[str, Query(max_length=60)] = "",
               limit: Limit = 50, offset: Offset = 0) -> Any:  # fmt: skip
        """Who bought last comes first; no contact data."""
        return _plain(customers.search(engine, words, group, limit, offset))

    @router.post("/members", status_code=HTTPStatus.CREATED)
    def add(wanted: NewMember) -> Any:
        groups = " ".join(wanted.groups or parts.config.members.groups)
        one = Member(new_id(), parts.now_utc_ms(), wanted.first_name, groups)
        try:
            with writing(engine) as connection:
                enrol(connection, one, *wanted.keys)
                agree(connection, one, DESK, wanted.consents, wanted.language, marketing=wanted.marketing)
        except KeyTaken as taken:
            raise Problem(HTTPStatus.CONFLICT, str(taken)) from taken
        return {"id": one.id}

    @router.get("/members/{id_}")
    def show(id_: Id) -> Any:
        """Everything that is kept of this member: what they may ask to have (GDPR, article 15)."""
        try:
            return file_of(engine, id_)
        except NoSuchMember as error:
            raise _nobody(error) from error

    @router.patch("/members/{id_}")
    def change(id_: Id, wanted: MemberChange, by: Caller) -> Any:
        given = {name: value for name, value in wanted.model_dump().items() if value is not None}
        if "groups" in given:
            given["member_groups"] = " ".join(given.pop("groups"))
        try:
            return _plain(customers.change(engine, id_, by, parts.now_utc_ms(), **given))
        except NoSuchMember as error:
            raise _nobody(error) from error
        except customers.BadChange as bad:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(bad)) from bad

    @router.delete("/members/{id_}", status_code=HTTPStatus.NO_CONTENT)
    def forget(id_: Id) -> None:
        """Erased for good; the sales stay and lead to nobody (GDPR, article 17)."""
        try:
            erase(engine, id_)
        except NoSuchMember as error:
            raise _nobody(error) from error

    @router.delete("/members/{id_}/consents/{purpose}", status_code=HTTPStatus.NO_CONTENT)
    def withdraw(id_: Id, purpose: Annotated[str, Path(pattern=r"^[a-z]{1,20}$")], by: Caller) -> None:
        try:
            customers.withdraw(engine, id_, purpose, by, parts.now_utc_ms())
        except NoSuchMember as error:
            raise _nobody(error) from error
        except customers.BadChange as bad:
            raise Problem(HTTPStatus.CONFLICT, str(bad)) from bad


def _accounts(router: APIRouter, parts: Parts) -> None:
    @router.post("/members/{id_}/points")
    def enter(id_: Id, wanted: NewPoints, key: Key, by: Caller) -> Any:
        """Give or take points; the same Idempotency-Key again changes nothing."""
        try:
            balance = points.adjust(
                parts.engine, id_, f"api {key}", wanted.points, wanted.reason, by, parts.now_utc_ms()
            )
        except points.NoPoints as bad:
            raise Problem(HTTPStatus.CONFLICT, str(bad)) from bad
        return {"points": balance}


def _segments(router: APIRouter, parts: Parts) -> None:
    engine = parts.engine

    @router.get("/segment.csv", response_class=PlainTextResponse)
    def segment(group: Annotated[str, Query(max_length=60)] = "", from_day: Day = "", to_day: Day = "",
                spent_minor: Annotated[int, Query(ge=0)] = 0, category: Annotated[str, Query(max_length=100)] = "",
                quiet_since: Day = "") -> PlainTextResponse:  # fmt: skip
        """Only who agreed to be sent offers."""
        wanted = segments.Segment(group, from_day, to_day, spent_minor, category, quiet_since)
        return PlainTextResponse(segments.as_csv(segments.members_in(engine, wanted)), media_type="text/csv")

    @router.post("/segment/coupons", response_class=PlainTextResponse)
    def coupons(wanted: WantedSegment) -> PlainTextResponse:
        """A coupon with a code of its own for everybody in the segment; the list as CSV."""
        fields = wanted.model_dump(exclude={"offer", "expires"})
        try:
            offer = offer_named(parts.prices.offers(), wanted.offer)
            given = segments.give_coupons(
                engine, segments.Segment(**fields), offer, end_of(wanted.expires), parts.now_utc_ms()
            )
        except BadCoupons as bad:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(bad)) from bad
        people, codes = [one for one, _ in given], [code for _, code in given]
        return PlainTextResponse(segments.as_csv(people, codes), media_type="text/csv")


def _vouchers(router: APIRouter, parts: Parts) -> None:
    engine = parts.engine

    @router.get("/vouchers")
    def search(words: Annotated[str, Query(max_length=100)] = "",
               kind: Literal["", "gift_card", "voucher", "deposit", "coupon"] = "",
               limit: Limit = 50, offset: Offset = 0) -> Any:  # fmt: skip
        return _plain(voucher_book.find_all(engine, words, kind, limit, offset))

    @router.post("/vouchers", status_code=HTTPStatus.CREATED)
    def give(wanted: NewVoucher, by: Caller) -> Any:
        number = wanted.number or new_number(wanted.kind)
        try:
            expires = end_of(wanted.expires)
            one = Voucher(number, wanted.kind, parts.config.store.currency, wanted.amount_minor,
                          issued_utc_ms=parts.now_utc_ms(), expires_utc_ms=expires, note=wanted.note)  # fmt: skip
            with writing(engine) as connection:
                if wanted.paid:
                    give_out(connection, one, _act(parts, f"issue {number}", wanted.paid, by))
                else:
                    issue(connection, one)
        except (NumberTaken, BadCoupons, CannotLoad) as bad:
            raise Problem(HTTPStatus.CONFLICT, str(bad)) from bad
        return {"number": number}

    @router.post("/vouchers/{number}/loads")
    def load(number: Number, wanted: NewLoad, key: Key, by: Caller) -> Any:
        """Put money on it, or pay it back; the same Idempotency-Key again changes nothing. What is on it now."""
        try:
            with writing(engine) as connection:
                put_on(connection, number, wanted.amount_minor, _act(parts, f"api {key}", wanted.paid, by))
        except CannotLoad as bad:
            raise Problem(HTTPStatus.CONFLICT, str(bad)) from bad
        return {"left_minor": _line(parts, number).left}

    @router.get("/vouchers/statement")
    def owed(from_day: Day = "", to_day: Day = "", by: By = "month") -> Any:
        """What the shop owes on gift cards and vouchers at the end of each period, and what has changed it."""
        return _plain(_statement(parts, from_day, to_day, by))

    @router.get("/vouchers/statement.csv", response_class=PlainTextResponse)
    def owed_as_file(from_day: Day = "", to_day: Day = "", by: By = "month") -> PlainTextResponse:
        return PlainTextResponse(card_ledger.as_csv(_statement(parts, from_day, to_day, by)), media_type="text/csv")

    @router.get("/vouchers/{number}")
    def show(number: Number) -> Any:
        held = voucher_book.held_minor(engine, number, parts.now_utc_ms())
        return {**_plain(_line(parts, number)), "held": held, "uses": _plain(voucher_book.uses(engine, number))}

    @router.post("/vouchers/{number}/block", status_code=HTTPStatus.NO_CONTENT)
    def stop(number: Number, blocked: bool = True) -> None:
        """From now on it is worth nothing, or (`blocked=false`) something again."""
        with writing(engine) as connection:
            if find(connection, number) is None:
                raise Problem(HTTPStatus.NOT_FOUND, f"there is no voucher {number}")
            block(connection, number, blocked)


def _statement(parts: Parts, from_day: str, to_day: str, by: By) -> list[card_ledger.Flow]:
    last = to_day or today_of(parts.config, parts.now_utc_ms())
    return card_ledger.statement(parts.engine, parts.config.store.currency, from_day, last, by)


def _act(parts: Parts, id_: str, paid: Paid, by: str) -> Act:
    now = parts.now_utc_ms()
    return Act(id_, paid, by, today_of(parts.config, now), now)


def _line(parts: Parts, number: str) -> voucher_book.Line:
    found = [line for line in voucher_book.find_all(parts.engine, number) if line.voucher.number == number]
    if not found:
        raise Problem(HTTPStatus.NOT_FOUND, f"there is no voucher {number}")
    return found[0]
