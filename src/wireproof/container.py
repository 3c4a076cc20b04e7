"""The container: what users hold in their hands. It passes everything on to the parts that do it."""

from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, Self, overload

from typing_extensions import TypeForm, TypeVar

from wireproof._collect.read import read_sources
from wireproof._inspect.keys import Key, RuntimeKeys, check_key
from wireproof._model.checks import check_all
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof._runtime import lifecycle
from wireproof._runtime.program import Opener, Program, Resolver
from wireproof._runtime.scope import ScopeObject, State
from wireproof._runtime.tables import Table
from wireproof.errors import GraphError, ScopeClosedError
from wireproof.lifetimes import LockMode
from wireproof.marks import check_source
from wireproof.options import LockModeName, check_member
from wireproof.scopes import BaseScope, Scope, check_scope
from wireproof.sources import Source

T = TypeVar("T")
G_contra = TypeVar("G_contra", contravariant=True, default=Any)
S_co = TypeVar("S_co", bound=BaseScope, covariant=True, default=Scope.APP)
G2 = TypeVar("G2")
S2 = TypeVar("S2", bound=BaseScope)


class _Draft(NamedTuple):
    """What a container knows before it is first used, when its program is made."""

    graph: Graph[Key]
    start_scope: type[BaseScope]
    lock_mode: LockMode
    cls: "type[Container[Any, Any]]"
    lock: Lock


class _OnFirstUse:
    """An attribute of generated classes; asked for on a container that is not of one yet, it makes it so."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, container: Any, owner: type[Any]) -> Any:
        """Generate the container's class, turn the container into an instance of it, and answer from there."""
        if container is None:
            raise AttributeError(self._name)
        container._start()
        return getattr(container, self._name)


