from collections.abc import Iterator

from wireproof import Container, bind, provide


class Settings:
    def __init__(self, database: str) -> None:
        self.database = database


class Database:
    def __init__(self, name: str) -> None:
        self.name = name
        print(f"open {name}")

    def close(self) -> None:
        print(f"close {self.name}")


def open_database(settings: Settings) -> Iterator[Database]:
    database = Database(settings.database)
    yield database
    database.close()


with Container(bind(Settings).instance(Settings("people.db")), provide(open_database)) as container:
    database = container.resolve(Database)
    assert container.resolve(Database) is database
    print(f"use {database.name}")
