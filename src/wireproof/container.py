"""The container: what users hold in their hands. It passes everything on to the parts that do it."""

from collections.abc import Coroutine, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Generic, ParamSpec, overload

from wireproof._inspect.keys import check_key
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof._runtime import lifecycle
from wireproof._runtime.context import NO_CONTEXT, check_context
from wireproof._runtime.draft import Draft, Settings
from wireproof._runtime.first_use import OnFirstUse
from wireproof._runtime.program import Opener, Program, first_answer
from wireproof._runtime.scope import NO_ANSWERS, ScopeObject, State
from wireproof._runtime.stack import note_path
from wireproof._typing import TypeForm, TypeVar
from wireproof.calling import Calling
from wireproof.closing import Closing
from wireproof.errors import ScopeNotActiveError, StatsDisabledError
from wireproof.imperative import Imperative
from wireproof.lifetimes import LockMode
from wireproof.marks import check_source
from wireproof.options import LockModeName, check_member
from wireproof.scopes import BaseScope, Scope, check_scope
from wireproof.sources import Source

if TYPE_CHECKING:
    from wireproof._runtime.overlay import Override
    from wireproof._runtime.stats import Stats
    from wireproof.graph import ContainerGraph

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
G_contra = TypeVar("G_contra", contravariant=True, default=Any)
S_co = TypeVar("S_co", bound=BaseScope, covariant=True, default=Scope.APP)
G2 = TypeVar("G2")
G3 = TypeVar("G3")
S2 = TypeVar("S2", bound=BaseScope)


