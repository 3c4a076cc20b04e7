from typing import Protocol

from wireproof import Container, bind, provide


class Users(Protocol):
    def name(self, number: int) -> str: ...


class SqlUsers:
    def name(self, number: int) -> str:
        return f"user {number}"


class Metrics:
    def __init__(self) -> None:
        self.calls = 0


class CountedUsers:
    def __init__(self, inner: Users, metrics: Metrics) -> None:
        self.inner = inner
        self.metrics = metrics

    def name(self, number: int) -> str:
        self.metrics.calls += 1
        return self.inner.name(number)


class ShoutedUsers:
    def __init__(self, inner: Users) -> None:
        self.inner = inner

    def name(self, number: int) -> str:
        return self.inner.name(number).upper()


container = Container(
    bind(Users).to(SqlUsers),
    provide(Metrics),
    bind(Users).decorate(CountedUsers),
    bind(Users).decorate(ShoutedUsers),
)
users = container.resolve(Users)
print(users.name(7), container.resolve(Metrics).calls)
assert isinstance(users, ShoutedUsers)
assert isinstance(users.inner, CountedUsers)
