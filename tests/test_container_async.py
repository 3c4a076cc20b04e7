"""Asynchronous factories and cleanup, alone and beside synchronous ones."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Any
from unittest.mock import AsyncMock

import pytest

from tests.wiring import untyped, wire
from wireproof import (
    AsyncCleanupError,
    CleanupError,
    Container,
    FactoryError,
    Lifetime,
    Scope,
    ScopeClosedError,
    bind,
    provide,
)


class A:
    pass


class B:
    pass


class C:
    pass


async def lend(events: list[str], name: str, error: BaseException | None = None) -> AsyncIterator[Any]:
    """Yield a name, log its end after another turn of the loop, and then perhaps raise an error."""
    yield name
    await asyncio.sleep(0)
    events.append(name)
    if error is not None:
        raise error


def lend_sync(events: list[str], name: str, error: BaseException | None = None) -> Iterator[Any]:
    """Do the same without awaiting."""
    yield name
    events.append(name)
    if error is not None:
        raise error


def lent(key: object, *arguments: object, scope: object = Scope.APP) -> Any:
    """Return a source of which the cleanup awaits."""
    return untyped(bind)(key).to(partial(untyped(lend), *arguments), scope=scope)


def lent_sync(key: object, *arguments: object, scope: object = Scope.APP) -> Any:
    """Return a source of which the cleanup does not await."""
    return untyped(bind)(key).to(partial(untyped(lend_sync), *arguments), scope=scope)


async def built(*sources: object) -> Container[Any, Any]:
    """Return a container in which A, B and C have been built in this order."""
    container = wire(*sources)
    for key in (A, B, C):
        if key in container:
            await container.aresolve(key)
    return container


async def test_aresolve_builds_what_awaits() -> None:
    """Coroutine functions and async generator functions are awaited, also below synchronous factories."""

    async def fetch() -> A:
        await asyncio.sleep(0)
        return A()

    async def open_b(a: A) -> AsyncIterator[B]:
        yield B()

    class Top:
        def __init__(self, a: A, b: B) -> None:
            self.a = a

    async with Container(provide(fetch), provide(open_b), provide(Top)) as container:
        top = await container.aresolve(Top)
        assert top.a is await container.aresolve(A)
        assert await container.aresolve(Top) is top


async def test_aresolve_builds_what_does_not_await() -> None:
    """What needs no await gives the same instance to resolve and aresolve."""
    container = Container(provide(A))
    assert await container.aresolve(A) is container.resolve(A)


async def test_function_that_returns_an_awaitable() -> None:
    """A plain function that declares a coroutine as its result is awaited."""

    async def fetch() -> A:
        return A()

    class Maker:
        async def __call__(self) -> A:
            return await fetch()

    assert isinstance(await wire(provide(Maker())).aresolve(A), A)
    assert isinstance(await wire(provide(partial(fetch))).aresolve(A), A)


async def test_reverse_order_across_sync_and_async() -> None:
    """What was built last is finished first, whether its cleanup awaits or not."""
    events: list[str] = []
    container = await built(lent(A, events, "a"), lent_sync(B, events, "b"), lent(C, events, "c"))
    await container.aclose()
    assert events == ["c", "b", "a"]


async def test_deepest_scope_first() -> None:
    """Scopes that end together end deepest first."""
    events: list[str] = []
    sources = [lent(A, events, "session", scope=Scope.SESSION), lent_sync(B, events, "request", scope=Scope.REQUEST)]
    async with wire(*sources).enter_scope(Scope.REQUEST) as request:
        await request.aresolve(B)
        await request.aresolve(A)
    assert events == ["request", "session"]


async def test_asynchronous_on_close() -> None:
    """An on_close that is a coroutine function is awaited, for built and ready-made instances."""
    closed: list[object] = []

    async def close(instance: object) -> None:
        await asyncio.sleep(0)
        closed.append(instance)

    ready = B()
    async with Container(provide(A, on_close=close), bind(B).instance(ready, on_close=close)) as container:
        instance = container.resolve(A)
    assert closed == [instance, ready]


@pytest.mark.parametrize("kind", ["mock", "object"])
async def test_asynchronous_on_close_that_is_no_function(kind: str) -> None:
    """An object of which the call awaits is an on_close like a coroutine function, and so is a mock of one."""
    mock = AsyncMock()

    class Closer:
        async def __call__(self, instance: object) -> None:
            await mock(instance)

    async with wire(provide(A, on_close=mock if kind == "mock" else Closer())) as container:
        instance = container.resolve(A)
    mock.assert_awaited_once_with(instance)


async def test_mock_of_a_coroutine_function_is_a_target() -> None:
    """What an AsyncMock gives is awaited."""
    instance = A()
    factory: Any = AsyncMock(return_value=instance)
    assert await wire(bind(A).to(factory)).aresolve(A) is instance


async def test_asynchronous_building_takes_ready_made_instances() -> None:
    """A ready-made instance is given to what awaits, and by aresolve, as it is."""
    instance = A()

    async def make(a: A) -> list[A]:
        return [a]

    container = Container(bind(A).instance(instance), provide(make))
    assert await container.aresolve(list[A]) == [instance]
    assert await container.aresolve(A) is instance


async def test_asynchronous_on_close_of_what_awaits() -> None:
    """An on_close that awaits comes before the end of its async generator."""
    events: list[str] = []

    async def close(_: object) -> None:
        events.append("on_close")

    source = bind(untyped(A)).to(partial(untyped(lend), events, "end"), on_close=close)
    await (await built(source)).aclose()
    assert events == ["on_close", "end"]


async def test_sync_close_over_pending_async_cleanup() -> None:
    """Closing without await is refused before anything has run, the scope stays open, and aclose can follow."""
    events: list[str] = []
    container = await built(lent_sync(A, events, "a"), lent(B, events, "b"), lent_sync(C, events, "c"))
    with pytest.raises(AsyncCleanupError, match=r"asynchronous cleanup pending \(B\): use aclose"):
        container.close()
    assert events == []
    assert await container.aresolve(A) is not None
    await container.aclose()
    assert events == ["c", "b", "a"]


async def test_sync_with_over_pending_async_cleanup() -> None:
    """Leaving a plain with is refused in the same way."""
    events: list[str] = []
    container = await built(lent(A, events, "a"))
    with pytest.raises(AsyncCleanupError), container:
        pass
    await container.aclose()
    assert events == ["a"]


async def test_body_error_in_sync_with_over_async_cleanup() -> None:
    """The body's exception propagates with a note, and the scope stays open for aclose."""
    events: list[str] = []
    container = await built(lent(A, events, "a"))
    with pytest.raises(LookupError) as caught, container:
        raise LookupError
    assert [note for note in caught.value.__notes__ if "asynchronous cleanup pending (A)" in note]
    assert events == []
    assert await container.aresolve(A) is not None
    await container.aclose()
    assert events == ["a"]


