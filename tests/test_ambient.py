"""The scopes that are active in the calling context."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from contextvars import Context, copy_context
from threading import Thread
from typing import Any
from weakref import ref

import pytest

from tests.racing import in_threads
from tests.wiring import untyped, wire
from wireproof import (
    AsyncCleanupError,
    BaseScope,
    CleanupError,
    Container,
    Scope,
    ScopeClosedError,
    ScopeNotActiveError,
    bind,
    provide,
)


class A:
    pass


class B:
    pass


class Tenant(Scope.APP):
    pass


def logging(events: list[str], name: str, key: type[Any]) -> Callable[[], Iterator[Any]]:
    """Return a generator function that logs its end."""

    def make() -> Iterator[Any]:
        yield key()
        events.append(name)

    return make


def failing() -> Iterator[A]:
    """Fail at the end."""
    yield A()
    message = "end"
    raise ValueError(message)


def test_container_is_current_for_its_own_scopes() -> None:
    """The container itself is active at APP, and at the RUNTIME around it, without being entered or used."""
    container = wire()
    assert container.current(Scope.APP) is container
    assert container.current(Scope.RUNTIME) is container
    assert container.enter_scope(Scope.REQUEST).current(Scope.APP) is container


def test_entered_scope_is_current() -> None:
    """Entering makes a scope current, with or without ``with``; closing makes the one before current again."""
    container = wire()
    with container.enter_scope(Scope.REQUEST) as outer:
        inner = container.enter_scope(Scope.REQUEST)
        assert container.current(Scope.REQUEST) is inner
        inner.close()
        assert container.current(Scope.REQUEST) is outer
    with pytest.raises(ScopeNotActiveError, match="no REQUEST is active") as caught:
        container.current(Scope.REQUEST)
    assert caught.value.scope is Scope.REQUEST


def test_outer_scopes_are_current_as_well() -> None:
    """In an ACTION its REQUEST is current, and the SESSION that was passed through belongs to that."""
    container = wire()
    request = container.enter_scope(Scope.REQUEST)
    action = request.enter_scope(Scope.ACTION)
    assert container.current(Scope.ACTION) is action
    assert container.current(Scope.REQUEST) is request
    assert container.current(Scope.SESSION) is request


def test_scope_of_a_branch() -> None:
    """A scope of another branch of the tree is current beside the one that was entered before it."""
    container = wire()
    request, tenant = container.enter_scope(Scope.REQUEST), container.enter_scope(Tenant)
    assert container.current(Tenant) is tenant
    assert container.current(Scope.REQUEST) is request


def test_closed_container_is_not_current() -> None:
    """After its end a container is active no more."""
    container = wire()
    container.close()
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.APP)


@pytest.mark.parametrize("scope", [3, "REQUEST", Scope, BaseScope])
def test_what_is_no_scope_is_refused(scope: object) -> None:
    """`current` and `close_scope` take scopes."""
    container = wire()
    with pytest.raises(TypeError, match="current"):
        container.current(untyped(scope))
    with pytest.raises(TypeError, match="close_scope"):
        container.close_scope(untyped(scope))


def test_two_containers_never_mix() -> None:
    """Inside a scope of one container, another one's scope is its own or none."""
    first, second = wire(), wire()
    mine = first.enter_scope(Scope.REQUEST)
    with second.enter_scope(Scope.REQUEST) as other:
        assert first.current(Scope.REQUEST) is mine
        assert second.current(Scope.REQUEST) is other
        mine.close()
        assert second.current(Scope.REQUEST) is other
        with pytest.raises(ScopeNotActiveError):
            first.current(Scope.REQUEST)


def test_scopes_closed_out_of_order() -> None:
    """Closing the one before leaves the one after current, and nothing after that."""
    container = wire()
    first, second = container.enter_scope(Scope.REQUEST), container.enter_scope(Scope.REQUEST)
    first.close()
    assert container.current(Scope.REQUEST) is second
    second.close()
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.REQUEST)


async def test_tasks_are_isolated() -> None:
    """A task sees the scope of whoever created it, and what it enters is seen by nobody else."""
    container = wire()
    entered, looked = asyncio.Event(), asyncio.Event()

    async def enters() -> Container[Any, Any]:
        assert container.current(Scope.REQUEST) is outer
        async with container.enter_scope(Scope.REQUEST) as own:
            entered.set()
            await looked.wait()
            assert container.current(Scope.REQUEST) is own
            return own

    async with container.enter_scope(Scope.REQUEST) as outer:
        task = asyncio.create_task(enters())
        await entered.wait()
        assert container.current(Scope.REQUEST) is outer
        looked.set()
        assert await task is not outer
        assert container.current(Scope.REQUEST) is outer


