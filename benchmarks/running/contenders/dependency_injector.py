"""dependency-injector, with its thread-safe singletons. It has no scopes."""

from collections.abc import Callable, Iterable
from typing import Any

from dependency_injector import containers, providers

from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import CHAIN, SINGLETON, TRANSIENT, WIDE
from benchmarks.running.things import LINKS, Branch, Clock, Engine, Leaf, Plain, Settings, Tree


def _chain() -> Any:
    provider: Any = providers.Factory(LINKS[0])
    for link in LINKS[1:]:
        provider = providers.Factory(link, provider)
    return provider


class Everything(containers.DeclarativeContainer):
    settings = providers.ThreadSafeSingleton(Settings)
    engine = providers.ThreadSafeSingleton(Engine, settings)
    clock = providers.ThreadSafeSingleton(Clock)
    plain = providers.Factory(Plain)
    chain = _chain()
    leaf = providers.Factory(Leaf, settings, engine, clock)
    branch = providers.Factory(Branch, leaf, leaf, leaf, leaf)
    tree = providers.Factory(Tree, branch, branch, branch, branch)


def _resolving(provider: Any) -> Loop:
    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = provider()
        return result

    return loop


LOOPS: dict[str, Callable[[], Loop]] = {
    SINGLETON.name: lambda: _resolving(Everything().settings),
    TRANSIENT.name: lambda: _resolving(Everything().plain),
    CHAIN.name: lambda: _resolving(Everything().chain),
    WIDE.name: lambda: _resolving(Everything().tree),
}
