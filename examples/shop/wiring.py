"""The wiring: every registration of the shop, and the one place where they are put together."""

import logging
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from wireproof import Container, Provider, Scope, bind, provide

from .database import SqlOrders, SqlProducts, open_engine, open_session
from .domain import Mailer, OrderRepository, ProductRepository
from .jobs import Jobs
from .mail import FileMailer, LogMailer
from .services import AddProduct, ListOrders, ListProducts, PlaceOrder, SendReceipts
from .settings import Settings
from .web import ShopContainer, Web

log = logging.getLogger("shop")


class Database(Provider[Scope.APP]):
    """One engine for the application, one session for each request."""

    engine = bind(Engine).to(open_engine)
    session = bind(Session).to(open_session, scope=Scope.REQUEST)


class Repositories(Provider[Scope.REQUEST]):
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


class Services(Provider[Scope.REQUEST]):
    """What the shop does."""

    add_product = provide(AddProduct)
    list_products = provide(ListProducts)
    place_order = provide(PlaceOrder)
    list_orders = provide(ListOrders)
    send_receipts = provide(SendReceipts)


def build(settings: Settings) -> ShopContainer:
    """Put the shop together; what does not fit is found here, by mypy and again by the container."""
    return Container(
        bind(Settings).instance(settings),
        Database(),
        Repositories(),
        Mail(settings.outbox),
        Services(),
        Web(),
        Jobs(),
    )