async def test_task_without_a_scope_sees_none_of_another() -> None:
    """Two tasks on one thread have no scope in common, thread-local or otherwise."""
    container = wire()
    entered, looked = asyncio.Event(), asyncio.Event()

    async def enters() -> None:
        async with container.enter_scope(Scope.REQUEST):
            entered.set()
            await looked.wait()

    async def looks() -> None:
        await entered.wait()
        with pytest.raises(ScopeNotActiveError):
            container.current(Scope.REQUEST)
        looked.set()

    await asyncio.gather(enters(), looks())


async def test_context_goes_along_into_a_worker_thread() -> None:
    """`asyncio.to_thread` copies the context, and with it the current scope."""
    container = wire()
    async with container.enter_scope(Scope.REQUEST) as request:
        assert await asyncio.to_thread(container.current, Scope.REQUEST) is request


async def test_task_that_outlives_the_scope_it_was_started_in() -> None:
    """It sees the scope around that, which was current before and still is open."""
    container, closed = wire(), asyncio.Event()

    async def current() -> Container[Any, Any]:
        await closed.wait()
        return container.current(Scope.REQUEST)

    async with container.enter_scope(Scope.REQUEST) as request:
        async with request.enter_scope(Scope.ACTION):
            task = asyncio.create_task(current())
        closed.set()
        assert await task is request


def test_other_threads_see_nothing() -> None:
    """A thread of its own has no current scope."""
    container = wire()
    with container.enter_scope(Scope.REQUEST):
        [found] = in_threads([lambda: container.current(Scope.REQUEST)])
    assert isinstance(found, ScopeNotActiveError)


def test_same_thread_under_another_context() -> None:
    """Code that runs in the same thread under another context finds the scope, until it is closed."""
    container = wire()
    outer = container.enter_scope(Scope.REQUEST)
    inner = container.enter_scope(Scope.REQUEST)
    assert Context().run(container.current, Scope.REQUEST) is inner
    inner.close()
    assert Context().run(container.current, Scope.REQUEST) is outer
    outer.close()
    with pytest.raises(ScopeNotActiveError):
        Context().run(container.current, Scope.REQUEST)


def test_scope_entered_in_a_copy_of_the_context() -> None:
    """After it, each context has the scope that it had before, and so has the thread."""
    container = wire()
    outer = container.enter_scope(Scope.REQUEST)
    copied = copy_context()
    inner = container.enter_scope(Scope.REQUEST)

    def enter() -> Container[Any, Any]:
        with container.enter_scope(Scope.REQUEST) as own:
            assert container.current(Scope.REQUEST) is own
        return container.current(Scope.REQUEST)

    assert copied.run(enter) is outer
    assert container.current(Scope.REQUEST) is inner
    assert Context().run(container.current, Scope.REQUEST) is inner


def test_scope_closed_in_another_context() -> None:
    """Closed where it was not entered, a scope is finalised, and current nowhere."""
    events: list[str] = []
    container = wire(bind(A).to(logging(events, "a", A), scope=Scope.REQUEST))
    scope = container.enter_scope(Scope.REQUEST)
    scope.resolve(A)
    copy_context().run(scope.close)
    assert events == ["a"]
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.REQUEST)


def test_scope_closed_in_another_thread() -> None:
    """The same holds for another thread."""
    container = wire()
    scope = container.enter_scope(Scope.REQUEST)
    thread = Thread(target=scope.close)
    thread.start()
    thread.join()
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.REQUEST)


def test_close_scope() -> None:
    """`close_scope` closes the innermost active scope of the kind and what is nested in it, deepest first."""
    events: list[str] = []
    container = wire(
        bind(A).to(logging(events, "request", A), scope=Scope.REQUEST),
        bind(B).to(logging(events, "action", B), scope=Scope.ACTION),
    )
    outer = container.enter_scope(Scope.REQUEST)
    request = container.enter_scope(Scope.REQUEST)
    action = request.enter_scope(Scope.ACTION)
    action.resolve(B)
    action.resolve(A)
    container.close_scope(Scope.REQUEST)
    assert events == ["action", "request"]
    assert container.current(Scope.REQUEST) is outer
    with pytest.raises(ScopeClosedError):
        action.resolve(B)


async def test_aclose_scope() -> None:
    """`aclose_scope` does so awaiting."""
    closed: list[A] = []

    async def close(a: A) -> None:
        closed.append(a)

    container = wire(provide(A, scope=Scope.REQUEST, on_close=close))
    instance = container.enter_scope(Scope.REQUEST).resolve(A)
    await container.aclose_scope(Scope.REQUEST)
    assert closed == [instance]
    with pytest.raises(ScopeNotActiveError):
        await container.aclose_scope(Scope.REQUEST)


