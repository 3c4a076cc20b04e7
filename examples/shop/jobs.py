"""Background jobs: each run has a scope of its own, and with it a transaction of its own."""

import logging

from wireproof import Container, Has, Provider, Scope, require

from .services import SendReceipts

log = logging.getLogger("shop")


class Jobs(Provider[Scope.REQUEST]):
    """What the jobs will ask the container for."""

    send_receipts = require(SendReceipts)


def send_receipts(container: Container[Has[Jobs]]) -> None:
    """Send the receipts that have not been sent; what fails is tried again by the next run."""
    try:
        with container.enter_scope(Scope.REQUEST) as scope:
            sent = scope.resolve(SendReceipts)()
    except Exception:
        log.exception("receipts could not be sent")
    else:
        log.info("receipts sent: %d", sent)
