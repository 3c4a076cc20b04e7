"""that-depends; its singletons have locks.

Of two generators that were entered for a scope it leaves the first one first, which the check refuses.
"""

from collections.abc import Callable, Iterable
from typing import Any

from that_depends import BaseContainer, providers

from benchmarks.running.harness import Loop
from benchmarks.running.scenarios import CHAIN, SINGLETON, TRANSIENT, WIDE
from benchmarks.running.things import (
    LINKS,
    Branch,
    Clock,
    Engine,
    Leaf,
    Plain,
    Settings,
    Tree,
)


def _chain() -> Any:
    provider: Any = providers.Factory(LINKS[0])
    for link in LINKS[1:]:
        provider = providers.Factory(link, provider)
    return provider


class Everything(BaseContainer):
    settings = providers.Singleton(Settings)
    engine = providers.Singleton(Engine, settings.cast)
    clock = providers.Singleton(Clock)
    plain = providers.Factory(Plain)
    chain = _chain()
    leaf = providers.Factory(Leaf, settings.cast, engine.cast, clock.cast)
    branch = providers.Factory(Branch, leaf.cast, leaf.cast, leaf.cast, leaf.cast)
    tree = providers.Factory(Tree, branch.cast, branch.cast, branch.cast, branch.cast)


def _resolving(provider: Any) -> Loop:
    def loop(times: Iterable[None]) -> Any:
        result = None
        for _ in times:
            result = provider.resolve_sync()
        return result

    return loop


LOOPS: dict[str, Callable[[], Loop]] = {
    SINGLETON.name: lambda: _resolving(Everything.settings),
    TRANSIENT.name: lambda: _resolving(Everything.plain),
    CHAIN.name: lambda: _resolving(Everything.chain),
    WIDE.name: lambda: _resolving(Everything.tree),
}
