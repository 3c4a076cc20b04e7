from typing import Any, Generic, Protocol, TypeVar

from wireproof import Container, bind, provide

T = TypeVar("T")


class User:
    pass


class Order:
    pass


class Repo(Protocol[T]):
    def add(self, item: T) -> T: ...


class SqlRepo(Generic[T]):
    def __init__(self, entity: type[T]) -> None:
        self.entity = entity

    def add(self, item: T) -> T:
        print(f"insert into {self.entity.__name__.lower()}")
        return item


class OrderArchive:
    """Orders are kept elsewhere."""

    def add(self, item: Order) -> Order:
        print("insert into archive.orders")
        return item


class Signup:
    def __init__(self, users: Repo[User], orders: Repo[Order]) -> None:
        self.users = users
        self.orders = orders

    def run(self) -> None:
        self.users.add(User())
        self.orders.add(Order())


container = Container(
    bind(Repo[Any]).to(SqlRepo),
    bind(Repo[Order]).to(OrderArchive),
    provide(Signup),
)
container.resolve(Signup).run()
assert container.resolve(Repo[User]) is container.resolve(Repo[User])
