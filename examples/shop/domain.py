"""What the shop is about: its objects, what can go wrong, and what it needs from outside, as Protocols."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Product:
    """Something that is sold."""

    id: int
    name: str
    price: int
    """In cents."""
    stock: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order."""

    product_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer has bought."""

    id: int
    customer: str
    lines: tuple[Line, ...]
    total: int
    """In cents."""
    receipt_sent: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """The request that something was asked for with."""

    method: str
    path: str


class ShopError(Exception):
    """The base of what a customer can do wrong."""


class UnknownProductError(ShopError):
    """There is no product with this number."""

    def __init__(self, product_id: int) -> None:
        """Name the product."""
        super().__init__(f"there is no product {product_id}")


class OutOfStockError(ShopError):
    """More was ordered than there is."""

    def __init__(self, product: Product, quantity: int) -> None:
        """Name the product and how many of it there are."""
        super().__init__(f"{quantity} x {product.name} were ordered, but there are only {product.stock}")


class ProductRepository(Protocol):
    """Where products are kept."""

    def add(self, name: str, price: int, stock: int) -> Product:
        """Keep a new product."""
        ...

    def all(self) -> Sequence[Product]:
        """Return every product, the oldest first."""
        ...

    def take(self, product_id: int, quantity: int) -> Product:
        """Take from the stock, or raise `UnknownProductError` or `OutOfStockError`."""
        ...


class OrderRepository(Protocol):
    """Where orders are kept."""

    def add(self, customer: str, lines: Sequence[Line], total: int) -> Order:
        """Keep a new order."""
        ...

    def all(self) -> Sequence[Order]:
        """Return every order, the oldest first."""
        ...

    def claim_receipt(self, order: Order) -> bool:
        """Note that the receipt is sent; False if somebody else did so first."""
        ...


class Mailer(Protocol):
    """What sends mail."""

    def send(self, sender: str, recipient: str, text: str) -> None:
        """Send a mail."""
        ...


class Audit(Protocol):
    """Where it is written down who tried to change what."""

    def note(self, attempt: str) -> None:
        """Write down an attempt, before it is known how it ends."""
        ...


class HealthCheck(Protocol):
    """One of the things that have to be well."""

    name: str

    def __call__(self) -> None:
        """Return if it is well, and raise what is wrong if not."""
        ...
