import os
from collections.abc import Iterator
from typing import Protocol

from wireproof import Container, ContainerFrozenError, Scope, bind


class Settings:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn


class Engine:
    def __init__(self, dsn: str) -> None:
        self.dsn = dsn


class Session:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


class Users(Protocol):
    def count(self) -> int: ...


class SqlUsers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def count(self) -> int:
        return 3


def make_engine(settings: Settings) -> Engine:
    return Engine(settings.dsn)


def open_session(engine: Engine) -> Iterator[Session]:
    yield Session(engine)
    print("close session")


container = Container()
container.add_instance(Settings(os.environ.get("SHOP_DSN", "sqlite://")))
container.add_factory(make_engine)
container.add_generator(open_session, scope=Scope.REQUEST)
container.add_concrete(SqlUsers, provides=Users, scope=Scope.REQUEST)

with container.enter_scope() as request:
    print(request.resolve(Users).count())

try:
    container.add(bind(str).instance("too late"))
except ContainerFrozenError as error:
    print(error)