class Container(ScopeObject, Generic[G_contra, S_co]):
    """Resolves what its sources provide. It is checked as a whole when it is made, and is itself a scope.

    Args:
        sources: provider instances and registrations (`provide`, `bind`, `require`, `replacing`).
        start_scope: the scope that the container stands for; those around it are open as well, and end with it.
        lock_mode: what building instances is protected against: by default threads and tasks in any mix.

    Raises:
        GraphError: if the wiring cannot work, with every problem in it.
        TypeError: if a source is none, or another argument is not what it should be.

    Example:
        >>> with Container(Database("sqlite://"), provide(Clock)) as container:
        ...     clock = container.resolve(Clock)
        ...     with container.enter_scope(Scope.REQUEST) as request:
        ...         users = request.resolve(Users)

    In types, ``Container[Has[Database] | Has[Web], Scope.REQUEST]`` holds these sources and is at that scope. One that
    holds more, or is deeper, is accepted where it is asked for.
    """

    __slots__ = ("_draft",)

    _frame: ClassVar[Frame | None] = None

    if TYPE_CHECKING:
        _draft: _Draft
        _program: Program
        _resolvers: Table[Resolver]
        _async_resolvers: Table[Resolver]
        _openers: Table[Opener]
    else:
        _program = _OnFirstUse("_program")
        _resolvers = _OnFirstUse("_resolvers")
        _async_resolvers = _OnFirstUse("_async_resolvers")
        _openers = _OnFirstUse("_openers")

    @overload
    def __init__(self: "Container[Any, Scope.APP]", *, lock_mode: LockModeName = ...) -> None: ...
    @overload
    def __init__(self: "Container[G2, Scope.APP]", *sources: Source[G2], lock_mode: LockModeName = ...) -> None: ...
    @overload
    def __init__(
        self: "Container[G2, S2]", *sources: Source[G2], start_scope: type[S2], lock_mode: LockModeName = ...
    ) -> None: ...
    def __init__(self, *sources: Any, start_scope: Any = Scope.APP, lock_mode: Any = LockMode.AUTO) -> None:
        """Check the sources, one by one and then as a whole."""
        start = check_scope(start_scope, "Container", "start_scope")
        mode = check_member("Container", "lock_mode", LockMode, lock_mode)
        keys = RuntimeKeys()
        graph = Graph(read_sources([check_source(source, "Container") for source in sources], start), keys)
        if problems := check_all(graph):
            raise GraphError(problems, keys)
        self._draft = _Draft(graph, start, mode, type(self), Lock())
        self._parent = None
        self._exits = []
        self._claims = {}
        self._state = State.OPEN

    @property
    def scope(self) -> type[S_co]:
        """The scope that this container stands for."""
        frame = self._frame
        return self._draft.start_scope if frame is None else frame.scope  # type: ignore[return-value]  # as S says

    def resolve(self, key: TypeForm[T], /) -> T:
        """Return the instance that the key stands for, building it and what it needs if they are not there yet.

        Args:
            key: a class, a Protocol, a generic alias, a NewType, a union: whatever a source provides.

        Raises:
            NoProviderError: if no source provides it.
            OutOfScopeError: if it lives in a scope that is not open here.
            AsyncResolutionError: if building it awaits something, also if it has been built already.
            ScopeClosedError: if this scope, or one around it that would have to build something, is closed.
            ResolutionCycleError: if a factory asks its container for what it is itself building.
            TypeError: if the key is not a type.

        Whatever a factory raises passes through unchanged, with a note that shows the path to it.

        Example:
            >>> users = request.resolve(Users)
        """
        try:
            resolver = self._resolvers[key]
        except TypeError:  # it cannot be hashed: it is no type, or is Annotated with something that cannot
            resolver = self._resolvers[check_key("resolve", key)]
        return resolver(self)  # type: ignore[no-any-return]  # the plan of a key builds that key

    async def aresolve(self, key: TypeForm[T], /) -> T:
        """Return the instance that the key stands for, awaiting what its building awaits.

        Args and errors are those of `resolve`, except that nothing is refused for being asynchronous. If another
        thread or task is building the instance, this one waits for it without blocking the event loop.

        Example:
            >>> session = await request.aresolve(AsyncSession)
        """
        try:
            resolver = self._async_resolvers[key]
        except TypeError:  # as above
            resolver = self._async_resolvers[check_key("aresolve", key)]
        return await resolver(self)  # type: ignore[no-any-return]  # as above

    @overload
    def enter_scope(self, scope: type[S2], /) -> "Container[G_contra, S2]": ...
    @overload
    def enter_scope(self: "Container[G2, Scope.ACTION]", /) -> "Container[G2, Scope.STEP]": ...
    @overload
    def enter_scope(self: "Container[G2, Scope.REQUEST]", /) -> "Container[G2, Scope.ACTION]": ...
    @overload
    def enter_scope(self: "Container[G2, Scope.APP]", /) -> "Container[G2, Scope.REQUEST]": ...
    @overload
    def enter_scope(self: "Container[G2, Scope.RUNTIME]", /) -> "Container[G2, Scope.APP]": ...
    @overload
    def enter_scope(self, /) -> "Container[G_contra, Any]": ...
    def enter_scope(self, scope: Any = None, /) -> Any:
        """Open a new scope inside the nearest one here that is around it; the scopes between are opened as well.

        Args:
            scope: the scope to enter; left out, the next one that is not skipped. Entering a scope from inside it
                opens a sibling that shares nothing with it.

        Returns:
            The new scope, a container as well. Use it in ``with`` or ``async with``, or close it yourself.

        Raises:
            ScopeError: if no scope that has been entered here is around it, or there is not exactly one next scope.
            ScopeClosedError: if this scope, or the one in which the new one is to be opened, is closed.
            TypeError: if it is not a scope.

        Example:
            >>> with container.enter_scope(Scope.REQUEST) as request:
            ...     request.resolve(PlaceOrder)(order)
        """
        try:
            hops, cls = self._openers[scope]
        except TypeError:  # it is no scope, and perhaps cannot even be hashed
            hops, cls = self._openers[check_scope(scope, "enter_scope")]
        opener: ScopeObject = self
        for _ in range(hops):
            if opener._parent is not None:
                opener = opener._parent
        if opener._state is not State.OPEN:
            message = f"{opener!r} is {opener._state.value}; nothing can be opened in it"
            raise ScopeClosedError(message)
        return cls(opener)

    def close(self) -> None:
        """End the scope: run its cleanup in the reverse order of creation. A second call does nothing.

        Raises:
            AsyncCleanupError: if there is asynchronous cleanup; nothing has been run then, and `aclose` can follow.
            CleanupError: if some finalizers fail, when all have run.
        """
        lifecycle.close(self._started())

    async def aclose(self) -> None:
        """End the scope, awaiting its asynchronous cleanup. A second call does nothing.

        Raises:
            CleanupError: if some finalizers fail, when all have run.
        """
        await lifecycle.aclose(self._started())

    def __contains__(self, key: object) -> bool:
        """Whether a source provides the key, at this scope or a deeper one.

        Raises:
            TypeError: if the key is not a type.
        """
        return self._program.graph.provider(check_key("in", key)) is not None

    def __enter__(self) -> Self:
        """Return this scope; leaving the ``with`` block closes it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the scope; an exception of the block is thrown into the generators, and propagates."""
        lifecycle.close(self._started(), error)

    async def __aenter__(self) -> Self:
        """Return this scope; leaving the ``async with`` block closes it."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the scope, awaiting; an exception of the block is thrown into the generators, and propagates."""
        await lifecycle.aclose(self._started(), error)

    def __repr__(self) -> str:
        """Return the scope and its state."""
        state = "" if self._state is State.OPEN else f" {self._state.value}"
        return f"<Container at {self.scope.__name__}{state}>"

    def _started(self) -> Self:
        _ = self._program
        return self

    def _start(self) -> None:
        """Become an instance of the generated class; of several threads that come here first, one does it."""
        draft = self._draft
        with draft.lock:
            if type(self) is not draft.cls:
                return
            program = Program(draft.graph, draft.start_scope, draft.lock_mode, draft.cls)
            self._exits += program.exits_of_values()
            self.__class__ = program.scope_class(program.root)
