"""Log: events with keys, one JSON object a line on standard error, where journald keeps them.

What is sold and to whom is in the books; the log tells how the machine feels.
"""

import logging
import sys

import structlog


def set_up_log() -> None:
    """Once, at start."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
