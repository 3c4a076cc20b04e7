from collections.abc import Iterator
from typing import NewType, Protocol

from wireproof import INJECTED, Container, Injected, Scope, autowire, bind


class Cache:
    def __init__(self, name: str) -> None:
        self.name = name


Primary = NewType("Primary", Cache)  # Annotated[Cache, Component("primary")]


class Session:
    pass


class Users(Protocol):
    def cache(self) -> str: ...


class SqlUsers:
    def __init__(self, session: Session, cache: Primary) -> None:
        self._session = session
        self._cache = cache

    def cache(self) -> str:
        return f"{self._cache.name} in {type(self._session).__name__}"


class Report:
    """Registered by nobody."""

    def __init__(self, users: Users) -> None:
        self.users = users


class TracedUsers:
    def __init__(self, inner: Users) -> None:
        self.inner = inner

    def cache(self) -> str:
        return f"traced {self.inner.cache()}"


def open_session() -> Iterator[Session]:
    yield Session()
    print("close session")


container = Container(autowire())  # the default there
container.add_instance(Primary(Cache("redis")), provides=Primary)  # add_instance(..., component="primary")
container.add_generator(open_session, scope=Scope.REQUEST)
container.add_concrete(SqlUsers, provides=Users, scope=Scope.REQUEST)  # add(SqlUsers, provides=Users, ...)
container.add(bind(Users).decorate(TracedUsers))  # decorate(provides=Users, decorator=TracedUsers)


@container.inject(scope=Scope.REQUEST)  # resolver_context.inject(scope=Scope.REQUEST)
def handle(number: int, report: Injected[Report] = INJECTED) -> str:
    return f"{number}: {report.users.cache()}"


print(handle(7))
