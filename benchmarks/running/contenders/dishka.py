"""dishka, with the locks that it needs to be safe for threads."""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from dishka import FromDishka, Provider, Scope, make_async_container, make_container
from dishka.integrations.base import wrap_injection

from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import (
    ASYNC,
    CHAIN,
    EMPTY,
    GENERATORS,
    INJECTED,
    NESTED,
    REQUEST,
    SINGLETON,
    THREADS,
    TRANSIENT,
    WIDE,
)
from benchmarks.running.things import (
    LINKS,
    Account,
    Branch,
    Clock,
    Engine,
    Handler,
    Leaf,
    Link8,
    Page,
    Plain,
    Session,
    Settings,
    Transaction,
    Tree,
    Users,
    aopen_connection,
    open_connection,
    open_transaction,
)
from benchmarks.running.threads import in_threads


def _container(*kept: Any, request: Iterable[Any] = (), session: Iterable[Any] = (), fresh: Iterable[Any] = ()) -> Any:
    provider = Provider()
    for one in kept:
        provider.provide(one, scope=Scope.APP)
    for one in request:
        provider.provide(one, scope=Scope.REQUEST)
    for one in session:
        provider.provide(one, scope=Scope.SESSION)
    for one in fresh:
        provider.provide(one, scope=Scope.APP, cache=False)
    return make_container(provider, lock_factory=Lock)


def _resolving(key: type) -> Loop:
    container = _container(Settings, Engine, Clock, fresh=(Plain, *LINKS, Leaf, Branch, Tree))

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = container.get(key)
        return result

    return loop


def _scoped(container: Any, key: Any) -> Loop:
    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container(lock_factory=Lock) as scope:
                result = scope.get(key)
        return result

    return loop


def request() -> Loop:
    return _scoped(_container(Settings, Engine, request=(Session, Users, Handler)), Handler)


def async_request() -> Loop:
    import asyncio  # noqa: PLC0415

    provider = Provider()
    provider.provide(aopen_connection, scope=Scope.REQUEST)
    provider.provide(Transaction, scope=Scope.REQUEST)
    container = make_async_container(provider, lock_factory=asyncio.Lock)

    async def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            async with container(lock_factory=asyncio.Lock) as scope:
                result = await scope.get(Transaction)
        return result

    return loop


def empty() -> Loop:
    container = _container(Settings, Engine, request=(Session, Users, Handler))

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container(lock_factory=Lock) as scope:
                result = scope
        return result

    return loop


def nested() -> Loop:
    container = _container(Settings, Engine, session=(Account,), request=(Page,))

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with (
                container(scope=Scope.SESSION, lock_factory=Lock) as session,
                session(scope=Scope.REQUEST, lock_factory=Lock) as scope,
            ):
                result = scope.get(Page)
        return result

    return loop


def injected() -> Loop:
    """Scopes that are opened for a function have no locks; there is no way to ask for them."""
    container = _container(Settings, Engine, request=(Session, Users, Handler))

    def handled(
        order: str, handler: FromDishka[Handler], session: FromDishka[Session], settings: FromDishka[Settings]
    ) -> tuple[Any, ...]:
        return order, handler, session, settings

    handle: Any = wrap_injection(
        func=handled, container_getter=lambda _, __: container, manage_scope=True, scope=Scope.REQUEST
    )

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = handle("order")
        return result

    return loop


LOOPS: dict[str, Callable[[], Loop]] = {
    SINGLETON.name: lambda: _resolving(Settings),
    TRANSIENT.name: lambda: _resolving(Plain),
    CHAIN.name: lambda: _resolving(Link8),
    WIDE.name: lambda: _resolving(Tree),
    REQUEST.name: request,
    GENERATORS.name: lambda: _scoped(_container(request=(open_connection, open_transaction)), Transaction),
    ASYNC.name: async_request,
    EMPTY.name: empty,
    NESTED.name: nested,
    INJECTED.name: injected,
    THREADS.name: lambda: in_threads(request()),
}
