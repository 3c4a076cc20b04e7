"""`bind(Key)` refuses what does not fit the key, in every checker."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from typing import Any, Generic, NewType, ParamSpec, Protocol, TypeVar, assert_type

from wireproof import BaseScope, Container, Scope, bind
from wireproof.binder import Binder
from wireproof.scopes import Inherit
from wireproof.sources import Alias, AsyncFactory, Factory, Instance

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=BaseScope)


class Config: ...


class User: ...


class Users(Protocol):
    def get(self, number: int, /) -> User: ...


class SqlUsers:
    def __init__(self, config: Config) -> None: ...

    def get(self, number: int, /) -> User:
        raise NotImplementedError

    def close(self) -> None: ...


class Wrong:
    def __init__(self, config: Config) -> None: ...

    def get(self, number: str, /) -> User:
        raise NotImplementedError


class Mailer(ABC):
    @abstractmethod
    def send(self, text: str) -> None: ...


class Smtp(Mailer):
    def send(self, text: str) -> None: ...


class Repo(Protocol[T]):
    def all(self) -> list[T]: ...


class SqlRepo(Generic[T]):
    def __init__(self, of: type[T]) -> None: ...

    def all(self) -> list[T]:
        return []


Url = NewType("Url", str)


# How mypy's plugin remembers a target is left out of comparisons: other checkers do not know it.
def seen(source: Factory[P, T, S, Any]) -> Factory[P, T, S]:
    return source


def awaited(source: AsyncFactory[P, T, S, Any]) -> AsyncFactory[P, T, S]:
    return source


def users(config: Config, /) -> SqlUsers:
    return SqlUsers(config)


def yields_users(config: Config, /) -> Iterator[SqlUsers]:
    yield SqlUsers(config)


async def awaited_users(config: Config, /) -> SqlUsers:
    return SqlUsers(config)


async def yields_awaited_users(config: Config, /) -> AsyncIterator[SqlUsers]:
    yield SqlUsers(config)


def wrong(config: Config, /) -> Wrong:
    return Wrong(config)


def yields_wrong(config: Config, /) -> Iterator[Wrong]:
    yield Wrong(config)


async def awaited_wrong(config: Config, /) -> Wrong:
    return Wrong(config)


def provided(source: Factory[P, T, S, Any]) -> tuple[T, type[S]]:
    raise NotImplementedError


def to_what_fits() -> None:
    assert_type(bind(Users), Binder[Users])
    assert_type(provided(bind(Users).to(SqlUsers)), tuple[Users, type[Inherit]])
    assert_type(provided(bind(Users).to(SqlUsers, scope=Scope.REQUEST)), tuple[Users, type[Scope.REQUEST]])
    assert_type(provided(bind(Mailer).to(Smtp)), tuple[Mailer, type[Inherit]])
    assert_type(provided(bind(Repo[User]).to(SqlRepo[User])), tuple[Repo[User], type[Inherit]])
    assert_type(provided(bind(Users | Config).to(SqlUsers)), tuple[Users | Config, type[Inherit]])
    assert_type(seen(bind(Users).to(users)), Factory[[Config], Users, Inherit])
    assert_type(seen(bind(Users).to(users, scope=Scope.APP)), Factory[[Config], Users, Scope.APP])
    assert_type(seen(bind(Users).to(yields_users)), Factory[[Config], Users, Inherit])
    assert_type(awaited(bind(Users).to(awaited_users)), AsyncFactory[[Config], Users, Inherit])
    assert_type(awaited(bind(Users).to(yields_awaited_users)), AsyncFactory[[Config], Users, Inherit])
    bind(Users).to(lambda: SqlUsers(Config()))
    bind(SqlUsers).to(SqlUsers, on_close=SqlUsers.close)


def to_what_does_not_fit() -> None:
    bind(Users).to(Wrong)  # refused
    bind(Users).to(Wrong, scope=Scope.REQUEST)  # refused
    bind(Users).to(Config)  # refused
    bind(Users).to(wrong)  # refused
    # mypy: the plugin lets it pass here, to say wire-yield where the container is made
    bind(Users).to(yields_wrong)  # refused
    Container(bind(Users).to(yields_wrong))  # refused
    bind(Users).to(awaited_wrong)  # refused
    bind(Users).to(lambda: Wrong(Config()))  # refused
    bind(Users).to(SqlUsers(Config()))  # refused
    bind(Users).to(3)  # refused
    bind(Mailer).to(SqlUsers)  # refused
    bind(SqlUsers).to(users, scope=Config)  # refused  # ty: takes any keyword where some come from a TypedDict
    bind(Repo[User]).to(SqlRepo[Config])  # refused
    bind(Url).to(str)  # refused  # ty: takes a class for a NewType of it


def instances(config: Config) -> None:
    assert_type(bind(Users).instance(SqlUsers(config)), Instance[Users])
    assert_type(bind(Config).instance(config), Instance[Config])
    assert_type(bind(Url).instance(Url("https://")), Instance[Url])
    assert_type(bind(Config | None).instance(None), Instance[Config | None])
    bind(SqlUsers).instance(SqlUsers(config), on_close=SqlUsers.close)
    bind(Users).instance(3)  # refused
    bind(Users).instance(Wrong(config))  # refused
    bind(Users).instance(SqlUsers)  # refused
    bind(Config).instance(None)  # refused
    bind(Url).instance("https://")  # refused
    bind(Config).instance(config, on_close=SqlUsers.close)  # refused


def aliases() -> None:
    alias: Alias[Users, Any] = bind(Users).alias(SqlUsers)
    bind(Users).alias(Users)
    bind(Mailer).alias(Smtp)
    bind(str).alias(Url)
    bind(Users).alias(Config)  # refused
    bind(Users).alias(Wrong)  # refused
    bind(Url).alias(str)  # refused
    bind(Users).alias(3)  # refused
    del alias


def what_is_no_key() -> None:
    bind(3)  # refused
    bind("users")  # refused
    bind(Config())  # refused
