"""`provide`: what it makes of a target."""

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager

import pytest

from tests.wiring import untyped
from wireproof import Lifetime, LockMode, Provider, Scope, provide
from wireproof.sources import UNSTATED, AsyncFactory, AsyncMethodFactory, Factory, MethodFactory, Options


class Engine:
    pass


def _make_engine() -> Engine:
    return Engine()


def _open_engine() -> Generator[Engine]:
    yield Engine()


async def _fetch_engine() -> Engine:
    return Engine()


async def _lend_engine() -> AsyncGenerator[Engine]:
    yield Engine()


class Maker:
    def __call__(self) -> Engine:
        return Engine()


class AsyncMaker:
    async def __call__(self) -> Engine:
        return Engine()


class Database(Provider[Scope.APP]):
    @provide(scope=Scope.REQUEST, lifetime=Lifetime.TRANSIENT)
    def engine(self, name: str = "") -> Engine:
        """Make an engine."""
        return Engine()

    @provide()
    async def other(self) -> Engine:
        return Engine()


@pytest.mark.parametrize("target", [Engine, _make_engine, _open_engine, Maker()])
def test_synchronous_targets(target: Callable[[], object]) -> None:
    """Classes, functions, generator functions and objects that can be called make a Factory."""
    source = provide(target)
    assert type(source) is Factory
    assert (source.target, source.key) == (target, UNSTATED)


@pytest.mark.parametrize("target", [_fetch_engine, _lend_engine, AsyncMaker()])
def test_asynchronous_targets(target: Callable[[], object]) -> None:
    """Coroutine functions and async generator functions make an AsyncFactory."""
    assert type(provide(target)) is AsyncFactory


def test_options_are_kept() -> None:
    """A source keeps what was said of it, and else the defaults."""
    source = provide(Engine, scope=Scope.STEP, lifetime=Lifetime.TRANSIENT, on_close=print, lock_mode="none")
    assert source.options == Options(Scope.STEP, Lifetime.TRANSIENT, print, LockMode.NONE)
    assert provide(Engine).options == Options()


def test_decorated_method_stays_a_method() -> None:
    """On an instance a decorated method is the method that was written."""
    assert isinstance(Database().engine("x"), Engine)


def test_decorated_method_is_a_source_on_the_class() -> None:
    """On the class a decorated method is the registration, with name and documentation of the method."""
    source = Database.engine
    assert type(source) is MethodFactory
    assert source.options == Options(Scope.REQUEST, Lifetime.TRANSIENT)
    assert (untyped(source).__name__, source.__doc__) == ("engine", "Make an engine.")


def test_decorated_coroutine_method() -> None:
    """A method that awaits makes an asynchronous source."""
    assert type(Database.other) is AsyncMethodFactory


def test_reprs() -> None:
    """Sources are shown as they might have been written."""
    assert repr(provide(_make_engine)) == "provide(_make_engine)"
    assert repr(Database.engine) == "@provide() Database.engine"


@pytest.mark.parametrize("target", [3, "Engine", None, Engine()])
def test_target_must_be_callable(target: object) -> None:
    """What cannot be called is refused, with what to write for an object that exists already."""
    with pytest.raises(TypeError, match=r"provide\(.*\): a target is a class or a function .*\.instance\(\.\.\.\)"):
        untyped(provide)(target)


def test_context_manager_functions_are_refused() -> None:
    """A function decorated with contextmanager is refused with a hint, sync and async."""
    for target in (contextmanager(_open_engine), asynccontextmanager(_lend_engine)):
        with pytest.raises(TypeError, match=r"provided: it returns a context manager; .*enter=True\)"):
            provide(target)


def test_one_target_at_a_time() -> None:
    """Two targets in one call are refused."""
    with pytest.raises(TypeError, match=r"provide\(\) takes one target, not 2"):
        untyped(provide)(Engine, _make_engine)


def test_unknown_keyword() -> None:
    """A keyword that does not exist is refused by Python, with the call's name."""
    with pytest.raises(TypeError, match=r"provide\(\) got an unexpected keyword argument 'scpe'"):
        untyped(provide)(Engine, scpe=Scope.APP)


@pytest.mark.parametrize("method", [3, Engine, "engine"])
def test_decorator_takes_functions_only(method: object) -> None:
    """The decorator form is for methods: a class or a value is refused."""
    with pytest.raises(TypeError, match=r"@provide\(\) decorates a method of a provider, not "):
        untyped(provide())(method)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("scope", Scope, r"provide\(scope=.*\): Scope is the namespace"),
        ("scope", "REQUEST", r"provide\(scope='REQUEST'\): a scope is a class"),
        ("lifetime", "singleton", r"provide\(lifetime='singleton'\): .*'scoped', 'transient'"),
        ("lock_mode", "threads", r"provide\(lock_mode='threads'\): .*'auto', 'thread', 'async', 'none'"),
        ("on_close", 3, r"provide\(on_close=3\): must be a function that takes the instance"),
        ("lifetime", [], r"provide\(lifetime=\[\]\)"),
    ],
)
def test_options_that_are_none(option: str, value: object, words: str) -> None:
    """An option that is not what it should be is refused, with call, option and value named."""
    with pytest.raises(TypeError, match=words):
        untyped(provide)(Engine, **{option: value})


def test_context_manager_method_is_refused() -> None:
    """A decorated method that returns a context manager is refused like a function that does."""
    with pytest.raises(TypeError, match="it returns a context manager"):
        provide()(untyped(contextmanager(_open_engine)))
