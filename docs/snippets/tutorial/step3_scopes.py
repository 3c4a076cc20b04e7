from collections.abc import Iterator

from wireproof import Container, Scope, provide


class Database:
    def __init__(self) -> None:
        print("open database")


class Session:
    def __init__(self, database: Database) -> None:
        self.database = database


def open_session(database: Database) -> Iterator[Session]:
    print("  begin")
    try:
        yield Session(database)
    except ValueError:
        print("  roll back")
        raise
    print("  commit")


container = Container(
    provide(Database),
    provide(open_session, scope=Scope.REQUEST),
)

with container.enter_scope() as request:
    request.resolve(Session)

try:
    with container.enter_scope() as request:
        request.resolve(Session)
        raise ValueError
except ValueError:
    print("the request failed")

container.close()
