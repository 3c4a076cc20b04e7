"""``enter=True``: what entering a context manager gives is provided, and it is left at scope end."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Generator
from types import TracebackType
from typing import Any, Literal, Self

import pytest

from tests.wiring import annotated, untyped, wire
from wireproof import AsyncCleanupError, AsyncResolutionError, CleanupError, Lifetime, Provider, Scope, bind, provide


class Client:
    """A context manager that is what it gives."""

    def __init__(self) -> None:
        self.events: list[object] = []

    def __enter__(self) -> Self:
        self.events.append("entered")
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> bool:
        self.events.append(error)
        return True


class AsyncClient:
    def __init__(self) -> None:
        self.events: list[object] = []

    async def __aenter__(self) -> Self:
        await asyncio.sleep(0)
        self.events.append("entered")
        return self

    async def __aexit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> bool:
        await asyncio.sleep(0)
        self.events.append(error)
        return True


class Connection:
    pass


class Pool:
    """A context manager that gives something else."""

    def __enter__(self) -> Connection:
        return Connection()

    def __exit__(self, *_: object) -> None:
        pass


class Both(Client):
    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def connection(client: Client) -> Generator[Connection]:
    """Log what comes through."""
    try:
        yield Connection()
    except Exception as error:
        client.events.append(f"saw {error}")
        raise
    client.events.append("left")


@contextlib.asynccontextmanager
async def aconnection(client: Client) -> AsyncGenerator[Connection]:
    """Log the end, asynchronously."""
    yield Connection()
    await asyncio.sleep(0)
    client.events.append("left")


def test_entered_once_and_left_at_the_end() -> None:
    """A class that is a context manager is entered when it is built and left when its scope ends."""
    with wire(provide(Client, enter=True)) as container:
        client = container.resolve(Client)
        assert container.resolve(Client) is client
        assert client.events == ["entered"]
    assert client.events == ["entered", None]


def test_not_entered_unless_it_is_said() -> None:
    """Without ``enter=True`` a context manager is an object like any other."""
    with wire(provide(Client)) as container:
        client = container.resolve(Client)
    assert client.events == []


def test_what_entering_gives_is_the_key() -> None:
    """The key is what ``__enter__`` says that it gives."""
    with wire(provide(Pool, enter=True)) as container:
        assert type(container.resolve(Connection)) is Connection
        assert Pool not in container


def test_exception_of_the_block() -> None:
    """It is passed to the exit, and propagates also if that wants to suppress it."""
    container = wire(provide(Client, enter=True))
    client = container.resolve(Client)
    message = "block"
    with pytest.raises(ValueError, match=message) as caught, container:
        raise ValueError(message)
    assert client.events == ["entered", caught.value]


def test_function_with_a_needs() -> None:
    """A `contextmanager` function has its parameters injected; the newest is left first."""
    with wire(provide(Client, enter=True), provide(connection, enter=True, scope=Scope.REQUEST)) as container:
        with container.enter_scope(Scope.REQUEST) as request:
            assert type(request.resolve(Connection)) is Connection
        client = container.resolve(Client)
        assert client.events == ["entered", "left"]
    assert client.events == ["entered", "left", None]


def test_exception_reaches_the_function() -> None:
    """An exception of the block comes out of the function's ``yield``."""
    container = wire(provide(Client), provide(connection, enter=True, scope=Scope.REQUEST))
    message = "block"
    with pytest.raises(ValueError, match=message), container.enter_scope(Scope.REQUEST) as request:  # noqa: PT012
        request.resolve(Connection)
        raise ValueError(message)
    assert container.resolve(Client).events == ["saw block"]


async def test_asynchronous_context_managers() -> None:
    """They need ``await``, to be entered and to be left."""
    container = wire(provide(Client), provide(AsyncClient, enter=True), provide(aconnection, enter=True))
    with pytest.raises(AsyncResolutionError):
        container.resolve(Connection)
    client = await container.aresolve(AsyncClient)
    await container.aresolve(Connection)
    with pytest.raises(AsyncCleanupError):
        container.close()
    plain = container.resolve(Client)
    await container.aclose()
    assert client.events == ["entered", None]
    assert plain.events == ["left"]


async def test_exception_reaches_an_asynchronous_exit() -> None:
    """The exception of an ``async with`` block is passed on, and propagates."""
    container = wire(provide(AsyncClient, enter=True))
    client = await container.aresolve(AsyncClient)
    message = "block"
    with pytest.raises(ValueError, match=message) as caught:
        async with container:
            raise ValueError(message)
    assert client.events == ["entered", caught.value]


def test_exit_that_fails() -> None:
    """An error of an exit is one of the cleanup."""

    @contextlib.contextmanager
    def fail() -> Generator[Connection]:
        yield Connection()
        message = "exit"
        raise ValueError(message)

    container = wire(provide(fail, enter=True))
    container.resolve(Connection)
    with pytest.raises(CleanupError) as caught:
        container.close()
    assert caught.group_contains(ValueError, match="exit")


