"""What `resolve` and `aresolve` return for each form of key."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, NewType, Protocol, TypeAlias, TypeVar, assert_type

from typing_extensions import TypeAliasType

from wireproof import Container

T = TypeVar("T")


class Config: ...


class User: ...


class Users(Protocol):
    def get(self, number: int) -> User: ...


class Mailer(ABC):
    @abstractmethod
    def send(self, text: str) -> None: ...


class Repo(Protocol[T]):
    def all(self) -> list[T]: ...


class Cache(Generic[T]): ...


class Scheduler:
    class Clock: ...


ReadUrl = NewType("ReadUrl", str)
ReadConfig = NewType("ReadConfig", Config)
UserRepo: TypeAlias = Repo[User]
Either: TypeAlias = Config | Scheduler
Lazy = TypeAliasType("Lazy", Callable[[], User])
CacheOf = TypeAliasType("CacheOf", Cache[T], type_params=(T,))


def classes(container: Container) -> None:
    assert_type(container.resolve(Config), Config)
    assert_type(container.resolve(Scheduler.Clock), Scheduler.Clock)
    assert_type(container.resolve(str), str)
    assert_type(container.resolve(Config), Users)  # refused
    wrong: Users = container.resolve(Config)  # refused
    del wrong


def protocols_and_abstract_classes(container: Container) -> None:
    assert_type(container.resolve(Users), Users)
    assert_type(container.resolve(Users).get(1), User)
    assert_type(container.resolve(Mailer), Mailer)


def new_types(container: Container) -> None:
    assert_type(container.resolve(ReadUrl), ReadUrl)
    assert_type(container.resolve(ReadConfig), ReadConfig)
    assert_type(container.resolve(ReadConfig), Config)  # refused


def generic_aliases(container: Container) -> None:
    assert_type(container.resolve(Repo[User]), Repo[User])
    assert_type(container.resolve(Repo[User]).all(), list[User])
    assert_type(container.resolve(Cache[dict[str, User]]), Cache[dict[str, User]])
    assert_type(container.resolve(list[int]), list[int])
    assert_type(container.resolve(Sequence[User]), Sequence[User])
    assert_type(container.resolve(type[User]), type[User])
    assert_type(container.resolve(Callable[[], User]), Callable[[], User])
    assert_type(container.resolve(Callable[[], Awaitable[User]]), Callable[[], Awaitable[User]])
    assert_type(container.resolve(Repo[User]), Repo[Config])  # refused


def unions(container: Container) -> None:
    assert_type(container.resolve(Config | Scheduler), Config | Scheduler)
    assert_type(container.resolve(Config | None), Config | None)
    assert_type(container.resolve(Repo[User] | None), Repo[User] | None)
    assert_type(container.resolve(Config | None), Config)  # refused
    surely: Config = container.resolve(Config | None)  # refused
    del surely


def type_aliases(container: Container) -> None:
    assert_type(container.resolve(UserRepo), Repo[User])
    assert_type(container.resolve(Either), Config | Scheduler)
    assert_type(container.resolve(Lazy), Callable[[], User])
    assert_type(container.resolve(Lazy)(), User)
    assert_type(container.resolve(CacheOf[User]), Cache[User])


def an_expected_type_does_not_widen_the_key(container: Container) -> None:
    wider: Config | None = container.resolve(Config)
    items: list[Users] = [container.resolve(Users)]
    del wider, items


async def with_await(container: Container) -> None:
    assert_type(await container.aresolve(Config), Config)
    assert_type(await container.aresolve(Users), Users)
    assert_type(await container.aresolve(Mailer), Mailer)
    assert_type(await container.aresolve(ReadUrl), ReadUrl)
    assert_type(await container.aresolve(Repo[User]), Repo[User])
    assert_type(await container.aresolve(Config | Scheduler), Config | Scheduler)
    assert_type(await container.aresolve(Config | None), Config | None)
    assert_type(await container.aresolve(UserRepo), Repo[User])
    assert_type(await container.aresolve(Lazy), Callable[[], User])
    without_await: Config = container.aresolve(Config)  # refused
    del without_await


def what_is_no_type(container: Container, config: Config) -> None:
    container.resolve(3)  # refused
    container.resolve(config)  # refused
    container.resolve("config")  # refused
    container.resolve()  # refused
    container.resolve(Config, Users)  # refused
    container.resolve(key=Config)  # refused
