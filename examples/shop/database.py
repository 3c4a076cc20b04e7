"""The database: tables, repositories, and the engine and session as generator factories."""

import logging
from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, ForeignKey, create_engine, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from .domain import Line, Order, OutOfStockError, Product, UnknownProductError
from .settings import Settings

log = logging.getLogger("shop")


class Table(DeclarativeBase):
    """The base of the tables."""


class ProductRow(Table):
    """A product as it is stored."""

    __tablename__ = "products"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    price: Mapped[int]
    stock: Mapped[int]

    def to_product(self) -> Product:
        """Return the product without its ties to the database."""
        return Product(self.id, self.name, self.price, self.stock)


class LineRow(Table):
    """A line of an order as it is stored."""

    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]


class OrderRow(Table):
    """An order as it is stored."""

    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    total: Mapped[int]
    receipt_sent: Mapped[bool] = mapped_column(default=False)
    lines: Mapped[list[LineRow]] = relationship(order_by=LineRow.id, lazy="selectin")

    def to_order(self) -> Order:
        """Return the order without its ties to the database."""
        lines = tuple(Line(line.product_id, line.quantity) for line in self.lines)
        return Order(self.id, self.customer, lines, self.total, self.receipt_sent)


class SqlProducts:
    """Products in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, name: str, price: int, stock: int) -> Product:
        """Insert a product."""
        row = ProductRow(name=name, price=price, stock=stock)
        self._session.add(row)
        self._session.flush()
        return row.to_product()

    def all(self) -> Sequence[Product]:
        """Select every product, the oldest first."""
        return [row.to_product() for row in self._session.scalars(select(ProductRow).order_by(ProductRow.id))]

    def take(self, product_id: int, quantity: int) -> Product:
        """Lower the stock in one statement, so that two customers never get the same piece."""
        enough = (ProductRow.id == product_id) & (ProductRow.stock >= quantity)
        lower = update(ProductRow).where(enough).values(stock=ProductRow.stock - quantity).returning(ProductRow)
        taken = self._session.scalars(lower).one_or_none()
        if taken is not None:
            return taken.to_product()
        row = self._session.get(ProductRow, product_id)
        if row is None:
            raise UnknownProductError(product_id)
        raise OutOfStockError(row.to_product(), quantity)


class SqlOrders:
    """Orders in the database."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, customer: str, lines: Sequence[Line], total: int) -> Order:
        """Insert an order and its lines."""
        rows = [LineRow(product_id=line.product_id, quantity=line.quantity) for line in lines]
        row = OrderRow(customer=customer, total=total, lines=rows)
        self._session.add(row)
        self._session.flush()
        return row.to_order()

    def all(self) -> Sequence[Order]:
        """Select every order, the oldest first."""
        return [row.to_order() for row in self._session.scalars(select(OrderRow).order_by(OrderRow.id))]

    def claim_receipt(self, order: Order) -> bool:
        """Set the mark in one statement, so that two jobs never send the same receipt."""
        unsent = (OrderRow.id == order.id) & OrderRow.receipt_sent.is_(False)
        claim = update(OrderRow).where(unsent).values(receipt_sent=True).returning(OrderRow.id)
        return self._session.scalars(claim).one_or_none() is not None


def open_engine(settings: Settings) -> Iterator[Engine]:
    """Open the database, creating what is not there; its connections are closed at the end."""
    engine = create_engine(f"sqlite:///{settings.database}")
    try:
        Table.metadata.create_all(engine)
        log.info("engine opened")
        yield engine
    finally:
        engine.dispose()
        log.info("engine closed")


def open_session(engine: Engine) -> Iterator[Session]:
    """Open a session and its transaction: committed at the end, rolled back if an exception arrives here."""
    with Session(engine) as session:
        log.info("session opened")
        try:
            with session.begin():
                yield session
        except BaseException:
            log.info("session rolled back")
            raise
        log.info("session committed")
