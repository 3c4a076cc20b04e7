from collections.abc import Iterator
from typing import Protocol

from wireproof import Container, Provider, Scope, bind, provide


class Database:
    def __init__(self, name: str) -> None:
        self.name = name


class Session:
    def __init__(self, database: Database) -> None:
        self.database = database


class Users(Protocol):
    def name(self, number: int) -> str: ...


class SqlUsers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def name(self, number: int) -> str:
        return f"user {number} of {self.session.database.name}"


class Storage(Provider[Scope.REQUEST]):
    def __init__(self, name: str) -> None:
        self.name = name

    @provide(scope=Scope.APP)
    def database(self) -> Database:
        return Database(self.name)

    @provide()
    def session(self, database: Database) -> Iterator[Session]:
        yield Session(database)

    users = bind(Users).to(SqlUsers)


if __name__ == "__main__":
    container = Container(Storage("people.db"))
    with container.enter_scope() as request:
        print(request.resolve(Users).name(7))
    container.close()
