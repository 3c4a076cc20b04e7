"""What a container is before it is first used: bindings and settings, from which its program is made then."""

from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any, NamedTuple

from wireproof._collect.keys import Keys
from wireproof._collect.read import read_sources
from wireproof._collect.recipe import scope_path
from wireproof._inspect.keys import Key
from wireproof._model.binding import Binding
from wireproof._model.checks.every import check_all
from wireproof._model.extending import next_argument, passes_on, without
from wireproof._model.graph import Graph
from wireproof._runtime.context import declared
from wireproof._runtime.program import Program
from wireproof._runtime.scope import ScopeObject
from wireproof.errors import ContainerFrozenError, GraphError
from wireproof.lifetimes import LockMode
from wireproof.scopes import BaseScope


class Settings(NamedTuple):
    """What a container is told beside its sources."""

    start_scope: type[BaseScope]
    context: Mapping[Any, object]
    lock_mode: LockMode
    stats: bool
    container: type[Any]
    """The class of the container."""


class Draft:
    """The bindings of a container, which may grow until its program is made.

    Args:
        settings: all but the sources.
        bindings: what is there already, for a container that extends another.
    """

    def __init__(self, settings: Settings, bindings: Iterable[Binding[Key]] = ()) -> None:
        """Start with what is there."""
        self.settings = settings
        self.bindings = list(bindings)
        self._arguments = next_argument(self.bindings)
        self.program: Program | None = None
        self._graph: Graph[Key] | None = None
        self._checked: Graph[Key] | None = None
        self.lock = Lock()

    def add(self, sources: Iterable[object]) -> None:
        """Add sources.

        Raises:
            ContainerFrozenError: if the container has been used; nothing is changed then.
        """
        with self.lock:
            if self.program is not None:
                raise ContainerFrozenError
            more = tuple(sources)
            self.bindings += read_sources(more, self.settings.start_scope, self._arguments)
            self._arguments += len(more)
            self._graph = None

    def graph(self) -> Graph[Key]:
        """Return the graph as it is now, unchecked."""
        if self._graph is None:
            classes = self.settings.container.__mro__
            containers = [cls for cls in classes if issubclass(cls, ScopeObject) and cls is not ScopeObject]
            self._graph = Graph(self.bindings, Keys(containers))
        return self._graph

    def check(self) -> Graph[Key]:
        """Return the graph if the wiring can work, with the context values that there are.

        Raises:
            GraphError: if it cannot.
            ContextValueError: if a value is given that nobody declares, or that has another type than is declared.
        """
        graph = self.graph()
        if self._checked is graph:
            return graph
        if problems := check_all(graph):
            raise GraphError(problems, graph.keys)
        for key, value in self.settings.context.items():
            declared(graph, self.settings.start_scope, None, key, value)
        self._checked = graph
        return graph

    def start(self) -> Program:
        """Make the program, once; from then on the bindings are frozen. Raises as `check`."""
        with self.lock:
            if self.program is None:
                settings = self.settings
                self.program = Program(
                    self.check(), settings.start_scope, settings.lock_mode, settings.container, stats=settings.stats
                )
            return self.program

    def extended(
        self, sources: Iterable[object], start_scope: type[BaseScope], context: Mapping[Key, object]
    ) -> "Draft":
        """Return a draft with more sources, which take precedence over what is there.

        Args:
            sources: what they provide is left out of the old bindings.
            start_scope: where the new container starts.
            context: values for it; those that it does not declare for where it starts are left out.
        """
        more = read_sources(sources, start_scope, self._arguments)
        bindings = [*without(self.bindings, more), *more]
        start = scope_path(start_scope)
        values = {key: value for key, value in context.items() if passes_on(bindings, key, start)}
        return Draft(self.settings._replace(start_scope=start_scope, context=values), bindings)
