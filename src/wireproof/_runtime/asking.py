"""Whether what is asked of a container can be answered: the checks of the model, as exceptions."""

from typing import NoReturn

from wireproof._collect.recipe import scope_path
from wireproof._inspect.keys import Key, check_key
from wireproof._model.binding import Binding
from wireproof._model.checks import asynchronous, missing, scope
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof.errors import AsyncResolutionError, NoProviderError, OutOfScopeError


def asked(graph: Graph[Key], where: str, frame: Frame, key: object) -> Binding[Key]:
    """Return the binding that serves a key for scope objects of ``frame``.

    Raises:
        TypeError: if the key is not a type.
        NoProviderError: if nothing provides it.
        OutOfScopeError: if it lives in a scope that is not open there.
    """
    known = check_key(where, key)
    for problem in missing.at_resolve(graph, known):
        raise NoProviderError(problem, graph.keys)
    for problem in scope.at_resolve(graph, known, scope_path(frame.scope)):
        raise OutOfScopeError(problem, graph.keys)
    binding = graph.provider(known)
    if binding is None:
        raise AssertionError(known)
    return binding


def needs_await(graph: Graph[Key], binding: Binding[Key]) -> bool:
    """Whether building what the binding provides awaits anything."""
    return graph.needs_await(binding) is not None


def refuse_sync(graph: Graph[Key], key: Key, _: object) -> NoReturn:
    """Say what would be awaited.

    Raises:
        AsyncResolutionError: always.
    """
    raise AsyncResolutionError(next(asynchronous.at_resolve(graph, key)), graph.keys)
