"""Plans of an override: only what is replaced, and what needs that, is built anew; all else is taken from below."""

from collections.abc import Iterator

from wireproof._inspect.keys import Key
from wireproof._model.binding import DERIVED, Binding
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof._plan.planner import Planner
from wireproof._plan.plans import Below, Value
from wireproof.lifetimes import LockMode


class Affected:
    """The bindings of a graph that build something else than in the one below, or need such a binding.

    What is only resolved later counts as well, and so does a collection that has other members.

    Args:
        graph: the graph with the replacements.
        below: the graph that it is a variation of.
    """

    def __init__(self, graph: Graph[Key], below: Graph[Key]) -> None:
        """Find those that are known from the start."""
        self._graph, self._below = graph, below
        self._known = dict.fromkeys(graph.live(), False)
        before = set(below.live())
        waiting = [one for one in graph.live() if one not in before or not self._same_demands(one)]
        self._known.update(dict.fromkeys(waiting, True))
        while waiting:
            for dependent, _ in graph.dependents(waiting.pop()):
                if not self._known[dependent]:
                    self._known[dependent] = True
                    waiting.append(dependent)

    def __contains__(self, binding: Binding[Key]) -> bool:
        """Whether a binding is affected, also one that nobody registered and that was made only now."""
        if binding not in self._known:
            self._known[binding] = any(map(self._is_changed, self._reached(binding)))
        return self._known[binding]

    def _is_changed(self, binding: Binding[Key]) -> bool:
        """Whether it builds something else than below; one that nobody registered may be made from another one here."""
        if binding in self._known:
            return self._known[binding]
        return binding != self._below.provider(binding.key) or not self._same_demands(binding)

    def _same_demands(self, binding: Binding[Key]) -> bool:
        now = [demand.provider for demand in self._graph.demands(binding)]
        return now == [demand.provider for demand in self._below.demands(binding)]

    def _reached(self, binding: Binding[Key]) -> Iterator[Binding[Key]]:
        """Yield a binding and all that it needs, directly or not."""
        waiting, seen = [binding], {binding}
        while waiting:
            current = waiting.pop()
            yield current
            for demand in self._graph.demands(current):
                if demand.provider is not None and demand.provider not in seen:
                    seen.add(demand.provider)
                    waiting.append(demand.provider)


class OverlayPlanner(Planner):
    """Plans what is affected by an override.

    Args:
        graph: the graph with the replacements.
        root: the frame of the container.
        lock_mode: as for `Planner`.
        changed: the affected bindings.
        counted: as for `Planner`.
        gil: as for `Planner`.
    """

    def __init__(
        self,
        graph: Graph[Key],
        root: Frame,
        lock_mode: LockMode,
        changed: Affected,
        *,
        counted: bool,
        gil: bool,
    ) -> None:
        """Start without plans."""
        super().__init__(graph, root, lock_mode, counted=counted, gil=gil)
        self._changed = changed
        self._registered = [binding for binding in self._registered if binding in changed]
        self._slotted = set(self._registered)

    def _value(self, binding: Binding[Key], frame: Frame) -> Value:
        """Return how code gets at what a binding provides: here if it is affected, else below."""
        target = self._graph.target(binding)
        if target is None or target.kind in DERIVED or target in self._changed:
            return super()._value(binding, frame)
        return Below(target, frame)
