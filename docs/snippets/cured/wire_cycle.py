from wireproof import Container, provide


class OrderNumbers:
    """The part of the orders that invoices need."""


class Invoices:
    def __init__(self, numbers: OrderNumbers) -> None:
        self.numbers = numbers


class Orders:
    def __init__(self, numbers: OrderNumbers, invoices: Invoices) -> None:
        self.numbers = numbers
        self.invoices = invoices


container = Container(provide(OrderNumbers), provide(Orders), provide(Invoices))
