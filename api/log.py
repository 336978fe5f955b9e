"""What a server writes down: one line a request, and what goes wrong, to stderr, as text or as JSON.

Of a request: when, which, from whom, how it ended; never its query or body, which may hold what is nobody
else's business.
"""

import logging
from typing import Any, Literal

from pythonjsonlogger.core import RESERVED_ATTRS

_access = logging.getLogger("phahe.access")
_LINE = "%(client)s %(method)s %(path)s %(status)d %(bytes)d bytes %(seconds).4f s %(request_id)s"


def log_access(**fields: Any) -> None:
    """Write the line of one request; the fields are the keys of the JSON line."""
    if _access.isEnabledFor(logging.INFO):
        _access.info(_LINE, fields, extra=fields)


def log_config(form: Literal["text", "json"], chatty: bool) -> dict[str, Any]:
    """The logging of a server process, for `logging.config.dictConfig`.

    Args:
        form: how lines are written.
        chatty: whether the web server's own comings and goings (workers that start and end) are told too.
    """
    if form == "json":
        json_formatter = {
            "()": "pythonjsonlogger.orjson.OrjsonFormatter",
            "timestamp": "time",
            "reserved_attrs": [*RESERVED_ATTRS, "color_message"],
        }
        formatters: dict[str, Any] = {
            "message": json_formatter | {"fmt": ["levelname", "name", "message"]},
            "access": json_formatter | {"fmt": []},
        }
    else:
        formatters = {
            "message": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
            "access": {"format": "%(asctime)s %(message)s"},
        }
    handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stderr"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": {name: handler | {"formatter": name} for name in formatters},
        "loggers": {
            "phahe": {"handlers": ["message"], "level": "INFO", "propagate": False},
            "phahe.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
            "uvicorn": {
                "handlers": ["message"],
                "level": "INFO" if chatty else "WARNING",
                "propagate": False,
            },
        },
    }
