"""diwire, with thread locks, and otherwise as fast as its documentation says it can be: strict, without a context.

It hands out the scope object of an earlier request again, which the check of the empty scope refuses.
"""

from collections.abc import Callable, Iterable
from typing import Any

from diwire import (
    Container,
    DependencyRegistrationPolicy,
    Injected,
    Lifetime,
    LockMode,
    MissingPolicy,
    Scope,
    resolver_context,
)

from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import (
    ASYNC,
    CHAIN,
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
    Connection,
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


def _container(
    *kept: Any, request: Iterable[Any] = (), session: Iterable[Any] = (), fresh: Iterable[Any] = (), lock: Any = None
) -> Any:
    container = Container(
        lock_mode=LockMode.THREAD if lock is None else lock,
        missing_policy=MissingPolicy.ERROR,
        dependency_registration_policy=DependencyRegistrationPolicy.IGNORE,
        use_resolver_context=False,
    )
    for one in kept:
        container.add(one, lifetime=Lifetime.SCOPED)
    for one in request:
        container.add(one, lifetime=Lifetime.SCOPED, scope=Scope.REQUEST)
    for one in session:
        container.add(one, lifetime=Lifetime.SCOPED, scope=Scope.SESSION)
    for one in fresh:
        container.add(one, lifetime=Lifetime.TRANSIENT)
    return container


def _resolving(key: type) -> Loop:
    container = _container(Settings, Engine, Clock, fresh=(Plain, *LINKS, Leaf, Branch, Tree))
    container.compile()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = container.resolve(key)
        return result

    return loop


def _scoped(container: Any, key: Any) -> Loop:
    container.compile()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container.enter_scope(Scope.REQUEST) as scope:
                result = scope.resolve(key)
        return result

    return loop


def request() -> Loop:
    return _scoped(_container(Settings, Engine, request=(Session, Users, Handler)), Handler)


def generators() -> Loop:
    container = _container()
    for one, key in ((open_connection, Connection), (open_transaction, Transaction)):
        container.add_generator(one, provides=key, scope=Scope.REQUEST, lifetime=Lifetime.SCOPED)
    return _scoped(container, Transaction)


def async_request() -> Loop:
    container = _container(request=(Transaction,), lock=LockMode.ASYNC)
    container.add_generator(aopen_connection, provides=Connection, scope=Scope.REQUEST, lifetime=Lifetime.SCOPED)
    container.compile()

    async def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            async with container.enter_scope(Scope.REQUEST) as scope:
                result = await scope.aresolve(Transaction)
        return result

    return loop


def nested() -> Loop:
    container = _container(Settings, Engine, session=(Account,), request=(Page,))
    container.compile()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with container.enter_scope(Scope.SESSION) as session, session.enter_scope(Scope.REQUEST) as scope:
                result = scope.resolve(Page)
        return result

    return loop


def injected() -> Loop:
    container = _container(Settings, Engine, request=(Session, Users, Handler))
    container.compile()

    def handled(
        order: str, handler: Injected[Handler], session: Injected[Session], settings: Injected[Settings]
    ) -> tuple[Any, ...]:
        return order, handler, session, settings

    handle: Any = resolver_context.inject(scope=Scope.REQUEST)(handled)

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = handle("order", diwire_resolver=container)
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
    NESTED.name: nested,
    INJECTED.name: injected,
    THREADS.name: lambda: in_threads(request()),
}
