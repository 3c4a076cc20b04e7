"""Where it is written down who tried to change what."""

import logging

from .domain import Origin

log = logging.getLogger("shop")


class LogAudit:
    """Writes to the log what was tried, and by which request."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    def note(self, attempt: str) -> None:
        """Log the attempt."""
        log.info("%s %s: %s", self._origin.method, self._origin.path, attempt)
