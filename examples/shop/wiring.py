"""The wiring: every registration of the shop, and the one place where they are put together."""

import logging
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from wireproof import Container, Provider, Scope, bind, provide

from .audit import LogAudit
from .database import SqlOrders, SqlProducts, open_engine, open_session
from .domain import Audit, HealthCheck, Mailer, OrderRepository, Origin, ProductRepository
from .health import DatabaseCheck, OutboxCheck
from .jobs import Jobs
from .mail import FileMailer, LogMailer
from .scopes import HttpRequest, Work
from .services import AddProduct, CheckHealth, ListOrders, ListProducts, PlaceOrder, SendReceipts
from .settings import Settings
from .web import ShopContainer, Web

log = logging.getLogger("shop")


class Database(Provider[Scope.APP]):
    """One engine for the application, one session for each unit of work."""

    engine = bind(Engine).to(open_engine)
    session = bind(Session).to(open_session, scope=Work)


class Repositories(Provider[Work]):
    """What is kept in the database."""

    products = bind(ProductRepository).to(SqlProducts)
    orders = bind(OrderRepository).to(SqlOrders)


class Mail(Provider[Scope.APP]):
    """Mail that is written to a file, which is open as long as the application runs; without a file it is logged."""

    def __init__(self, outbox: Path | None) -> None:
        self._outbox = outbox

    @provide()
    def mailer(self) -> Iterator[Mailer]:
        """Choose one of the two mailers, and close what it needs at the end."""
        if self._outbox is None:
            yield LogMailer()
            return
        with self._outbox.open("a", encoding="utf-8") as file:
            log.info("outbox opened")
            try:
                yield FileMailer(file)
            finally:
                log.info("outbox closed")


class Checks(Provider[Scope.APP]):
    """What has to be well; whoever asks for ``Sequence[HealthCheck]`` gets all of them, in this order."""

    database = bind(HealthCheck).contribute(DatabaseCheck)
    outbox = bind(HealthCheck).contribute(OutboxCheck)


class Http(Provider[HttpRequest]):
    """What comes with a request; the scope is given it when it is entered."""

    origin = bind(Origin).from_context()
    audit = bind(Audit).to(LogAudit)


class Services(Provider[HttpRequest]):
    """What the shop does; what a job does as well has no request to look at."""

    add_product = provide(AddProduct)
    list_products = provide(ListProducts)
    place_order = provide(PlaceOrder)
    list_orders = provide(ListOrders)
    check_health = provide(CheckHealth)
    send_receipts = provide(SendReceipts, scope=Work)


def build(settings: Settings) -> ShopContainer:
    """Put the shop together; what does not fit is found here, by mypy and again by the container."""
    return Container(
        bind(Settings).instance(settings),
        Database(),
        Repositories(),
        Mail(settings.outbox),
        Checks(),
        Http(),
        Services(),
        Web(),
        Jobs(),
    )
