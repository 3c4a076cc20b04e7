"""wire-type: what is built is not what is bound, or not what ``on_close`` takes."""

from collections.abc import Iterator
from typing import TypeVar

from wireproof._model.binding import Binding, Origin, Parameter
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

K = TypeVar("K")


def check(graph: Graph[K]) -> Iterator[Problem[K]]:
    """Yield the bindings whose target builds something that is known not to fit their key or their ``on_close``."""
    closed_wrongly: set[Origin] = set()
    for binding in graph.live():
        if not binding.yields and not fits(graph, binding):
            yield Problem(Code.TYPE, binding.key, binding)
        built = binding.key if binding.built is None else binding.built
        closes = binding.closes
        if built is None or closes is None or binding.origin in closed_wrongly:
            continue
        if graph.keys.assignable(built, closes) is False:
            closed_wrongly.add(binding.origin)  # one source, though it may be several bindings of a generic class
            yield Problem(Code.TYPE, binding.key, binding, Parameter("on_close", closes))


def fits(graph: Graph[K], binding: Binding[K]) -> bool:
    """Whether what a binding builds may be of the type of its key; what cannot be known, may."""
    if binding.built is None or binding.key is None:
        return True
    return graph.keys.assignable(binding.built, binding.key) is not False
