"""Context values: what scopes are given when they are opened."""

from collections.abc import Collection, Mapping
from typing import Any, cast

from wireproof._collect.recipe import scope_class
from wireproof._inspect.keys import Key, check_key, key_name
from wireproof._model.binding import Binding, Kind
from wireproof._model.graph import Graph
from wireproof.errors import ContextValueError
from wireproof.scopes import BaseScope


def check_context(context: object) -> Mapping[Any, object]:
    """Return the context values if they are a mapping.

    Raises:
        TypeError: if they are not.
    """
    if not isinstance(context, Mapping):
        message = f"context={context!r}: must be a mapping from types to values, for example {{Request: request}}"
        raise TypeError(message)
    return cast("Mapping[Any, object]", context)


def declared(graph: Graph[Key], opened: Collection[type[BaseScope]], key: object, value: object) -> Binding[Key]:
    """Return the declaration of a context value.

    Args:
        graph: where it has to be declared, by this very key and not by an alias of it.
        opened: the scopes that are being opened; it has to be a value of one of them.
        key: what it is given for.
        value: the value; it has to be of the key's class.

    Raises:
        TypeError: if the key is no type.
        ContextValueError: if one of this does not hold.
    """
    known = check_key("context", key)
    binding = graph.registry.winner(known)
    if binding is None or binding.kind is not Kind.CONTEXT or binding.scope is None:
        message = f"nobody declares {key_name(known)} as a context value: bind({key_name(known)}).from_context()"
        raise ContextValueError(message, known)
    if scope_class(binding.scope) not in opened:
        names = ", ".join(scope.__name__ for scope in opened)
        message = f"{key_name(known)} is a context value of {binding.scope.name}, and what is opened is {names}"
        raise ContextValueError(message, known)
    if graph.keys.assignable(value.__class__, known) is False:
        message = f"the context value for {key_name(known)} is of type {key_name(value.__class__)}"
        raise ContextValueError(message, known)
    return binding