def test_close_scope_of_the_container_itself() -> None:
    """Closing the start scope closes the container, with what is active inside."""
    container = wire()
    request = container.enter_scope(Scope.REQUEST)
    container.close_scope(Scope.APP)
    for closed in (request, container):
        with pytest.raises(ScopeClosedError):
            closed.enter_scope(Scope.ACTION)


def test_close_scope_with_nothing_inside() -> None:
    """A scope in which none is active is closed by itself, with its own errors."""
    container = wire(bind(A).to(failing, scope=Scope.REQUEST))
    container.enter_scope(Scope.REQUEST).resolve(A)
    with pytest.raises(CleanupError) as caught:
        container.close_scope(Scope.REQUEST)
    assert [str(error) for error in caught.value.exceptions] == ["end"]


def test_close_scope_needs_one() -> None:
    """Without an active scope there is nothing to close."""
    with pytest.raises(ScopeNotActiveError):
        wire().close_scope(Scope.REQUEST)


def test_close_scope_goes_on_after_a_failure() -> None:
    """A finalizer that fails in the inner scope does not keep the outer one open; all failures are raised together."""
    events: list[str] = []
    container = wire(
        bind(A).to(failing, scope=Scope.ACTION), bind(B).to(logging(events, "request", B), scope=Scope.REQUEST)
    )
    action = container.enter_scope(Scope.REQUEST).enter_scope(Scope.ACTION)
    action.resolve(A)
    action.resolve(B)
    with pytest.raises(CleanupError) as caught:
        container.close_scope(Scope.REQUEST)
    assert events == ["request"]
    assert caught.group_contains(ValueError, match="end")


async def test_aclose_scope_goes_on_after_a_failure() -> None:
    """The same holds awaiting."""
    events: list[str] = []
    container = wire(
        bind(A).to(failing, scope=Scope.ACTION), bind(B).to(logging(events, "request", B), scope=Scope.REQUEST)
    )
    action = container.enter_scope(Scope.REQUEST).enter_scope(Scope.ACTION)
    action.resolve(A)
    action.resolve(B)
    with pytest.raises(CleanupError):
        await container.aclose_scope(Scope.REQUEST)
    assert events == ["request"]


async def test_close_scope_with_asynchronous_cleanup_runs_nothing() -> None:
    """If the outer of two scopes needs ``await``, closing both without is refused before anything is run."""
    events: list[str] = []

    async def close(_: A) -> None:
        events.append("request")

    container = wire(
        provide(A, scope=Scope.REQUEST, on_close=close),
        bind(B).to(logging(events, "action", B), scope=Scope.ACTION),
    )
    action = container.enter_scope(Scope.REQUEST).enter_scope(Scope.ACTION)
    action.resolve(A)
    action.resolve(B)
    with pytest.raises(AsyncCleanupError):
        container.close_scope(Scope.REQUEST)
    assert events == []
    await container.aclose_scope(Scope.REQUEST)
    assert events == ["action", "request"]


def test_closed_scopes_are_not_kept_alive_by_the_ones_after() -> None:
    """Scopes that overlap in time, each entered before the last one is closed, do not pile up."""
    container = wire()
    seen: list[ref[Any]] = []
    last = container.enter_scope(Scope.REQUEST)
    for _ in range(10):
        following = container.enter_scope(Scope.REQUEST)
        seen.append(ref(last))
        last.close()
        last = following
    gc.collect()
    assert sum(one() is not None for one in seen) <= 2


@pytest.mark.parametrize("closing", [Context(), copy_context()])
def test_context_does_not_keep_a_closed_scope_alive(closing: Context) -> None:
    """Neither the scope nor its container, also where another context has closed it and none is entered after it."""
    container = wire()
    scope = container.enter_scope(Scope.REQUEST)
    closing.run(scope.close)
    seen: list[ref[Any]] = [ref(scope), ref(container)]
    del scope, container
    gc.collect()
    assert [one() for one in seen] == [None, None]


def test_scopes_entered_in_turns_in_two_contexts() -> None:
    """Each context passes over what has been closed, and so does the thread, in whatever order that was entered."""
    container, one, other = wire(), Context(), Context()
    first = one.run(container.enter_scope, Scope.REQUEST)
    second = other.run(container.enter_scope, Scope.REQUEST)
    third = one.run(container.enter_scope, Scope.REQUEST)
    first.close()
    third.close()
    for context in (one, other, Context()):
        assert context.run(container.current, Scope.REQUEST) is second
    second.close()
    for context in (one, other, Context()):
        with pytest.raises(ScopeNotActiveError):
            context.run(container.current, Scope.REQUEST)


def test_thread_does_not_keep_a_scope_alive() -> None:
    """What is remembered for other contexts of the thread does not outlive the contexts."""
    container = wire()
    entered = Context().run(lambda: ref(container.enter_scope(Scope.REQUEST)))
    gc.collect()
    assert entered() is None
