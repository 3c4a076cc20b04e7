"""Registration statement by statement, on a container that has not been used yet."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, ParamSpec, Unpack, overload

from wireproof._inspect.keys import check_key
from wireproof._inspect.stated import RETURNING, YIELDING, check_class, check_function
from wireproof._inspect.targets import check_target
from wireproof._runtime.draft import Draft
from wireproof._typing import TypeForm, TypeVar
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.marks import check_source
from wireproof.options import Policies, check_on_close, make_factory, make_options
from wireproof.scopes import BaseScope, Inherit
from wireproof.sources import UNSTATED, AsyncFactory, Factory, Instance, Options, Source

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=BaseScope)


class Imperative:
    """The ``add`` methods of a container. Each adds a source, with its kind said out loud."""

    __slots__ = ()

    def _drafted(self) -> Draft:
        """Return what sources are added to."""
        raise NotImplementedError

    def add(self, *sources: Source[Any]) -> None:
        """Add sources of any kind.

        Args:
            sources: what `Container` takes.

        Raises:
            ContainerFrozenError: if the container has been used; nothing is changed then.
            TypeError: if a source is none.

        Example:
            >>> container = Container()
            >>> container.add(Database("sqlite://"), provide(Clock))
        """
        self._drafted().add([check_source(source, "add") for source in sources])

    @overload
    def add_concrete(
        self, cls: Callable[P, T], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Factory[P, T, S]: ...
    @overload
    def add_concrete(self, cls: Callable[P, T], /, **policies: Unpack[Policies]) -> Factory[P, T, Inherit]: ...
    @overload
    def add_concrete(
        self, cls: Callable[P, T], /, *, provides: TypeForm[T], scope: type[S], **policies: Unpack[Policies]
    ) -> Factory[P, T, S]: ...
    @overload
    def add_concrete(
        self, cls: Callable[P, T], /, *, provides: TypeForm[T], **policies: Unpack[Policies]
    ) -> Factory[P, T, Inherit]: ...
    def add_concrete(
        self,
        cls: Any,
        /,
        *,
        provides: Any = UNSTATED,
        scope: Any = Inherit,
        lifetime: Any = Lifetime.SCOPED,
        on_close: Any = None,
        lock_mode: Any = LockMode.INHERIT,
    ) -> Any:
        """Add a class, which is built from its constructor.

        Args:
            cls: the class.
            provides: the key, if it is another than what is built.
            scope: how long the instance lives; left out, as long as the application.
            lifetime: one instance per scope, or a new one for each request.
            on_close: called with the instance at scope end; may be async.
            lock_mode: what building it is protected against; by default as the container says.

        Returns:
            The source that was added.

        Raises:
            ContainerFrozenError: if the container has been used; nothing is changed then.
            TypeError: if it is no class.

        Example:
            >>> container.add_concrete(SqlUsers, provides=Users, scope=Scope.REQUEST)
        """
        options = make_options("add_concrete", scope, lifetime, on_close, lock_mode)
        checked = check_class("add_concrete", cls)
        return self._add_factory("add_concrete", checked, provides, options)

    @overload
    def add_factory(
        self, function: Callable[P, Coroutine[Any, Any, T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def add_factory(
        self, function: Callable[P, Coroutine[Any, Any, T]], /, **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def add_factory(
        self,
        function: Callable[P, Coroutine[Any, Any, T]],
        /,
        *,
        provides: TypeForm[T],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def add_factory(
        self, function: Callable[P, Coroutine[Any, Any, T]], /, *, provides: TypeForm[T], **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def add_factory(
        self, function: Callable[P, T], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Factory[P, T, S]: ...
    @overload
    def add_factory(self, function: Callable[P, T], /, **policies: Unpack[Policies]) -> Factory[P, T, Inherit]: ...
    @overload
    def add_factory(
        self, function: Callable[P, T], /, *, provides: TypeForm[T], scope: type[S], **policies: Unpack[Policies]
    ) -> Factory[P, T, S]: ...
    @overload
    def add_factory(
        self, function: Callable[P, T], /, *, provides: TypeForm[T], **policies: Unpack[Policies]
    ) -> Factory[P, T, Inherit]: ...
    def add_factory(
        self,
        function: Any,
        /,
        *,
        provides: Any = UNSTATED,
        scope: Any = Inherit,
        lifetime: Any = Lifetime.SCOPED,
        on_close: Any = None,
        lock_mode: Any = LockMode.INHERIT,
    ) -> Any:
        """Add a function or coroutine function, which returns the instance.

        Args:
            function: the function.
            provides: the key, if it is another than what is built.
            scope: how long the instance lives; left out, as long as the application.
            lifetime: one instance per scope, or a new one for each request.
            on_close: called with the instance at scope end; may be async.
            lock_mode: what building it is protected against; by default as the container says.

        Returns:
            The source that was added.

        Raises:
            ContainerFrozenError: if the container has been used; nothing is changed then.
            TypeError: if it is a generator function (the message names the call to use), or no function.

        Example:
            >>> container.add_factory(make_engine)
        """
        options = make_options("add_factory", scope, lifetime, on_close, lock_mode)
        checked = check_function("add_factory", function, RETURNING)
        return self._add_factory("add_factory", checked, provides, options)

    @overload
    def add_generator(
        self, function: Callable[P, AsyncIterator[T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def add_generator(
        self, function: Callable[P, AsyncIterator[T]], /, **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def add_generator(
        self,
        function: Callable[P, AsyncIterator[T]],
        /,
        *,
        provides: TypeForm[T],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def add_generator(
        self, function: Callable[P, AsyncIterator[T]], /, *, provides: TypeForm[T], **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def add_generator(
        self, function: Callable[P, Iterator[T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Factory[P, T, S]: ...
    @overload
    def add_generator(
        self, function: Callable[P, Iterator[T]], /, **policies: Unpack[Policies]
    ) -> Factory[P, T, Inherit]: ...
    @overload
    def add_generator(
        self,
        function: Callable[P, Iterator[T]],
        /,
        *,
        provides: TypeForm[T],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> Factory[P, T, S]: ...
    @overload
    def add_generator(
        self, function: Callable[P, Iterator[T]], /, *, provides: TypeForm[T], **policies: Unpack[Policies]
    ) -> Factory[P, T, Inherit]: ...
    def add_generator(
        self,
        function: Any,
        /,
        *,
        provides: Any = UNSTATED,
        scope: Any = Inherit,
        lifetime: Any = Lifetime.SCOPED,
        on_close: Any = None,
        lock_mode: Any = LockMode.INHERIT,
    ) -> Any:
        """Add a generator function, sync or async, which yields the instance and cleans up behind the ``yield``.

        Args:
            function: the generator function.
            provides: the key, if it is another than what is built.
            scope: how long the instance lives; left out, as long as the application.
            lifetime: one instance per scope, or a new one for each request.
            on_close: called with the instance at scope end; may be async.
            lock_mode: what building it is protected against; by default as the container says.

        Returns:
            The source that was added.

        Raises:
            ContainerFrozenError: if the container has been used; nothing is changed then.
            TypeError: if it is none (the message names the call to use).

        Example:
            >>> container.add_generator(open_session, scope=Scope.REQUEST)
        """
        options = make_options("add_generator", scope, lifetime, on_close, lock_mode)
        checked = check_function("add_generator", function, YIELDING)
        return self._add_factory("add_generator", checked, provides, options)

    @overload
    def add_context_manager(
        self,
        function: Callable[P, AbstractAsyncContextManager[T, Any]],
        /,
        *,
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def add_context_manager(
        self, function: Callable[P, AbstractAsyncContextManager[T, Any]], /, **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def add_context_manager(
        self,
        function: Callable[P, AbstractAsyncContextManager[T, Any]],
        /,
        *,
        provides: TypeForm[T],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def add_context_manager(
        self,
        function: Callable[P, AbstractAsyncContextManager[T, Any]],
        /,
        *,
        provides: TypeForm[T],
        **policies: Unpack[Policies],
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def add_context_manager(
        self, function: Callable[P, AbstractContextManager[T, Any]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Factory[P, T, S]: ...
    @overload
    def add_context_manager(
        self, function: Callable[P, AbstractContextManager[T, Any]], /, **policies: Unpack[Policies]
    ) -> Factory[P, T, Inherit]: ...
    @overload
    def add_context_manager(
        self,
        function: Callable[P, AbstractContextManager[T, Any]],
        /,
        *,
        provides: TypeForm[T],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> Factory[P, T, S]: ...
    @overload
    def add_context_manager(
        self,
        function: Callable[P, AbstractContextManager[T, Any]],
        /,
        *,
        provides: TypeForm[T],
        **policies: Unpack[Policies],
    ) -> Factory[P, T, Inherit]: ...
    def add_context_manager(
        self,
        function: Any,
        /,
        *,
        provides: Any = UNSTATED,
        scope: Any = Inherit,
        lifetime: Any = Lifetime.SCOPED,
        on_close: Any = None,
        lock_mode: Any = LockMode.INHERIT,
    ) -> Any:
        """Add a callable that returns a context manager, sync or async; what entering that gives is provided.

        Args:
            function: a class or function, for example one decorated with `contextlib.contextmanager`.
            provides: the key, if it is another than what is built.
            scope: how long the instance lives; left out, as long as the application.
            lifetime: one instance per scope, or a new one for each request.
            on_close: called with the instance at scope end; may be async.
            lock_mode: what building it is protected against; by default as the container says.

        Returns:
            The source that was added.

        Raises:
            ContainerFrozenError: if the container has been used; nothing is changed then.
            TypeError: if it returns none.

        Example:
            >>> container.add_context_manager(httpx.Client)
        """
        options = make_options("add_context_manager", scope, lifetime, on_close, lock_mode, enter=True)
        checked = check_target("add_context_manager", function, enter=True)
        return self._add_factory("add_context_manager", checked, provides, options)

    @overload
    def add_instance(self, obj: T, /, *, on_close: Callable[[T], object] | None = ...) -> Instance[T]: ...
    @overload
    def add_instance(
        self, obj: T, /, *, provides: TypeForm[T], on_close: Callable[[T], object] | None = ...
    ) -> Instance[T]: ...
    def add_instance(self, obj: Any, /, *, provides: Any = UNSTATED, on_close: Any = None) -> Any:
        """Add an object that exists already.

        Args:
            obj: the object; it is not closed with the container unless ``on_close`` is given.
            provides: the key, if it is another than the object's class.
            on_close: called with the object when the container is closed; may be async.

        Returns:
            The source that was added.

        Raises:
            ContainerFrozenError: if the container has been used; nothing is changed then.
            TypeError: if ``provides`` is no type, or ``on_close`` cannot be called.

        Example:
            >>> container.add_instance(settings)
        """
        key: object = obj.__class__ if provides is UNSTATED else check_key("add_instance", provides)
        source = Instance(key, obj, check_on_close("add_instance", on_close))
        self._drafted().add([source])
        return source

    def _add_factory(self, where: str, target: Callable[..., Any], provides: object, options: Options) -> Any:
        key = provides if provides is UNSTATED else check_key(where, provides)
        source = make_factory(where, key, target, options)
        self._drafted().add([source])
        return source
