"""rodi, which has no locks: two threads may build two of what should be one."""

from collections.abc import Callable, Iterable
from typing import Any

from rodi import Container

from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import CHAIN, EMPTY, REQUEST, SINGLETON, THREADS, TRANSIENT, WIDE
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
    Tree,
    Users,
)
from benchmarks.running.threads import in_threads


def _resolving(key: type) -> Loop:
    container = Container()
    for one in (Settings, Engine, Clock):
        container.add_singleton(one)
    for one in (Plain, *LINKS, Leaf, Branch, Tree):
        container.add_transient(one)
    services = container.build_provider()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = services.get(key)
        return result

    return loop


def _requests() -> Any:
    container = Container()
    for one in (Settings, Engine):
        container.add_singleton(one)
    for one in (Session, Users, Handler):
        container.add_scoped(one)
    return container.build_provider()


def request() -> Loop:
    services = _requests()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with services.create_scope() as scope:
                result = services.get(Handler, scope)
        return result

    return loop


def empty() -> Loop:
    services = _requests()

    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            with services.create_scope() as scope:
                result = scope
        return result

    return loop


LOOPS: dict[str, Callable[[], Loop]] = {
    SINGLETON.name: lambda: _resolving(Settings),
    TRANSIENT.name: lambda: _resolving(Plain),
    CHAIN.name: lambda: _resolving(Link8),
    WIDE.name: lambda: _resolving(Tree),
    REQUEST.name: request,
    EMPTY.name: empty,
    THREADS.name: lambda: in_threads(request()),
}
