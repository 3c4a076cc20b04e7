"""Two ways of sending mail."""

import logging
from threading import Lock
from typing import TextIO

log = logging.getLogger("shop")


class FileMailer:
    """Writes each mail as a line to an open file."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._lock = Lock()

    def send(self, sender: str, recipient: str, text: str) -> None:
        """Append the mail; jobs in several threads may do so at once."""
        with self._lock:
            self._file.write(f"{sender} -> {recipient}: {text}\n")
            self._file.flush()


class LogMailer:
    """Writes each mail to the log, for development."""

    def send(self, sender: str, recipient: str, text: str) -> None:
        """Log the mail."""
        log.info("mail %s -> %s: %s", sender, recipient, text)
