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


container = Container(provide(Database), provide(Users))
