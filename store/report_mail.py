"""Report mail: a report that is due, made and handed to the mail server. The postman calls `turn` when it has time.

The report is made when it is sent: a sale that came in late is in it. Date and Message-ID follow from the schedule and
its turn, so that a mail which may have gone already goes out again as the same mail.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import msgspec
import structlog
from sqlalchemy.engine import Engine

from store import report_schedules, smtp
from store.config import Config
from store.dimensions import DIMENSIONS
from store.periods import period, told
from store.report_files import MEDIA_TYPES, written
from store.report_schedules import Schedule
from store.report_shapes import Report, UnknownReport
from store.report_words import shown
from store.reports import make_report

Deliver = Callable[[EmailMessage, str], None]
_log = structlog.get_logger("report_mail")


class ReportMail:
    """One store's."""

    def __init__(self, config: Config, engine: Engine, now_utc_ms: Callable[[], int], deliver: Deliver) -> None:
        self._config, self._engine, self._now, self._deliver = config, engine, now_utc_ms, deliver

    def turn(self) -> bool:
        """One report, if one is due. False: none was."""
        zone = self._config.zone
        due = report_schedules.take_due(self._engine, self._now(), zone)
        if due is None:
            return False
        try:
            report, days = self._made(due)
            self._deliver(report_mail(report, days, due, self._config), due.wish.address)
        except smtp.NotNow as why:
            _log.warning("report_mail.not_now", schedule=due.id, why=str(why))
            report_schedules.failed(self._engine, due, str(why))
        except (smtp.Refused, UnknownReport) as why:
            _log.warning("report_mail.refused", schedule=due.id, why=str(why))
            report_schedules.refused(self._engine, due, str(why), zone)
        else:
            report_schedules.sent(self._engine, due, self._now(), zone)
        return True

    def _made(self, due: Schedule) -> tuple[Report, tuple[str, str]]:
        days = period(due.wish.period, self._day(due))
        ask = msgspec.structs.replace(due.wish.ask, from_day=days[0], to_day=days[1], limit=0)
        today = self._day(due).isoformat()
        return make_report(self._engine, ask, self._config.store.timezone, today=today), days

    def _day(self, due: Schedule) -> date:
        return datetime.fromtimestamp(due.due_utc_ms // 1000, UTC).astimezone(self._config.zone).date()


def report_mail(report: Report, days: tuple[str, str], due: Schedule, config: Config) -> EmailMessage:
    """The mail: the sums as text, the report as a file."""
    sender, currency = config.smtp.sender, config.store.currency
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(_one_line(config.name), addr_spec=sender)
    message["To"] = Address(addr_spec=due.wish.address)
    message["Subject"] = _one_line(f"{report.title}, {told(*days)}: {config.name}")
    message["Date"] = format_datetime(datetime.fromtimestamp(due.due_utc_ms // 1000, UTC))
    message["Message-ID"] = f"<report-{due.id}-{due.due_utc_ms}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message.set_content(_text(report, days, due, currency), cte="quoted-printable")
    kind, _, subtype = MEDIA_TYPES[due.wish.form].partition(";")[0].partition("/")
    name = f"{report.name}_{days[0]}_{days[1]}.{due.wish.form}"
    message.add_attachment(written(report, due.wish.form, currency), maintype=kind, subtype=subtype, filename=name)
    message.set_boundary(f"kassa-{due.id}-{due.due_utc_ms}")
    return message


def _text(report: Report, days: tuple[str, str], due: Schedule, currency: str) -> str:
    lines = [f"{report.title}, {told(*days)}"]
    lines += [f"Only {DIMENSIONS[name].title}: {', '.join(values)}" for name, values in due.wish.ask.filters.items()]
    lines.append("")
    if not report.rows:
        lines.append("Nothing in this period.")
    for row in report.totals:
        for value, head in zip(row, report.heads, strict=True):
            if isinstance(value, int) and value:
                lines.append(f"{head.title}: {shown(value, head.unit, currency)}{_unit(head.unit, currency)}")
    lines += ["", "The whole report is attached. To get it no more, take it off at the console, under Reports."]
    return "".join(f"{line}\n" for line in lines)


def _unit(unit: str, currency: str) -> str:
    return f" {currency}" if unit == "money" else ""


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
