"""Plans of an override: only what is replaced, and what needs that, is built anew; all else is taken from below."""

from wireproof._inspect.keys import Key
from wireproof._model.binding import DERIVED, Binding
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof._plan.planner import Planner
from wireproof._plan.plans import Below, Value
from wireproof.lifetimes import LockMode


def affected(graph: Graph[Key], below: Graph[Key]) -> set[Binding[Key]]:
    """Return the bindings of a graph that build something else than in the one below, or need such a binding.

    What is only resolved later counts as well, and so does a collection that has other members.
    """
    known = set(below.live())
    waiting = [binding for binding in graph.live() if binding not in known or not _same_demands(binding, graph, below)]
    found = set(waiting)
    while waiting:
        for dependent, _ in graph.dependents(waiting.pop()):
            if dependent not in found:
                found.add(dependent)
                waiting.append(dependent)
    return found


def _same_demands(binding: Binding[Key], graph: Graph[Key], below: Graph[Key]) -> bool:
    now = [demand.provider for demand in graph.demands(binding)]
    return now == [demand.provider for demand in below.demands(binding)]


class OverlayPlanner(Planner):
    """Plans what is affected by an override.

    Args:
        graph: the graph with the replacements.
        root: the frame of the container.
        lock_mode: as for `Planner`.
        changed: the affected bindings.
        counted: as for `Planner`.
    """

    def __init__(
        self,
        graph: Graph[Key],
        root: Frame,
        lock_mode: LockMode,
        changed: set[Binding[Key]],
        *,
        counted: bool,
    ) -> None:
        """Start without plans."""
        super().__init__(graph, root, lock_mode, counted=counted)
        self._changed = changed
        self._registered = [binding for binding in self._registered if binding in changed]
        self._slotted = set(self._registered)

    def value(self, binding: Binding[Key], frame: Frame) -> Value:
        """Return how code gets at what a binding provides: here if it is affected, else below."""
        target = self._graph.target(binding)
        if binding.kind in DERIVED or target is None or target in self._changed:
            return super().value(binding, frame)
        return Below(target, frame)
