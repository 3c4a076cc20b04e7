"""What the shop does, one class for each purpose. Nothing here knows of the container, the web or the database."""

import logging
from collections.abc import Mapping, Sequence

from .domain import Audit, HealthCheck, Line, Mailer, Order, OrderRepository, Product, ProductRepository
from .settings import Settings

log = logging.getLogger("shop")


class AddProduct:
    """Puts a product up for sale."""

    def __init__(self, products: ProductRepository, audit: Audit) -> None:
        self._products = products
        self._audit = audit

    def __call__(self, name: str, price: int, stock: int) -> Product:
        """Keep the product and return it with its number."""
        self._audit.note(f"sell {name}")
        return self._products.add(name, price, stock)


class ListProducts:
    """Shows what is for sale."""

    def __init__(self, products: ProductRepository) -> None:
        self._products = products

    def __call__(self) -> Sequence[Product]:
        """Return every product, the oldest first."""
        return self._products.all()


class PlaceOrder:
    """Takes an order, whole or not at all."""

    def __init__(self, products: ProductRepository, orders: OrderRepository, audit: Audit) -> None:
        self._products = products
        self._orders = orders
        self._audit = audit

    def __call__(self, customer: str, lines: Sequence[Line]) -> Order:
        """Take each line from the stock; the one that fails leaves it to the transaction to put the others back."""
        self._audit.note(f"order for {customer}")
        total = 0
        for line in lines:
            total += self._products.take(line.product_id, line.quantity).price * line.quantity
        return self._orders.add(customer, lines, total)


class ListOrders:
    """Shows the orders."""

    def __init__(self, orders: OrderRepository) -> None:
        self._orders = orders

    def __call__(self) -> Sequence[Order]:
        """Return every order, the oldest first."""
        return self._orders.all()


class SendReceipts:
    """Sends the receipts that have not been sent."""

    def __init__(self, orders: OrderRepository, mailer: Mailer, settings: Settings) -> None:
        self._orders = orders
        self._mailer = mailer
        self._sender = settings.sender

    def __call__(self) -> int:
        """Send them and return how many they were."""
        pending = [order for order in self._orders.all() if not order.receipt_sent]
        return sum(self._send(order) for order in pending)

    def _send(self, order: Order) -> bool:
        if not self._orders.claim_receipt(order):
            return False
        self._mailer.send(self._sender, order.customer, f"order {order.id}, {order.total / 100:.2f} in all")
        return True


class CheckHealth:
    """Looks at everything that has to be well."""

    def __init__(self, checks: Sequence[HealthCheck]) -> None:
        self._checks = checks

    def __call__(self) -> Mapping[str, bool]:
        """Return for each check whether it is well."""
        return {check.name: self._is_well(check) for check in self._checks}

    def _is_well(self, check: HealthCheck) -> bool:
        try:
            check()
        except Exception:
            log.exception("%s is not well", check.name)
            return False
        return True