class Container(Imperative, Calling, Closing, ScopeObject, Generic[G_contra, S_co]):
    """Resolves what its sources provide. It is checked as a whole when it is made, and is itself a scope.

    Args:
        sources: provider instances and registrations (`provide`, `bind`, `require`, `replacing`).
        start_scope: the scope that the container stands for; those around it are open as well, and end with it.
        context: values for the keys that are declared by ``from_context`` for these scopes.
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
        _draft: Draft
        _program: Program
        _openers: dict[object, Opener]
    else:
        _program = OnFirstUse("_program")
        _openers = OnFirstUse("_openers")

    @overload
    def __init__(
        self: "Container[Any, Scope.APP]",
        *,
        context: Mapping[Any, object] = ...,
        lock_mode: LockModeName = ...,
        stats: bool = ...,
    ) -> None: ...
    @overload
    def __init__(
        self: "Container[G2, Scope.APP]",
        *sources: Source[G2],
        context: Mapping[Any, object] = ...,
        lock_mode: LockModeName = ...,
        stats: bool = ...,
    ) -> None: ...
    @overload
    def __init__(
        self: "Container[G2, S2]",
        *sources: Source[G2],
        start_scope: type[S2],
        context: Mapping[Any, object] = ...,
        lock_mode: LockModeName = ...,
        stats: bool = ...,
    ) -> None: ...
    def __init__(
        self,
        *sources: Any,
        start_scope: Any = Scope.APP,
        context: Mapping[Any, object] = NO_CONTEXT,
        lock_mode: Any = LockMode.AUTO,
        stats: bool = False,
    ) -> None:
        """Check the sources, one by one and then as a whole."""
        settings = Settings(
            start_scope=check_scope(start_scope, "Container", "start_scope"),
            context=check_context(context),
            lock_mode=check_member("Container", "lock_mode", LockMode, lock_mode),
            stats=stats,
            container=type(self),
        )
        draft = Draft(settings)
        draft.add([check_source(source, "Container") for source in sources])
        draft.check()
        self._begin(draft)

    @property
    def scope(self) -> type[S_co]:
        """The scope that this container stands for."""
        frame = self._frame
        return self._draft.settings.start_scope if frame is None else frame.scope  # type: ignore[return-value]  # as S says

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
            instance, resolver = self._resolvers[key]
        except (KeyError, TypeError):  # it is asked for the first time; or cannot be hashed, and may be no type
            instance, resolver = None, partial(first_answer, key)
        if resolver is None:
            return instance  # type: ignore[no-any-return]  # the plan of a key builds that key
        try:
            return resolver(self)  # type: ignore[no-any-return]  # as above
        except BaseException as error:
            note_path(error)
            raise

    def aresolve(self, key: TypeForm[T], /) -> Coroutine[Any, Any, T]:
        """Return the instance that the key stands for, awaiting what its building awaits.

        Args and errors are those of `resolve`, except that nothing is refused for being asynchronous. If another
        thread or task is building the instance, this one waits for it without blocking the event loop.

        Example:
            >>> session = await request.aresolve(AsyncSession)
        """
        try:
            resolver = self._async_resolvers[key] if self._resolvers is not NO_ANSWERS else None
        except (KeyError, TypeError):  # as in `resolve`
            resolver = None
        if resolver is None:
            resolver = self._program.aanswer(self, key)
        return resolver(self)  # type: ignore[no-any-return]  # as in `resolve`

    @overload
    def enter_scope(self, scope: type[S2], /, *, context: Mapping[Any, object] = ...) -> "Container[G_contra, S2]": ...
    @overload
    def enter_scope(
        self: "Container[G2, Scope.ACTION]", /, *, context: Mapping[Any, object] = ...
    ) -> "Container[G2, Scope.STEP]": ...
    @overload
    def enter_scope(
        self: "Container[G2, Scope.REQUEST]", /, *, context: Mapping[Any, object] = ...
    ) -> "Container[G2, Scope.ACTION]": ...
    @overload
    def enter_scope(
        self: "Container[G2, Scope.APP]", /, *, context: Mapping[Any, object] = ...
    ) -> "Container[G2, Scope.REQUEST]": ...
    @overload
    def enter_scope(
        self: "Container[G2, Scope.RUNTIME]", /, *, context: Mapping[Any, object] = ...
    ) -> "Container[G2, Scope.APP]": ...
    @overload
    def enter_scope(self, /, *, context: Mapping[Any, object] = ...) -> "Container[G_contra, Any]": ...
    def enter_scope(self, scope: Any = None, /, *, context: Mapping[Any, object] = NO_CONTEXT) -> Any:
        """Open a new scope inside the nearest one here that is around it; the scopes between are opened as well.

        Args:
            scope: the scope to enter; left out, the next one that is not skipped. Entering a scope from inside it
                opens a sibling that shares nothing with it.
            context: values for the keys that are declared by ``from_context`` for the scopes that are opened.

        Returns:
            The new scope, a container as well. Use it in ``with`` or ``async with``, or close it yourself.

        Raises:
            ScopeError: if no scope that has been entered here is around it, or there is not exactly one next scope.
            ScopeClosedError: if this scope, or the one in which the new one is to be opened, is closed.
            ContextValueError: if a value is given that nobody declares, or that has another type than is declared.
            TypeError: if it is not a scope, or the context is not a mapping.

        Example:
            >>> with container.enter_scope(Scope.REQUEST) as request:
            ...     request.resolve(PlaceOrder)(order)
        """
        try:
            opener = self._openers[scope] if context is NO_CONTEXT else None
        except (KeyError, TypeError):  # it is entered for the first time; or cannot be hashed, and is no scope
            opener = None
        return self._program.enter(self, scope, context) if opener is None else opener(self)

    def current(self, scope: type[S2], /) -> "Container[G_contra, S2]":
        """Return the active scope of this container, of a given kind, in the calling context.

        Entering a scope makes it the active one, in this task and those started from it; closing it makes the one
        before it active again. The container itself is active for its own scope without being entered.

        Args:
            scope: which kind of scope.

        Raises:
            ScopeNotActiveError: if there is none.
            TypeError: if it is not a scope.

        Example:
            >>> session = container.current(Scope.REQUEST).resolve(Session)
        """
        return self._active(scope, "current")  # type: ignore[no-any-return]  # a scope of that kind

    def close_scope(self, scope: type[BaseScope], /) -> None:
        """Close the innermost active scope of a given kind, and before it the active ones inside it.

        Args:
            scope: which kind; the container's own closes the container.

        Raises:
            ScopeNotActiveError: if there is none.
            AsyncCleanupError, CleanupError: as `close`, for all of them together.
        """
        outermost = self._active(scope, "close_scope")
        lifecycle.close_all(lifecycle.active_within(self, outermost))

    async def aclose_scope(self, scope: type[BaseScope], /) -> None:
        """Do as `close_scope`, awaiting asynchronous cleanup."""
        outermost = self._active(scope, "aclose_scope")
        await lifecycle.aclose_all(lifecycle.active_within(self, outermost))

    def __contains__(self, key: object) -> bool:
        """Whether the key can be resolved, at this scope or a deeper one.

        Raises:
            TypeError: if the key is not a type.
        """
        program = self._drafted().program
        graph = self._graph() if program is None else program.top.graph
        demands = graph.demands_of_key(check_key("in", key))
        return all(demand.provider is not None for demand in demands)

    @property
    def graph(self) -> "ContainerGraph":
        """What the container consists of and what needs what, as data for plots and tools."""
        from wireproof.graph import ContainerGraph  # noqa: PLC0415  # not needed to resolve

        program = self._drafted().program
        code = "" if program is None else "\n".join(program.module.sources)
        return ContainerGraph(self._graph(), self.scope, code)

    @property
    def id(self) -> str:
        """A name for this scope, unique in the process."""
        return lifecycle.identity(self)

    def stats(self) -> "Stats":
        """Return how many instances were built and reused so far, in this container with all its scopes.

        Raises:
            StatsDisabledError: if the container was not made with ``stats=True``.

        Example:
            >>> container = Container(Database(), stats=True)
            >>> container.stats().resolutions
            0
        """
        counters = self._program.counters
        if counters is None:
            raise StatsDisabledError
        return counters.snapshot()

    def extend(self: "Container[G2, S2]", *sources: Source[G3]) -> "Container[G2 | G3, S2]":
        """Return a new container with more sources, at this scope; it shares no instances with this one.

        Args:
            sources: what they provide takes precedence over what this container provides; contributions add up.

        Raises:
            GraphError: if the wiring of all together cannot work.
            TypeError: if a source is none.

        Example:
            >>> wider = container.extend(Reports(), replacing(FakeMailer()))
        """
        checked = [check_source(source, "extend") for source in sources]
        program = self._program
        context = {key: value for scope in lifecycle.outward(self) for key, value in program.given(scope).items()}
        draft = self._drafted().extended(checked, self.scope, context)
        draft.check()
        return _made_from(draft)

    def override(self, *sources: Source[Any]) -> "Override":
        """Let sources take the place of others in this container, in all its scopes, for a ``with`` block.

        What needs a replaced instance is built anew as well; everything else stays the same object. At the end of the
        block all is as it was, and what was built for it is closed. Overrides nest. They are meant for tests.

        Args:
            sources: each has to replace something.

        Returns:
            A context manager, sync and async.

        Raises:
            TypeError: if a source is none.
            GraphError: on entering it, if the wiring with the replacements cannot work.

        Example:
            >>> with container.override(bind(Mailer).to(FakeMailer)):
            ...     container.resolve(Signup)("ada@example.org")
        """
        from wireproof._runtime.overlay import Override  # noqa: PLC0415  # not needed to resolve

        checked = [check_source(source, "override") for source in sources]
        return Override(self._started()._root(), checked)

    def __repr__(self) -> str:
        """Return the scope and its state."""
        state = "" if self._state is State.OPEN else f" {self._state.value}"
        return f"<Container at {self.scope.__name__}{state}>"

    def _active(self, scope: object, where: str) -> Any:
        wanted = check_scope(scope, where)
        found: Any = next(lifecycle.active(self, wanted), None)
        if found is None:
            raise ScopeNotActiveError(wanted)
        return found

    def _drafted(self) -> Draft:
        return self._root()._draft

    def _graph(self) -> Graph[Any]:
        return self._drafted().graph()

    def _root(self) -> "Container[Any, Any]":
        *_, root = lifecycle.outward(self)
        return root  # type: ignore[no-any-return]  # a container

    def _begin(self, draft: Draft) -> None:
        self._draft = draft
        self._parent = self._ending = None
        self._exits = []
        self._state = State.OPEN
        self._resolvers = NO_ANSWERS

    def _start(self) -> None:
        """Become an instance of the generated class; of several threads that come here first, one does it."""
        program = self._draft.start()
        with self._draft.lock:
            if self._frame is not None:
                return
            program.give_context(self, program.root, self._draft.settings.context)
            self._exits += program.exits_of_values()
            program.start(self)


def _made_from(draft: Draft) -> Container[Any, Any]:
    """Return a container that did not come from its constructor."""
    cls: Any = draft.settings.container
    container: Container[Any, Any] = cls.__new__(cls)
    container._begin(draft)
    return container
