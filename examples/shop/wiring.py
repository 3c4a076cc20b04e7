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


class FileMail(Provider[Scope.APP]):
    """Mail that is written to a file, which is open as long as the application runs."""

    def __init__(self, outbox: Path) -> None:
        self._outbox = outbox

    @provide()
    def mailer(self) -> Iterator[Mailer]:
        """Open the file, and close it at the end."""
        with self._outbox.open("a", encoding="utf-8") as file:
            log.info("outbox opened")
            try:
                yield FileMailer(file)
            finally:
                log.info("outbox closed")


class LogMail(Provider[Scope.APP]):
    """Mail that is only logged."""

    mailer = bind(Mailer).to(LogMailer)


class Services(Provider[Scope.REQUEST]):
    """What the shop does."""

    add_product = provide(AddProduct)
    list_products = provide(ListProducts)
    place_order = provide(PlaceOrder)
    list_orders = provide(ListOrders)
    send_receipts = provide(SendReceipts)


def choose_mail(settings: Settings) -> FileMail | LogMail:
    """Return the provider for the mail that the settings ask for."""
    return LogMail() if settings.outbox is None else FileMail(settings.outbox)


def build(settings: Settings, mail: FileMail | LogMail) -> ShopContainer:
    """Put the shop together; what does not fit is found here, by mypy and again by the container."""
    return Container(
        bind(Settings).instance(settings),
        Database(),
        Repositories(),
        mail,
        Services(),
        Web(),
        Jobs(),
    )
