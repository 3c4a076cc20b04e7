"""The graph of a container as data, for plots and tools."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from wireproof._collect.recipe import scope_path
from wireproof._inspect.keys import check_key
from wireproof._model.binding import Binding
from wireproof._model.checks.unused import unused
from wireproof._model.graph import Graph
from wireproof._model.tree import tree
from wireproof.scopes import BaseScope


class Node(NamedTuple):
    """One registration, or a class that is built without one."""

    key: Any
    """What it provides; for a requirement, what it requires."""

    kind: str
    """``factory``, ``instance``, ``alias``, ``context``, ``requirement``, ``contribution``, ``decoration``, …"""

    scope: type[BaseScope] | None
    """The scope in which the instance lives; None for what gives no instance."""

    name: str
    """Who builds it, as messages say it: ``Database.engine``."""

    definition: str
    """Where it is registered: ``shop.wiring.Database.engine``."""

    number: int
    """Its place in `ContainerGraph.nodes`, which tells apart two that are alike."""


class Edge(NamedTuple):
    """Something that is needed."""

    consumer: Node
    parameter: str
    """The name of the parameter that is filled; empty if there is none, as for an alias."""

    provider: Node
    later: bool
    """Whether it is not needed to build the consumer, as for a ``Callable[[], T]``."""


class ContainerGraph:
    """What a container consists of, and what needs what. It is read-only, and a picture of the moment it is asked for.

    As a string, it is the tree that `wireproof.reveal_graph` prints.

    Example:
        >>> for edge in container.graph.edges:
        ...     print(edge.consumer.name, "->", edge.provider.name)
    """

    __slots__ = ("_graph", "_nodes", "_scope", "code")

    code: str
    """The Python source that has been generated for the container so far: the code that builds and keeps instances."""

    def __init__(self, graph: Graph[Any], scope: type[BaseScope], code: str) -> None:
        """Number the bindings that take part: what was replaced by others is not among them."""
        self.code = code
        self._graph = graph
        self._scope = scope
        self._nodes = {binding: self._node(binding, number) for number, binding in enumerate(graph.live())}

    @property
    def nodes(self) -> tuple[Node, ...]:
        """What was registered, in that order, then the classes that are built without a registration."""
        return tuple(self._nodes.values())

    @property
    def edges(self) -> tuple[Edge, ...]:
        """What each node needs, in the order of the nodes and their parameters.

        Behind a ``Callable[[], T]``, a ``T | None`` or a ``Sequence[T]`` is what provides ``T``.
        """
        return tuple(edge for binding in self._nodes for edge in self._edges(binding))

    def unused(self, *entry_points: Any) -> tuple[Node, ...]:
        """Return what no requirement needs, neither itself nor through others: what mypy calls ``wire-unused``.

        Args:
            entry_points: keys that are asked for besides those that are required; each stands for what provides it
                and for what contributes to it.

        Returns:
            The nodes; none if there is neither a requirement nor an entry point, for then all may be asked for.

        Raises:
            TypeError: if an entry point is not a type.

        Example:
            >>> container.graph.unused(PlaceOrder)
            ()
        """
        keys = [check_key("unused", key) for key in entry_points]
        return tuple(self._nodes[binding] for binding in unused(self._graph, keys))

    def __str__(self) -> str:
        """Return a tree of one line for each dependency."""
        return "\n".join(tree(self._graph, scope_path(self._scope)))

    def _node(self, binding: Binding[Any], number: int) -> Node:
        path = self._graph.scope(binding)
        scope: Any = None if path is None else path.line[-1]
        origin = binding.origin
        return Node(binding.key, binding.kind.value, scope, origin.name, origin.definition, number)

    def _edges(self, binding: Binding[Any]) -> Iterator[Edge]:
        for demand in self._graph.demands(binding):
            if demand.provider is not None:
                parameter = demand.parameter.name
                yield Edge(self._nodes[binding], parameter, self._nodes[demand.provider], demand.lazy)