def test_entering_that_fails() -> None:
    """If entering fails, nothing is kept or left, and the next attempt starts afresh."""
    errors: list[Exception] = [ValueError("first")]
    left: list[str] = []

    class Sometimes(Client):
        def __enter__(self) -> Self:
            if errors:
                raise errors.pop()
            return self

        def __exit__(self, *_: object) -> Literal[False]:
            left.append("left")
            return False

    with wire(provide(Sometimes, enter=True)) as container:
        with pytest.raises(ValueError, match="first"):
            container.resolve(Sometimes)
        assert type(container.resolve(Sometimes)) is Sometimes
    assert left == ["left"]


def test_on_close_comes_first() -> None:
    """With ``on_close`` as well, that is called before the exit."""

    def log(client: Client) -> None:
        client.events.append("on_close")

    with wire(provide(Client, enter=True, on_close=log)) as container:
        client = container.resolve(Client)
    assert client.events == ["entered", "on_close", None]


def test_transient() -> None:
    """Each instance is entered, and left by the scope that asked."""
    container = wire(provide(Client, enter=True, lifetime=Lifetime.TRANSIENT))
    with container.enter_scope(Scope.REQUEST) as request:
        first, second = request.resolve(Client), request.resolve(Client)
    assert first is not second
    assert first.events == second.events == ["entered", None]


def test_bound_to_a_key() -> None:
    """``bind(Key).to(..., enter=True)`` enters as well, and so it does in providers."""

    class Network(Provider[Scope.REQUEST]):
        client = bind(Client).to(Client, enter=True)
        connection = bind(Connection).to(connection, enter=True)

    container = wire(Network())
    with container.enter_scope(Scope.REQUEST) as request:
        request.resolve(Connection)
        client = request.resolve(Client)
    assert client.events == ["entered", "left", None]


@pytest.mark.parametrize(
    ("target", "options", "message"),
    [
        (connection, {}, "enter=True"),
        (Connection, {"enter": True}, "does not return a context manager"),
        (Both, {"enter": True}, "wrap it in a function"),
        (3, {"enter": True}, "a target is"),
    ],
)
def test_what_is_refused(target: Any, options: dict[str, Any], message: str) -> None:
    """What cannot be entered, or could be in two ways, is refused at the call; so is what has to be."""
    with pytest.raises(TypeError, match=message):
        untyped(provide)(target, **options)


def test_both_kinds_behind_a_function() -> None:
    """A class that can be entered in both ways is provided by a function that chooses."""

    def choose() -> contextlib.AbstractContextManager[Both]:
        chosen: contextlib.AbstractContextManager[Both] = untyped(Both())
        return chosen

    with wire(provide(choose, enter=True)) as container:
        client = container.resolve(Both)
    assert client.events == ["entered", None]


def test_what_is_to_be_entered_comes_first() -> None:
    """As a decorator of a method `provide` enters nothing; it asks for the target."""
    with pytest.raises(TypeError, match=r"provide\(target, enter=True\)"):
        untyped(provide)(enter=True)


def test_annotation_that_does_not_exist_at_run_time() -> None:
    """What cannot be read says nothing of a context manager."""
    function = annotated(lambda: Client(), **{"return": "Unknown"})  # noqa: PLW0108
    with pytest.raises(TypeError, match="does not return a context manager"):
        provide(function, enter=True)


def test_exit_that_raises_what_it_was_given() -> None:
    """An exit that raises the exception of the block anew adds nothing to it."""

    class Raising(Client):
        def __exit__(self, kind: object, error: BaseException | None, trace: object) -> Literal[False]:
            if error is not None:
                raise error
            return False

    message = "block"
    with pytest.raises(ValueError, match=message) as caught, wire(provide(Raising, enter=True)) as container:  # noqa: PT012
        container.resolve(Raising)
        raise ValueError(message)
    assert not hasattr(caught.value, "__notes__")


async def test_asynchronous_exit_that_fails() -> None:
    """An error of an asynchronous exit is one of the cleanup; one that is the block's own adds nothing."""

    class Failing(AsyncClient):
        async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
            raise error or ValueError

    container, other = wire(provide(Failing, enter=True)), wire(provide(Failing, enter=True))
    await container.aresolve(Failing)
    with pytest.raises(CleanupError):
        await container.aclose()
    with pytest.raises(KeyError) as caught:  # noqa: PT012
        async with other:
            await other.aresolve(Failing)
            raise KeyError
    assert not hasattr(caught.value, "__notes__")


def test_function_that_returns_a_context_manager_class() -> None:
    """The annotation may name a class that is a context manager; what entering that gives is the key."""

    def make() -> Pool:
        return Pool()

    def same() -> Client:
        return Client()

    with wire(provide(make, enter=True), provide(same, enter=True)) as container:
        assert type(container.resolve(Connection)) is Connection
        assert container.resolve(Client).events == ["entered"]


def test_function_that_says_how_it_is_entered() -> None:
    """The annotation may be the abstract context manager, with what it gives as its argument."""

    def make() -> contextlib.AbstractContextManager[Connection]:
        return Pool()

    with wire(provide(make, enter=True)) as container:
        assert type(container.resolve(Connection)) is Connection