async def test_sync_close_without_pending_async_cleanup() -> None:
    """A container with asynchronous sources can be closed without await while none of their cleanup is pending."""
    events: list[str] = []
    container = wire(lent(A, events, "a"), lent_sync(B, events, "b"))
    container.resolve(B)
    container.close()
    assert events == ["b"]


async def test_sync_close_after_aclose() -> None:
    """A second close does nothing, whichever of the two it is."""
    events: list[str] = []
    container = await built(lent(A, events, "a"))
    await container.aclose()
    container.close()
    await container.aclose()
    assert events == ["a"]


async def test_failures_are_raised_together() -> None:
    """Failures of sync and async finalizers are one group, when all have run."""
    events: list[str] = []
    container = await built(
        lent(A, events, "a", OSError("a")), lent(B, events, "b"), lent_sync(C, events, "c", ValueError("c"))
    )
    with pytest.raises(CleanupError) as caught:
        await container.aclose()
    assert [repr(error) for error in caught.value.exceptions] == ["ValueError('c')", "OSError('a')"]
    assert events == ["c", "b", "a"]


async def test_body_error_is_thrown_into_async_generators() -> None:
    """An exception of the body is thrown in at the yield of async generators, and propagates."""
    seen: list[BaseException] = []
    error = LookupError("body")

    async def watching() -> AsyncIterator[A]:
        try:
            yield A()
        except LookupError as caught:
            seen.append(caught)

    container = await built(provide(watching))
    with pytest.raises(LookupError) as caught:
        async with container:
            raise error
    assert caught.value is error
    assert seen == [error]


