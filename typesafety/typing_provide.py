"""The types of `provide(...)` and `@provide()`: what is taken, what is given, and for how long."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator
from typing import Any, ParamSpec, TypeVar, assert_type

from typing_extensions import override

from wireproof import BaseScope, Lifetime, Provider, Scope, provide
from wireproof.scopes import Inherit
from wireproof.sources import AsyncFactory, AsyncMethodFactory, Factory, MethodFactory

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
S = TypeVar("S", bound=BaseScope)


class Config: ...


class Engine:
    def __init__(self, config: Config) -> None: ...

    def dispose(self) -> None: ...


class Pages:
    """A class that is an iterator."""

    def __iter__(self) -> Iterator[int]:
        return self

    def __next__(self) -> int:
        return 0


class Session:
    def __init__(self, engine: Engine) -> None:
        self.engine = engine


# How mypy's plugin remembers a target is left out of comparisons: other checkers do not know it.
def seen(source: Factory[P, T, S, Any]) -> Factory[P, T, S]:
    return source


def awaited(source: AsyncFactory[P, T, S, Any]) -> AsyncFactory[P, T, S]:
    return source


def method(source: MethodFactory[P, R, T, S, Any]) -> MethodFactory[P, R, T, S]:
    return source


def awaited_method(source: AsyncMethodFactory[P, R, T, S, Any]) -> AsyncMethodFactory[P, R, T, S]:
    return source


def built(source: Factory[P, T, S, Any]) -> Callable[P, tuple[T, type[S]]]:
    raise NotImplementedError


def function(config: Config, /) -> Engine:
    return Engine(config)


def without_parameters() -> Engine:
    return Engine(Config())


def iterator(config: Config, /) -> Iterator[Engine]:
    yield Engine(config)


def generator(config: Config, /) -> Generator[Engine, None, None]:
    yield Engine(config)


async def coroutine(config: Config, /) -> Engine:
    return Engine(config)


async def async_iterator(config: Config, /) -> AsyncIterator[Engine]:
    yield Engine(config)


async def async_generator(config: Config, /) -> AsyncGenerator[Engine, None]:
    yield Engine(config)


def named(config: Config, *, retries: int = 3) -> Engine:
    return Engine(config) if retries else Engine(Config())


def functions() -> None:
    assert_type(seen(provide(function)), Factory[[Config], Engine, Inherit])
    assert_type(seen(provide(without_parameters)), Factory[[], Engine, Inherit])
    assert_type(seen(provide(function, scope=Scope.REQUEST)), Factory[[Config], Engine, Scope.REQUEST])
    assert_type(seen(provide(function, lifetime=Lifetime.TRANSIENT)), Factory[[Config], Engine, Inherit])
    assert_type(seen(provide(function)), Factory[[], Engine, Inherit])  # refused
    assert_type(seen(provide(function)), Factory[[Config], Config, Inherit])  # refused
    assert_type(seen(provide(function)), Factory[[Config], Engine, Scope.APP])  # refused


def generators() -> None:
    assert_type(seen(provide(iterator)), Factory[[Config], Engine, Inherit])
    assert_type(seen(provide(generator)), Factory[[Config], Engine, Inherit])
    assert_type(seen(provide(generator, scope=Scope.APP)), Factory[[Config], Engine, Scope.APP])
    assert_type(seen(provide(iterator)), Factory[[Config], Iterator[Engine], Inherit])  # refused


def asynchronous_functions() -> None:
    assert_type(awaited(provide(coroutine)), AsyncFactory[[Config], Engine, Inherit])
    assert_type(awaited(provide(coroutine, scope=Scope.STEP)), AsyncFactory[[Config], Engine, Scope.STEP])
    assert_type(awaited(provide(async_iterator)), AsyncFactory[[Config], Engine, Inherit])
    assert_type(awaited(provide(async_iterator, scope=Scope.APP)), AsyncFactory[[Config], Engine, Scope.APP])
    assert_type(awaited(provide(async_generator)), AsyncFactory[[Config], Engine, Inherit])
    assert_type(seen(provide(coroutine)), Factory[[Config], Engine, Inherit])
    awaited(provide(function))  # refused
    awaited(provide(generator))  # refused
    awaited(provide(Engine))  # refused


def classes(config: Config) -> None:
    assert_type(built(provide(Engine))(config), tuple[Engine, type[Inherit]])
    assert_type(built(provide(Engine, scope=Scope.REQUEST))(config), tuple[Engine, type[Scope.REQUEST]])
    assert_type(built(provide(Pages))(), tuple[Pages, type[Inherit]])
    assert_type(built(provide(Engine))(config), tuple[Config, type[Inherit]])  # refused


def parameters_keep_their_names(config: Config) -> None:
    assert_type(built(provide(named))(config=config, retries=5), tuple[Engine, type[Inherit]])
    built(provide(named))(config, 5)  # refused
    built(provide(named))(retries=5)  # refused


class Database(Provider[Scope.REQUEST]):
    @provide()
    def engine(self, config: Config, /) -> Iterator[Engine]:
        yield Engine(config)

    @provide(scope=Scope.APP)
    def config(self) -> Config:
        return Config()

    @provide()
    async def session(self, engine: Engine, /) -> AsyncIterator[Session]:
        yield Session(engine)

    @provide(scope=Scope.STEP)
    async def pages(self, engine: Engine, /) -> Pages:
        raise NotImplementedError

    @provide()
    def other(self, engine: Engine, *, retries: int = 3) -> Session:
        raise NotImplementedError


def methods_on_the_class() -> None:
    assert_type(method(Database.engine), MethodFactory[[Config], Iterator[Engine], Engine, Inherit])
    assert_type(method(Database.config), MethodFactory[[], Config, Config, Scope.APP])
    session = awaited_method(Database.session)
    assert_type(session, AsyncMethodFactory[[Engine], AsyncIterator[Session], Session, Inherit])
    assert_type(method(Database.config), MethodFactory[[], Config, Config, Inherit])  # refused
    awaited_method(Database.pages)
    awaited_method(Database.engine)  # refused


async def methods_on_instances(database: Database, config: Config, engine: Engine) -> None:
    assert_type(database.engine(config), Iterator[Engine])
    assert_type(database.config(), Config)
    assert_type(database.session(engine), AsyncIterator[Session])
    assert_type(await database.pages(engine), Pages)
    assert_type(database.other(engine=engine, retries=5), Session)
    database.engine()  # refused
    database.engine(engine)  # refused
    database.other(engine, 5)  # refused


class FakeDatabase(Database):
    @provide()
    @override
    def engine(self, config: Config, /) -> Iterator[Engine]:
        yield Engine(config)


class OtherDatabase(Database):
    @provide()
    @override
    def engine(self, session: Session, /) -> Iterator[Engine]:  # refused
        yield session.engine


def options() -> None:
    provide(Engine, on_close=Engine.dispose)
    provide(function, on_close=Engine.dispose, lock_mode="thread")
    provide(Engine, on_close=3)  # refused
    provide(Engine, on_close=Pages.__next__)  # refused
    provide(Engine, lock_mode="threads")  # refused
    provide(Engine, lifetime=3)  # refused
    provide(Engine, Config)  # refused
    provide(3)  # refused
    provide("engine")  # refused
