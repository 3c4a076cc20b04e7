"""Whether what is asked of a container can be answered: the checks of the model, as exceptions."""

from typing import NoReturn

from wireproof._collect.recipe import scope_path
from wireproof._inspect.keys import Key, check_key
from wireproof._model.binding import Binding
from wireproof._model.checks import asynchronous, missing, on_demand, scope
from wireproof._model.graph import Graph
from wireproof._model.problems import Code
from wireproof._plan.frames import Frame
from wireproof.errors import AsyncResolutionError, GraphError, NoProviderError, OutOfScopeError


def asked(graph: Graph[Key], where: str, frame: Frame, key: object) -> Binding[Key]:
    """Return the binding that serves a key for scope objects of ``frame``.

    Raises:
        TypeError: if the key is not a type.
        NoProviderError: if nothing provides it.
        OutOfScopeError: if it lives in a scope that is not open there.
        GraphError: if nobody has registered or needed it so far, and its wiring cannot work.
    """
    known = check_key(where, key)
    for problem in missing.at_resolve(graph, known):
        raise NoProviderError(problem, graph.keys)
    for problem in scope.at_resolve(graph, known, scope_path(frame.scope)):
        raise OutOfScopeError(problem, graph.keys)
    binding = graph.provider(known)
    if binding is None:
        raise AssertionError(known)
    _check_on_demand(graph, known)
    return binding


def _check_on_demand(graph: Graph[Key], key: Key) -> None:
    problems = list(on_demand.at_resolve(graph, key))
    for problem in problems:
        if problem.code is Code.MISSING:
            raise NoProviderError(problem, graph.keys)
    if problems:
        raise GraphError(problems, graph.keys)


def needs_await(graph: Graph[Key], binding: Binding[Key]) -> bool:
    """Whether building what the binding provides awaits anything."""
    return graph.needs_await(binding) is not None


def refuse_sync(graph: Graph[Key], key: Key, _: object) -> NoReturn:
    """Say what would be awaited.

    Raises:
        AsyncResolutionError: always.
    """
    raise AsyncResolutionError(next(asynchronous.at_resolve(graph, key)), graph.keys)