@pytest.mark.parametrize("kind", [KeyboardInterrupt, GeneratorExit, StopIteration, StopAsyncIteration])
async def test_unusual_exceptions_of_the_body(kind: type[BaseException]) -> None:
    """Exceptions that mean something to Python itself leave the body as themselves, and all cleanup runs."""
    events: list[str] = []
    error = kind()

    async def lend_a() -> AsyncIterator[A]:
        try:
            yield A()
        finally:
            events.append("a")

    def lend_b() -> Iterator[B]:
        try:
            yield B()
        finally:
            events.append("b")

    async def body() -> BaseException | None:
        try:
            async with await built(provide(lend_a), provide(lend_b)):
                raise error  # noqa: TRY301  # out of the body of the scope
        except BaseException as caught:  # noqa: BLE001  # it is what is looked at
            return caught

    assert await body() is error
    assert events == ["b", "a"]
    assert not hasattr(error, "__notes__")


async def test_failures_after_a_body_error() -> None:
    """Failures that follow the body's exception become notes of it."""

    async def close(_: object) -> None:
        message = "no disk"
        raise OSError(message)

    container = await built(provide(A, on_close=close))
    with pytest.raises(LookupError) as caught:
        async with container:
            raise LookupError
    assert caught.value.__notes__ == ["the cleanup failed as well: OSError: no disk"]


async def test_cancellation_in_the_middle_of_aclose() -> None:
    """A cancellation that arrives while a finalizer awaits still lets the rest run, and then propagates."""
    events: list[str] = []
    waiting = asyncio.Event()

    async def endless() -> AsyncIterator[B]:
        yield B()
        waiting.set()
        await asyncio.Event().wait()

    container = await built(lent(A, events, "a"), provide(endless), lent(C, events, "c"))
    closing = asyncio.create_task(container.aclose())
    await waiting.wait()
    closing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await closing
    assert events == ["c", "a"]
    assert closing.cancelled()


async def test_cancellation_keeps_the_other_failures() -> None:
    """Failures beside a cancellation are the context of the CancelledError."""
    waiting = asyncio.Event()

    async def endless() -> AsyncIterator[B]:
        yield B()
        waiting.set()
        await asyncio.Event().wait()

    container = await built(lent(A, [], "a", OSError("a")), provide(endless))
    contexts: list[BaseException | None] = []

    async def close() -> None:
        try:
            await container.aclose()
        except asyncio.CancelledError as error:
            contexts.append(error.__context__)
            raise

    closing = asyncio.create_task(close())
    await waiting.wait()
    closing.cancel()
    await asyncio.wait([closing])
    (context,) = contexts
    assert isinstance(context, BaseExceptionGroup)
    assert closing.cancelled()


async def test_cancelled_body_is_cleaned_up() -> None:
    """A cancellation of the body is thrown into the generators, and propagates."""
    events: list[str] = []
    inside = asyncio.Event()

    async def session() -> AsyncIterator[A]:
        try:
            yield A()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            events.append("rollback")
            raise

    async def request() -> None:
        async with await built(provide(session)):
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(request())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert events == ["rollback"]


