from collections.abc import Callable

from wireproof import Container, Lifetime, Provider, Scope, bind, provide


class Clock:
    pass


class Tracer:
    pass


class Row:
    """A new one each time."""


class Orders:
    def __init__(self, customers: "Customers") -> None:
        self.customers = customers


class Customers:
    # Orders needs customers, and customers need orders, but not before somebody asks.
    def __init__(self, orders: Callable[[], Orders]) -> None:
        self.orders = orders


class Import:
    def __init__(
        self,
        new_row: Callable[[], Row],
        tracer: Tracer | None,
        container: Container,
        clock: Clock | None = None,
    ) -> None:
        self.new_row = new_row
        self.tracer = tracer
        self.container = container
        self.clock = clock


class Shop(Provider[Scope.REQUEST]):
    orders = provide(Orders)
    customers = provide(Customers)
    row = provide(Row, lifetime=Lifetime.TRANSIENT)
    importing = provide(Import)


with Container(Shop(), bind(Clock).instance(Clock())).enter_scope() as request:
    customers = request.resolve(Customers)
    assert customers.orders().customers is customers
    assert customers.orders() is request.resolve(Orders)

    found = request.resolve(Import)
    assert found.new_row() is not found.new_row()
    assert found.tracer is None
    assert found.clock is request.resolve(Clock)
    assert found.container is request
