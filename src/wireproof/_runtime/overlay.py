"""Overrides: sources that take the place of others in a container, for the length of a ``with`` block.

An override is a layer over the program of a container. It has a graph and code of its own, for what is replaced and
for what needs that; everything else it takes from the layer below, so that those instances stay the same objects. Each
scope object of the container has, once something is resolved from it, an object of the override that lies over it and
keeps what the override built there. While the override is in force, the tables of the container's classes lead here;
at its end they lead back, so that a scope which was open all along sees its own instances again.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

from wireproof._collect.read import read_sources
from wireproof._collect.recipe import scope_line
from wireproof._emit.classes import table_name
from wireproof._inspect.keys import Key
from wireproof._model.checks.every import check_all
from wireproof._model.extending import next_argument, without
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof._plan.overlay import Affected, OverlayPlanner
from wireproof._plan.plans import Below
from wireproof._runtime.cleanup import Exit, aunwind, unwind
from wireproof._runtime.compiler import Compiler, Resolver
from wireproof._runtime.layer import Layer
from wireproof._runtime.program import Program
from wireproof._runtime.scope import NO_ANSWERS, State, refuse_building
from wireproof.errors import AsyncCleanupError, GraphError
from wireproof.marks import replacing


class Overlay(Layer):
    """The layer of one override.

    Args:
        program: the program of the container.
        below: the layer below: the program itself, or an override that is in force already.
        graph: the graph with the replacements, without problems.
    """

    def __init__(self, program: Program, below: Layer, graph: Graph[Key]) -> None:
        """Compile nothing yet."""
        self._below = below
        self._program = program
        planner = OverlayPlanner(
            graph,
            program.root,
            program.lock_mode,
            Affected(graph, below.graph),
            counted=program.counters is not None,
            gil=program.gil,
        )
        compiler = Compiler(
            planner,
            program.helpers,
            open_ended=graph.is_open_ended(),
            gil=program.gil,
            from_below=self._from_below,
        )
        super().__init__(graph, compiler)
        self._classes: dict[Frame, type[Any]] = {}
        self._objects: dict[Any, Any] = {}
        self._state = State.OPEN

    def object_for(self, scope: Any) -> Any:
        """Return the object that lies over a scope object of the container."""
        with self._lock:
            return self._objects[scope] if scope in self._objects else self._new_object(scope)

    def exits(self, scope: Any) -> list[Exit]:
        """Return the finalizers of what was built for a scope."""
        found = self._objects.get(scope)
        return [] if found is None else list(found._exits)

    def take_exits(self, scope: Any) -> list[Exit]:
        """Return the finalizers of what was built for a scope that is being closed; nothing is built for it any more.

        As when a scope is closed, the state is changed first, so that what is registered too late can be told.
        """
        found = self._objects.get(scope)
        if found is None:
            return []
        found._state = State.CLOSING
        exits: list[Exit] = found._exits
        return [exits.pop(0) for _ in range(len(exits))]

    def forget(self, scope: Any) -> None:
        """Drop what was built for a scope that is closed now."""
        with self._lock:
            found = self._objects.pop(scope, None)
        if found is not None:
            found._state = State.CLOSED
            self._compiler.forget(found)

    def take_all_exits(self) -> list[Exit]:
        """Return the finalizers of all that was built, those of outer scopes first; nothing is built any more."""
        self._state = State.CLOSING
        with self._lock:
            scopes = list(self._objects)
        exits = [(_depth(scope, entry), entry) for scope in scopes for entry in self.take_exits(scope)]
        exits.sort(key=itemgetter(0))
        depth = len(self._program.root.held) - 1
        return [(finalizer._replace(depth=depth), subject) for _, (finalizer, subject) in exits]

    def forget_all(self) -> None:
        """Drop all that was built."""
        for scope in list(self._objects):
            self.forget(scope)

    def given(self, scope: Any) -> dict[Key, object]:
        """Return the context values that a scope was given, those that only the layers below know of as well."""
        return self._below.given(scope) | super().given(scope)

    def lifted(self, function: Resolver) -> Resolver:
        """Return a function that takes scope objects of the container, and calls one with what lies over them."""
        return lambda scope: function(self.object_for(scope))

    def _from_below(self, value: Below, awaiting: bool) -> Resolver:  # noqa: FBT001  # as the compiler calls it
        return self._below.function(value.binding, value.frame, awaiting=awaiting)

    def class_of(self, frame: Frame) -> Any:
        """Return the class of the objects that lie over scope objects of a frame."""
        if frame not in self._classes:
            compiler = self._compiler
            # Nobody resolves from these objects but through the container's.
            compiler.module.namespace[table_name(frame)] = NO_ANSWERS
            is_root = frame.parent is None
            self._classes[frame] = compiler.root_class(frame) if is_root else compiler.scope_class(frame)
            self._classes[frame]._program = self._program
        return self._classes[frame]

    def _new_object(self, scope: Any) -> Any:
        cls = self.class_of(scope._frame)
        new: Any = cls.__new__(cls)
        if scope._parent is None:
            new._parent, new._exits = None, list(self._compiler.exits_of_values(scope._frame))
        else:
            new.__init__(self.object_for(scope._parent))
        new._state = scope._state if self._state is State.OPEN else self._state
        new._below, new._handle = self._below.object_for(scope), scope
        self._objects[scope] = new
        self.give(scope, scope._frame, self._below.given(scope))
        return new


def _depth(scope: Any, entry: Exit) -> int:
    return len(scope_line(scope._frame.held[entry[0].depth]))


class Override:
    """A context manager, sync and async, for the time in which sources take the place of others.

    Raises:
        GraphError: on entering, if the wiring with the replacements cannot work, or they replace nothing.
        ScopeClosedError: on entering, if the container is closed.
        RuntimeError: on entering, if it is in force already; on leaving, if it is not.
        AsyncCleanupError: on leaving without ``await``, if there is asynchronous cleanup. All is restored then, and
            the container's ``aclose`` runs that cleanup.
        CleanupError: on leaving, if finalizers of what was built fail; all is restored then.
    """

    def __init__(self, root: Any, sources: Iterable[Any]) -> None:
        """Keep what is needed to enter."""
        self._root = root
        self._program: Program = root._program
        self._sources = list(sources)
        self._overlay: Overlay | None = None

    def __enter__(self) -> Self:
        """Put the replacements in force."""
        if self._overlay is not None:
            message = "the override has been entered already"
            raise RuntimeError(message)
        if self._root._state is not State.OPEN:
            refuse_building(self._root)
        below = self._program.top
        first = next_argument(below.graph.bindings)
        replacements = read_sources(map(replacing, self._sources), self._program.root.scope, first)
        kept = without(below.graph.bindings, replacements)
        graph = Graph([*kept, *replacements], below.graph.keys, previous=below.graph)
        if problems := check_all(graph):
            raise GraphError(problems, graph.keys)
        self._overlay = Overlay(self._program, below, graph)
        self._overlay.object_for(self._root)
        self._program.put([*self._program.overrides, self._overlay])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Restore what was there, and close what was built."""
        with self._restoring() as exits:
            if any(finalizer.asynchronous for finalizer, _ in exits):
                self._root._exits += exits
                message = "the override has asynchronous cleanup pending; use async with, or aclose() of the container"
                if error is None:
                    raise AsyncCleanupError(message)
                error.add_note(message)
            else:
                unwind(exits, error)

    async def __aenter__(self) -> Self:
        """Put the replacements in force."""
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Restore what was there, and close what was built, awaiting."""
        with self._restoring() as exits:
            await aunwind(exits, error)

    @contextmanager
    def _restoring(self) -> Generator[list[Exit]]:
        """Give what is to be cleaned up, which may still read what was built, and restore what was there after it."""
        overlay = self._overlay
        if overlay is None:
            message = "an override is left that was not entered"
            raise RuntimeError(message)
        try:
            yield overlay.take_all_exits()
        finally:
            self._overlay = None
            self._program.put([layer for layer in self._program.overrides if layer is not overlay])
            overlay.forget_all()