async def test_async_generator_that_never_yields() -> None:
    """An async generator that does not yield is a FactoryError that names the function."""

    async def make() -> AsyncIterator[A]:
        if untyped(False):  # noqa: FBT003
            yield A()

    with pytest.raises(FactoryError, match="make does not yield; a generator factory yields exactly once"):
        await wire(provide(make)).aresolve(A)


async def test_async_generator_that_yields_twice() -> None:
    """A second yield is found at scope end, among the failures, and the generator is closed."""
    events: list[str] = []

    async def make() -> AsyncIterator[A]:
        try:
            yield A()
            yield A()
        finally:
            events.append("end")

    container = await built(provide(make), lent(B, events, "b"))
    with pytest.raises(CleanupError, match="cleanup failed") as caught:
        await container.aclose()
    assert [type(error) for error in caught.value.exceptions] == [FactoryError]
    assert events == ["b", "end"]


async def test_async_generator_that_yields_again_on_an_error() -> None:
    """A second yield after the body's exception is noted with it."""

    async def make() -> AsyncIterator[A]:
        try:
            yield A()
        except LookupError:
            yield A()

    container = await built(provide(make))
    with pytest.raises(LookupError) as caught:
        async with container:
            raise LookupError
    assert ["yields a second time" in note for note in caught.value.__notes__] == [True]


async def test_half_built_graph() -> None:
    """When awaiting a factory fails nothing of it is kept, what was entered ends with the scope, one can try again."""
    events: list[str] = []
    attempts: list[int] = []

    async def make(a: A, b: B) -> C:
        attempts.append(1)
        if len(attempts) == 1:
            raise LookupError
        return C()

    container = wire(lent(A, events, "a"), lent_sync(B, events, "b"), provide(make))
    with pytest.raises(LookupError):
        await container.aresolve(C)
    assert events == []
    assert isinstance(await container.aresolve(C), C)
    assert len(attempts) == 2
    await container.aclose()
    assert events == ["b", "a"]


async def test_scope_closed_while_a_factory_awaits() -> None:
    """What a factory enters after its scope was closed is finished at once, and whoever asked is told."""
    events: list[str] = []
    started, go_on = asyncio.Event(), asyncio.Event()

    async def make() -> AsyncIterator[A]:
        started.set()
        await go_on.wait()
        yield A()
        events.append("end")

    container = wire(provide(make))
    task = asyncio.create_task(container.aresolve(A))
    await started.wait()
    await container.aclose()
    go_on.set()
    with pytest.raises(ScopeClosedError):
        await task
    assert events == ["end"]


async def test_transient_below_a_consumer_is_built_once() -> None:
    """A consumer that takes a transient has just one built for it, also by aresolve."""
    calls: list[int] = []

    def make(b: B) -> A:
        calls.append(1)
        return A()

    class Top:
        def __init__(self, a: A) -> None:
            self.a = a

    await wire(provide(make, lifetime=Lifetime.TRANSIENT), provide(B), provide(Top)).aresolve(Top)
    assert len(calls) == 1


async def test_transients_that_await() -> None:
    """A transient that awaits is new each time, and finished with the scope that asked for it."""
    events: list[str] = []
    source = bind(untyped(A)).to(partial(untyped(lend), events, "end"), lifetime=untyped("transient"))
    async with wire(source) as container:
        async with container.enter_scope() as request:
            await request.aresolve(A)
            await request.aresolve(A)
        assert events == ["end"] * 2


async def test_container_is_used_in_several_event_loops() -> None:
    """A container is tied to no event loop."""

    async def fetch() -> A:
        return A()

    container = wire(provide(fetch))
    instance = await container.aresolve(A)
    assert await asyncio.to_thread(lambda: asyncio.run(container.aresolve(A))) is instance


async def test_async_with_gives_the_scope_itself() -> None:
    """Entering a scope with async with gives that scope, and leaves it closed."""
    request = Container(provide(A, scope=Scope.REQUEST)).enter_scope()
    async with request as entered:
        assert entered is request
    with pytest.raises(ScopeClosedError):
        await request.aresolve(A)
