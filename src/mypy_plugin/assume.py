"""Requirements as providers: in the type of a container, a source that requires a key promises it to those who ask.

So does what says that a context value was given.
"""

from collections.abc import Iterable, Iterator

from wireproof._model.alternatives import Condition
from wireproof._model.binding import Binding, Kind, replace
from wireproof._model.graph import Graph
from wireproof._model.registry import Registry
from wireproof._model.scope_path import ScopePath

from .keys import TypeKey


def assumed(graph: Graph[TypeKey]) -> Iterator[Binding[TypeKey]]:
    """Yield a binding for each key that is required and not always provided by the same sources, in whatever form."""
    required: dict[tuple[TypeKey, Condition], list[Binding[TypeKey]]] = {}
    for binding in graph.bindings:
        if binding.kind is Kind.REQUIREMENT and binding.key is not None:
            required.setdefault((binding.key, binding.condition), []).append(binding)
    for (key, condition), requirements in required.items():
        if any(demand.provider is None for demand in graph.demands_of_key(key, condition)):
            yield _promise(requirements)


def _promise(requirements: list[Binding[TypeKey]]) -> Binding[TypeKey]:
    """Return what all requirements of one key together promise: the widest scope, and await only if all expect it."""
    scopes = [requirement.scope for requirement in requirements]
    return replace(
        requirements[0],
        kind=Kind.PROMISE,
        scope=min((scope for scope in scopes if scope is not None), key=_depth) if None not in scopes else None,
        parameters=(),
        asynchronous=all(requirement.awaited for requirement in requirements),
    )


def declared_elsewhere(bindings: Iterable[Binding[TypeKey]], given: Iterable[TypeKey]) -> Iterator[Binding[TypeKey]]:
    """Yield the declarations of context values that were given, and are not declared by these sources."""
    provided = {binding.key for binding in bindings}
    for key in given:
        if key not in provided:
            yield Binding(Kind.CONTEXT, key, Registry.nowhere, None)


def _depth(scope: ScopePath) -> int:
    return len(scope.line)
