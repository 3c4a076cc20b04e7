from wireproof import Container, provide


class Orders:
    def __init__(self, invoices: "Invoices") -> None:
        self.invoices = invoices


class Invoices:
    def __init__(self, orders: Orders) -> None:
        self.orders = orders


container = Container(provide(Orders), provide(Invoices))
