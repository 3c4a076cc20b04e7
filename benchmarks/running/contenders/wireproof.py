"""wireproof, as it is without any settings."""

from collections.abc import Callable, Iterable
from typing import Any

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
from wireproof import INJECTED as FILLED
from wireproof import Container, Injected, Lifetime, Scope, provide, provide_all


def _resolving(container: Container[Any, Any], key: type) -> Loop:
    def loop(times: Iterable[None]) -> Any:
        result: Any = None
        for _ in times:
            result = container.resolve(key)
        return result

    return loop


def _transients() -> Container[Any, Any]:
    transients = (Plain, *LINKS, Leaf, Branch, Tree)
    return Container(provide_all(*transients, lifetime=Lifetime.TRANSIENT), provide_all(Settings, Engine, Clock))


def _requests() -> Container[Any, Any]:
    return Container(provide_all(Settings, Engine), provide_all(Session, Users, Handler, scope=Scope.REQUEST))


def request() -> Loop:
    container = _requests()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container.enter_scope(Scope.REQUEST) as scope:
                result = scope.resolve(Handler)
        return result

    return loop


def generators() -> Loop:
    container: Container[Any, Any] = Container(
        provide(open_connection, scope=Scope.REQUEST), provide(open_transaction, scope=Scope.REQUEST)
    )

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container.enter_scope(Scope.REQUEST) as scope:
                result = scope.resolve(Transaction)
        return result

    return loop


def async_request() -> Loop:
    container: Container[Any, Any] = Container(
        provide(aopen_connection, scope=Scope.REQUEST), provide(Transaction, scope=Scope.REQUEST)
    )

    async def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            async with container.enter_scope(Scope.REQUEST) as scope:
                result = await scope.aresolve(Transaction)
        return result

    return loop


def empty() -> Loop:
    container = _requests()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container.enter_scope(Scope.REQUEST) as scope:
                result = scope
        return result

    return loop


def nested() -> Loop:
    container: Container[Any, Any] = Container(
        provide_all(Settings, Engine), provide(Account, scope=Scope.SESSION), provide(Page, scope=Scope.REQUEST)
    )

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container.enter_scope(Scope.SESSION) as session, session.enter_scope(Scope.REQUEST) as scope:
                result = scope.resolve(Page)
        return result

    return loop


def injected() -> Loop:
    @_requests().inject(scope=Scope.REQUEST)
    def handle(
        order: str,
        handler: Injected[Handler] = FILLED,
        session: Injected[Session] = FILLED,
        settings: Injected[Settings] = FILLED,
    ) -> tuple[Any, ...]:
        return order, handler, session, settings

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = handle("order")
        return result

    return loop


LOOPS: dict[str, Callable[[], Loop]] = {
    SINGLETON.name: lambda: _resolving(_transients(), Settings),
    TRANSIENT.name: lambda: _resolving(_transients(), Plain),
    CHAIN.name: lambda: _resolving(_transients(), Link8),
    WIDE.name: lambda: _resolving(_transients(), Tree),
    REQUEST.name: request,
    GENERATORS.name: generators,
    ASYNC.name: async_request,
    EMPTY.name: empty,
    NESTED.name: nested,
    INJECTED.name: injected,
    THREADS.name: lambda: in_threads(request()),
}
