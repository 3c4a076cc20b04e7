"""wireup, with ``concurrent_scoped_access``, without which its scopes are safe for one thread or task only."""

from collections.abc import Callable, Iterable
from typing import Any

from wireup import Injected, create_async_container, create_sync_container, inject_from_container, injectable

from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import (
    ASYNC,
    CHAIN,
    EMPTY,
    GENERATORS,
    INJECTED,
    REQUEST,
    SINGLETON,
    THREADS,
    TRANSIENT,
    WIDE,
)
from benchmarks.running.things import (
    LINKS,
    Branch,
    Clock,
    Engine,
    Handler,
    Leaf,
    Link8,
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


def _injectables(kept: Iterable[Any], scoped: Iterable[Any] = (), fresh: Iterable[Any] = ()) -> list[Any]:
    lifetimes: dict[Any, Iterable[Any]] = {"singleton": kept, "scoped": scoped, "transient": fresh}
    return [injectable(one, lifetime=lifetime) for lifetime, ones in lifetimes.items() for one in ones]


def _resolving(key: type) -> Loop:
    container = create_sync_container(
        injectables=_injectables((Settings, Engine, Clock), fresh=(Plain, *LINKS, Leaf, Branch, Tree)),
        concurrent_scoped_access=True,
    )

    def kept(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = container.get(key)
        return result

    def scoped(times: Iterable[None]) -> Any:
        result = None
        with container.enter_scope() as scope:  # transients are given by scopes only
            for _ in times:
                result = scope.get(key)
        return result

    return kept if key is Settings else scoped


def _scoped(container: Any, key: Any) -> Loop:
    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container.enter_scope() as scope:
                result = scope.get(key)
        return result

    return loop


def request() -> Loop:
    injectables = _injectables((Settings, Engine), (Session, Users, Handler))
    return _scoped(create_sync_container(injectables=injectables, concurrent_scoped_access=True), Handler)


def generators() -> Loop:
    injectables = _injectables((), (open_connection, open_transaction))
    return _scoped(create_sync_container(injectables=injectables, concurrent_scoped_access=True), Transaction)


def async_request() -> Loop:
    injectables = _injectables((), (aopen_connection, Transaction))
    container = create_async_container(injectables=injectables, concurrent_scoped_access=True)

    async def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            async with container.enter_scope() as scope:
                result = await scope.get(Transaction)
        return result

    return loop


def empty() -> Loop:
    injectables = _injectables((Settings, Engine), (Session, Users, Handler))
    container = create_sync_container(injectables=injectables, concurrent_scoped_access=True)

    def loop(times: Iterable[None]) -> Any:
        result: Any = None
        for _ in times:
            with container.enter_scope() as scope:
                result = scope
        return result

    return loop


def injected() -> Loop:
    injectables = _injectables((Settings, Engine), (Session, Users, Handler))
    container = create_sync_container(injectables=injectables, concurrent_scoped_access=True)

    def handled(
        order: str, handler: Injected[Handler], session: Injected[Session], settings: Injected[Settings]
    ) -> tuple[Any, ...]:
        return order, handler, session, settings

    handle: Any = inject_from_container(container)(handled)

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
    GENERATORS.name: generators,
    ASYNC.name: async_request,
    EMPTY.name: empty,
    INJECTED.name: injected,
    THREADS.name: lambda: in_threads(request()),
}
