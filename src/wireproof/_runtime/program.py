"""The program of a container: its graph and its code, made as they are needed, and the scopes that it opens."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from wireproof._collect.recipe import scope_line, scope_path
from wireproof._emit.classes import table_name
from wireproof._emit.module import GeneratedModule
from wireproof._inspect.keys import Key, check_key
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame, hops_to_opener, next_scopes, open_frame, root_frame
from wireproof._plan.planner import Planner
from wireproof._runtime import cleanup
from wireproof._runtime.compiler import Compiler, Resolver
from wireproof._runtime.context import NO_CONTEXT, check_context, declared
from wireproof._runtime.layer import Layer
from wireproof._runtime.lifecycle import aclose, aclose_rest, close, close_rest
from wireproof._runtime.refusals import refuse_closed
from wireproof._runtime.scope import NO_EXITS, ScopeObject, State
from wireproof._runtime.together import Keys
from wireproof.errors import ContextValueError, ScopeError
from wireproof.lifetimes import LockMode
from wireproof.scopes import BaseScope, check_scope

if TYPE_CHECKING:
    from wireproof._runtime.stats import Counters

Answer: TypeAlias = tuple[Any, Resolver | None]
"""An instance and None, or None and the function that gives one for a scope object."""

Opener: TypeAlias = Callable[[Any], Any]
"""Opens a scope, given the one that it is entered from."""


class Program(Layer):
    """Compiles the graph of one container, a class for each frame and functions for each key, on first use.

    Args:
        graph: a graph without problems.
        start_scope: where the container starts.
        lock_mode: what sources that do not say otherwise are protected against.
        base: the class of containers, from which the generated ones derive.
        stats: whether the generated code counts what it does.
        gil: whether a global interpreter lock makes single operations on scope objects atomic; as this one does.
    """

    def __init__(
        self,
        graph: Graph[Key],
        start_scope: type[BaseScope],
        lock_mode: LockMode,
        base: type[ScopeObject],
        *,
        stats: bool = False,
        gil: bool | None = None,
    ) -> None:
        """Compile nothing yet."""
        self.root = root_frame(start_scope)
        self.lock_mode = lock_mode
        self.counters = _counters() if stats else None
        self.gil = has_gil() if gil is None else gil
        self.overrides: list[Layer] = []
        """The overrides over the program that are in force; the last one resolves. Generated code looks at it."""
        self.helpers: dict[str, object] = {
            "Container": base,
            "NO_CONTEXT": NO_CONTEXT,
            "aclose": aclose,
            "aclose_rest": aclose_rest,
            "close": close,
            "close_rest": close_rest,
            "counters": self.counters,
            "overrides": self.overrides,
        }
        planner = Planner(graph, self.root, lock_mode, counted=stats, gil=self.gil)
        compiler = Compiler(planner, self.helpers, open_ended=graph.is_open_ended(), gil=self.gil)
        super().__init__(graph, compiler)
        self._classes: dict[Frame, type[Any]] = {}
        self._frames: dict[Frame, Frame] = {}
        enter: Callable[..., Any] = cast("Any", base).enter_scope
        self._enter = enter if _is_ours(base, "enter_scope") else None
        """The general ``enter_scope``, unless a class of the user's has one of its own."""

    @property
    def module(self) -> GeneratedModule:
        """The code generated so far."""
        return self._compiler.module

    @property
    def top(self) -> Layer:
        """What resolves: the last override, or the program itself."""
        return self.overrides[-1] if self.overrides else self

    def start(self, container: Any) -> None:
        """Make a container an instance of the class generated for it."""
        cls = self.class_of(self.root)
        container.__class__ = cls  # first, as the table says that the class has one for those who await
        container._resolvers = cls._tables[False]

    def answer(self, scope: Any, key: object) -> Answer:
        """Return what answers a key for a scope object, and have its table know it from now on.

        Raises:
            TypeError: if the key is not a type.
            NoProviderError: if nothing provides it.
            OutOfScopeError: if it lives in a scope that is not open there.
            ScopeClosedError: if the scope is closed.
        """
        if scope._state is State.CLOSED:
            refuse_closed(scope)
        known = check_key("resolve", key)
        with self._lock:
            if scope._state is not State.OPEN:
                return None, self.top.resolver(scope._frame, known, closing=True)
            table: dict[object, Answer] = scope._tables[False]
            if known not in table:
                self._enter_answer(table, known, scope._frame)
            with suppress(TypeError):  # Annotated with what cannot be hashed
                table[key] = table[known]
            return table[known]

    def aanswer(self, scope: Any, key: object) -> Resolver:
        """Do the same for ``aresolve``. Raises as `answer`."""
        if scope._state is State.CLOSED:
            refuse_closed(scope)
        known = check_key("aresolve", key)
        with self._lock:
            if scope._state is not State.OPEN:
                return self.top.resolver(scope._frame, known, awaiting=True, closing=True)
            table: dict[object, Resolver] = scope._tables[True]
            if known not in table:
                table[known] = self.top.resolver(scope._frame, known, awaiting=True)
            with suppress(TypeError):  # as above
                table[key] = table[known]
            return table[known]

    def _enter_answer(self, table: dict[object, Answer], key: Key, frame: Frame) -> None:
        """Enter a function into a table; or one that enters the instance in its place, if all scopes share that.

        By the time that it has an instance an override may have begun or the container may have been closed, both of
        which empty the tables. So it enters the instance only if it finds itself, under the lock under which they do.
        Whoever looks into the table takes no lock: a dictionary gives out an entry whole, or none.
        """
        resolver = self.top.resolver(frame, key)
        table[key] = None, resolver
        if self.overrides or self.counters is not None or not self.is_shared(frame, key):
            return

        def resolve(scope: Any) -> Any:
            instance = resolver(scope)
            with self._lock:
                if table.get(key) is answer:
                    table[key] = instance, None
            return instance

        answer = table[key] = None, resolve

    def answer_all(self, scope: Any, keys: Keys, *, awaiting: bool) -> Resolver:
        """Do as `answer` for several keys together, of which some may be refused when the function is called.

        Raises:
            ScopeClosedError: if the scope is closed.
        """
        if scope._state is State.CLOSED:
            refuse_closed(scope)
        one_by_one = keys.aone_by_one if awaiting else keys.one_by_one
        with self._lock:
            if scope._state is not State.OPEN:
                return one_by_one
            resolver = self.top.resolver_of_all(scope._frame, keys.keys, awaiting=awaiting) or one_by_one
            scope._tables[awaiting][keys] = resolver if awaiting else (None, resolver)
            return resolver

    def class_of(self, frame: Frame) -> type[Any]:
        """Return the class of a frame's scope objects; it is equipped with its own tables."""
        with self._lock:
            if frame not in self._classes:
                self._classes[frame] = self._new_class(frame)
            return self._classes[frame]

    def opener(self, frame: Frame, target: object) -> Opener:
        """Return how to open ``target``, or for None the next scope, from a scope object of ``frame``.

        Raises:
            TypeError: if the target is not a scope.
            ScopeError: if no scope around is a proper ancestor of it, or there is not exactly one next scope.
        """
        hops, opened = self._opened(frame, target)
        with self._lock:
            self.class_of(opened)
            openers: dict[object, Opener] = self.class_of(frame)._openers
            if target not in openers:
                openers[target] = self._compiler.opener(hops, opened)
                if self._enter is not None and len(openers) == 1:  # mostly that remains the only one
                    self.class_of(frame).enter_scope = self._compiler.entering(hops, opened, target, self._enter)
            return openers[target]

    def _opened(self, frame: Frame, target: object) -> tuple[int, Frame]:
        scope_type = _next_scope(frame) if target is None else check_scope(target, "enter_scope")
        hops = hops_to_opener(frame, scope_type)
        if hops is None:
            from wireproof._model.entering import not_enterable  # noqa: PLC0415  # not needed where all is well

            here, there, root = map(scope_path, (frame.scope, scope_type, scope_line(scope_type)[0]))
            raise ScopeError(not_enterable(here, there, root).text())
        opened = open_frame(frame.out(hops), scope_type)
        with self._lock:
            if opened not in self._frames:
                self._frames[opened] = opened.distinct(self._frames.values())
            return hops, self._frames[opened]

    def enter(self, scope: Any, target: object, context: Mapping[Any, object]) -> Any:
        """Open a scope with context values, which are checked before."""
        if scope._state is State.CLOSED:
            refuse_closed(scope)
        _, opened = self._opened(scope._frame, target)
        given = self._declared(opened, context)
        scope_object = self.opener(scope._frame, target)(scope)
        for layer, values in given:
            layer.give(scope_object, opened, values)
        return scope_object

    def put(self, overrides: list[Layer]) -> None:
        """Have the last of these overrides resolve, for every scope that is open and every one to come."""
        with self._lock:
            self.overrides[:] = overrides
            self._clear_tables()

    def _clear_tables(self) -> None:
        for cls in self._classes.values():
            for table in cls._tables:
                table.clear()

    def exits(self, scope: Any) -> list[cleanup.Exit]:
        """Return the finalizers of a scope, with those of the overrides over it."""
        own: list[cleanup.Exit] = scope._exits
        return [*own, *(entry for layer in self.overrides for entry in layer.exits(scope))] if self.overrides else own

    def take_exits(self, scope: Any) -> list[cleanup.Exit]:
        """Return the finalizers of a scope that is being closed, with those of the overrides over it."""
        over = [entry for layer in self.overrides for entry in layer.take_exits(scope)]
        if scope._exits is NO_EXITS:
            return over
        scope._exits += over  # the same list, to which somebody may be adding
        return cast("list[cleanup.Exit]", scope._exits)

    def exits_of_values(self) -> Iterator[cleanup.Exit]:
        """Return the finalizers of ready-made instances, which run also if nobody has asked for the instance."""
        return self._compiler.exits_of_values(self.root)

    def give_context(self, scope_object: ScopeObject, frame: Frame, context: Mapping[Any, object]) -> None:
        """Put context values into a scope object that is being opened.

        Raises:
            TypeError: if the context is no mapping, or a key is no type.
            ContextValueError: if a key is declared by nobody or for a scope that is not being opened, or a value is
                not of the key's class.
        """
        for layer, values in self._declared(frame, context):
            layer.give(scope_object, frame, values)

    def _declared(self, frame: Frame, context: Mapping[Any, object]) -> list[tuple[Layer, dict[Key, object]]]:
        """Return which of the context values go to which layer.

        An override may declare other values than what lies below it, and may not know those that are needed below any
        more. So a value is refused if no layer takes it, for the reason that the last override has.
        """
        taken: list[tuple[Layer, dict[Key, object]]] = [(layer, {}) for layer in (self, *self.overrides)]
        outer = None if frame.parent is None else frame.parent.scope
        for key, value in check_context(context).items():
            refusals: list[ContextValueError] = []
            for layer, values in taken:
                try:
                    values[declared(layer.graph, frame.scope, outer, key, value)] = value
                except ContextValueError as refusal:
                    refusals.append(refusal)
            if len(refusals) == len(taken):
                raise refusals[-1]
        return taken

    def end(self, scope: Any) -> None:
        """Have a scope closed, and drop the instances that it keeps, and what overrides have built for it."""
        if scope._parent is not None:
            scope._end()
        else:
            scope._state = State.CLOSED
            with self._lock:
                self._compiler.forget(scope)
                self._clear_tables()
        for layer in self.overrides:
            layer.forget(scope)

    def _new_class(self, frame: Frame) -> type[Any]:
        tables: tuple[dict[object, Answer], dict[object, Resolver]] = ({}, {})
        self.module.namespace[table_name(frame)] = tables[False]
        cls = self._compiler.root_class(frame) if frame.parent is None else self._compiler.scope_class(frame)
        cls._program, cls._tables, cls._async_resolvers, cls._openers = self, tables, tables[True], {}
        for name in ("__exit__", "__aexit__"):
            if name in vars(cls) and not _is_ours(cls.__mro__[1], name):
                delattr(cls, name)
        return cls


def first_answer(key: object, scope: Any) -> Any:
    """Resolve a key that the table of a scope object does not know. Raises as `Container.resolve`."""
    instance, resolver = scope._program.answer(scope, key)
    return instance if resolver is None else resolver(scope)


def _counters() -> "Counters":
    from wireproof._runtime.stats import Counters  # noqa: PLC0415  # seldom asked for

    return Counters()


def _is_ours(base: type[ScopeObject], name: str) -> bool:
    """Whether a method of containers is the general one, which may be generated, and not that of a user's class."""
    module: str = getattr(base, name).__module__
    return module.startswith("wireproof.")


def has_gil() -> bool:
    """Whether the interpreter runs one thread at a time."""
    return getattr(sys, "_is_gil_enabled", lambda: True)()


def _next_scope(frame: Frame) -> type[BaseScope]:
    following = next_scopes(frame.scope)
    if len(following) == 1:
        return following[0]
    from wireproof._model.entering import nothing_next, several_next  # noqa: PLC0415  # as above

    here = scope_path(frame.scope)
    found = several_next(here, list(map(scope_path, following))) if following else nothing_next(here)
    raise ScopeError(found.text())
