from wireproof import Container, provide


class Settings:
    def __init__(self, database: str) -> None:
        self.database = database


class Database:
    def __init__(self, settings: Settings) -> None:
        self.name = settings.database


class Users:
    def __init__(self, database: Database) -> None:
        self.database = database

    def name(self, number: int) -> str:
        return f"user {number} of {self.database.name}"


container = Container(
    provide(Database),
    provide(Users),
)
users = container.resolve(Users)
print(users.name(7))
