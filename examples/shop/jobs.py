"""Background jobs: each run is a unit of work of its own, and there is no request in it."""

import logging

from wireproof import Container, Has, Provider, require

from .scopes import Work
from .services import SendReceipts

log = logging.getLogger("shop")


class Jobs(Provider[Work]):
    """What the jobs will ask the container for."""

    send_receipts = require(SendReceipts)


def send_receipts(container: Container[Has[Jobs]]) -> None:
    """Send the receipts that have not been sent; what fails is tried again by the next run."""
    try:
        with container.enter_scope(Work) as scope:
            sent = scope.resolve(SendReceipts)()
    except Exception:
        log.exception("receipts could not be sent")
    else:
        log.info("receipts sent: %d", sent)
