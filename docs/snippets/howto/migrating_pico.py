from collections.abc import Sequence
from typing import Protocol

from wireproof import Container, Provider, Scope, bind, provide


class Settings:
    """Read from files and variables by whatever you like; the container takes it as it is."""

    def __init__(self, host: str) -> None:
        self.host = host


class Database:
    """@component with a @configure and a @cleanup method."""

    def __init__(self, settings: Settings) -> None:
        self.host = settings.host

    def connect(self) -> None:
        print(f"connect to {self.host}")

    def close(self) -> None:
        print("close database")


class Sender(Protocol):
    def send(self) -> str: ...


class Mail:
    def send(self) -> str:
        return "mail"


class Post:
    def send(self) -> str:
        return "post"


class Basket:
    """@component(scope="request")."""


class Notifier:
    def __init__(self, senders: Sequence[Sender]) -> None:  # Annotated[list[Sender], Qualifier("...")]
        self.senders = senders


class Shop(Provider):  # @factory, and everything that init(modules) finds by itself
    mail = bind(Sender).contribute(Mail)
    post = bind(Sender).contribute(Post)
    notifier = provide(Notifier)
    basket = provide(Basket, scope=Scope.REQUEST)

    def __init__(self, settings: Settings) -> None:
        self.settings = bind(Settings).instance(settings)

    @provide(on_close=Database.close)
    def database(self, settings: Settings) -> Database:
        database = Database(settings)
        database.connect()
        return database


container = Container(Shop(Settings("localhost")))
container.resolve(Database)
print([sender.send() for sender in container.resolve(Notifier).senders])
with container.enter_scope(Scope.REQUEST) as request:  # container.scope("request", request_id)
    assert request.resolve(Basket) is request.resolve(Basket)
container.close()  # container.shutdown()
