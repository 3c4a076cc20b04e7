"""Context values: what scopes are given when they are opened."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast

from wireproof._collect.recipe import scope_path
from wireproof._inspect.keys import Key, check_key
from wireproof._model.checks.context import at_entering
from wireproof._model.graph import Graph
from wireproof.errors import ContextValueError
from wireproof.scopes import BaseScope

NO_CONTEXT: Mapping[Any, object] = MappingProxyType({})
"""What ``context=`` is where it is left out."""


def check_context(context: object) -> Mapping[Any, object]:
    """Return the context values if they are a mapping.

    Raises:
        TypeError: if they are not.
    """
    if not isinstance(context, Mapping):
        message = f"context={context!r}: must be a mapping from types to values, for example {{Request: request}}"
        raise TypeError(message)
    return cast("Mapping[Any, object]", context)


def declared(
    graph: Graph[Key], scope: type[BaseScope], outer: type[BaseScope] | None, key: object, value: object
) -> Key:
    """Return the key of a context value that is declared.

    Args:
        graph: where it has to be declared.
        scope: the scope that is being opened.
        outer: the scope in which it is opened; None for a container.
        key: what it is given for.
        value: the value.

    Raises:
        TypeError: if the key is no type.
        ContextValueError: if it is not declared, or for another scope, or the value is not of the key's class.
    """
    known = check_key("context", key)
    around = None if outer is None else scope_path(outer)
    for problem in at_entering(graph, known, value.__class__, scope_path(scope), around):
        raise ContextValueError(problem, graph.keys)
    return known
