"""Log: events with keys, one JSON object a line on standard error, where journald keeps them.

Codes, amounts and card data do not belong here: the journal has what matters, the log tells how the machine feels.
"""

import logging
import sys

import structlog

from kiosk.app.log_keeping import LogKeeper


def set_up_log(*, verbose: bool = False) -> LogKeeper:
    """Once, at start. What it returns can keep the log's end in a file too."""
    keeper = LogKeeper(sys.stderr)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=keeper),  # type: ignore[arg-type]  # it writes and flushes: all that is asked
        cache_logger_on_first_use=True,
    )
    return keeper
