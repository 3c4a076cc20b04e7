"""`bind`: registrations that name their key first."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from typing import Any, Concatenate, Generic, Literal, ParamSpec, Unpack, overload

from wireproof._inspect.keys import check_key, key_name
from wireproof._inspect.signatures import check_decorator
from wireproof._inspect.targets import is_asynchronous
from wireproof._typing import TypeForm, TypeVar
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.options import Policies, check_on_close, make_contribution, make_factory, make_options
from wireproof.scopes import BaseScope, Inherit, check_scope
from wireproof.sources import (
    Alias,
    AsyncContribution,
    AsyncDecoration,
    AsyncFactory,
    Contribution,
    Contributions,
    Decoration,
    Factory,
    FromContext,
    Instance,
)

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=BaseScope)


class Binder(Generic[T]):
    """A key whose source is being written; made by `bind`."""

    __slots__ = ("_key",)

    def __init__(self, key: object) -> None:
        """Keep the key."""
        self._key = key

    def __repr__(self) -> str:
        """Return the expression, with what is still to be added."""
        return f"bind({key_name(self._key)})  # to be ended with .to(...), .instance(...), ..."

    @overload
    def to(
        self,
        target: Callable[P, AbstractAsyncContextManager[T, Any]],
        /,
        *,
        enter: Literal[True],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def to(
        self,
        target: Callable[P, AbstractAsyncContextManager[T, Any]],
        /,
        *,
        enter: Literal[True],
        **policies: Unpack[Policies],
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def to(
        self,
        target: Callable[P, AbstractContextManager[T, Any]],
        /,
        *,
        enter: Literal[True],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> Factory[P, T, S]: ...
    @overload
    def to(
        self,
        target: Callable[P, AbstractContextManager[T, Any]],
        /,
        *,
        enter: Literal[True],
        **policies: Unpack[Policies],
    ) -> Factory[P, T, Inherit]: ...
    @overload
    def to(  # type: ignore[overload-overlap]  # a class that is an iterator still provides itself
        self, target: type[T], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Factory[..., T, S]: ...
    @overload
    def to(  # type: ignore[overload-overlap]  # a class that is an iterator still provides itself
        self, target: type[T], /, **policies: Unpack[Policies]
    ) -> Factory[..., T, Inherit]: ...
    @overload
    def to(
        self, target: Callable[P, AsyncIterator[T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def to(
        self, target: Callable[P, AsyncIterator[T]], /, **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def to(
        self, target: Callable[P, Iterator[T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Factory[P, T, S]: ...
    @overload
    def to(self, target: Callable[P, Iterator[T]], /, **policies: Unpack[Policies]) -> Factory[P, T, Inherit]: ...
    @overload
    def to(
        self, target: Callable[P, Coroutine[Any, Any, T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def to(
        self, target: Callable[P, Coroutine[Any, Any, T]], /, **policies: Unpack[Policies]
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def to(self, target: Callable[P, T], /, *, scope: type[S], **policies: Unpack[Policies]) -> Factory[P, T, S]: ...
    @overload
    def to(self, target: Callable[P, T], /, **policies: Unpack[Policies]) -> Factory[P, T, Inherit]: ...
    def to(
        self,
        target: Any,
        /,
        *,
        scope: Any = Inherit,
        enter: bool = False,
        lifetime: Any = Lifetime.SCOPED,
        on_close: Any = None,
        lock_mode: Any = LockMode.INHERIT,
    ) -> Any:
        """Serve the key with what ``target`` builds; takes what `provide` takes.

        Args:
            target: a class, or a function of any kind, that builds something of the key's type.
            scope: how long the instance lives; left out, as long as the defining provider's default, or APP.
            enter: whether the target returns a context manager, sync or async, which is to be entered: what that
                gives is provided, and it is left at scope end.
            lifetime: one instance per scope, or a new one for each request.
            on_close: called with the instance at scope end; may be async.
            lock_mode: what building it is protected against; by default as the container says.

        Returns:
            A source for `Container` or for an attribute of a `Provider`.

        Raises:
            TypeError: if the target cannot be provided, or an option is none.

        Example:
            >>> users = bind(Users).to(SqlUsers, scope=Scope.REQUEST)
        """
        options = make_options("to", scope, lifetime, on_close, lock_mode, enter=enter)
        return make_factory("to", self._key, target, options)

    @overload
    def contribute(
        self,
        target: Callable[P, AbstractAsyncContextManager[T, Any]],
        /,
        *,
        enter: Literal[True],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> AsyncContribution[P, T, S]: ...
    @overload
    def contribute(
        self,
        target: Callable[P, AbstractAsyncContextManager[T, Any]],
        /,
        *,
        enter: Literal[True],
        **policies: Unpack[Policies],
    ) -> AsyncContribution[P, T, Inherit]: ...
    @overload
    def contribute(
        self,
        target: Callable[P, AbstractContextManager[T, Any]],
        /,
        *,
        enter: Literal[True],
        scope: type[S],
        **policies: Unpack[Policies],
    ) -> Contribution[P, T, S]: ...
    @overload
    def contribute(
        self,
        target: Callable[P, AbstractContextManager[T, Any]],
        /,
        *,
        enter: Literal[True],
        **policies: Unpack[Policies],
    ) -> Contribution[P, T, Inherit]: ...
    @overload
    def contribute(  # type: ignore[overload-overlap]  # a class that is an iterator still provides itself
        self, target: type[T], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Contribution[..., T, S]: ...
    @overload
    def contribute(  # type: ignore[overload-overlap]  # a class that is an iterator still provides itself
        self, target: type[T], /, **policies: Unpack[Policies]
    ) -> Contribution[..., T, Inherit]: ...
    @overload
    def contribute(
        self, target: Callable[P, AsyncIterator[T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> AsyncContribution[P, T, S]: ...
    @overload
    def contribute(
        self, target: Callable[P, AsyncIterator[T]], /, **policies: Unpack[Policies]
    ) -> AsyncContribution[P, T, Inherit]: ...
    @overload
    def contribute(
        self, target: Callable[P, Iterator[T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Contribution[P, T, S]: ...
    @overload
    def contribute(
        self, target: Callable[P, Iterator[T]], /, **policies: Unpack[Policies]
    ) -> Contribution[P, T, Inherit]: ...
    @overload
    def contribute(
        self, target: Callable[P, Coroutine[Any, Any, T]], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> AsyncContribution[P, T, S]: ...
    @overload
    def contribute(
        self, target: Callable[P, Coroutine[Any, Any, T]], /, **policies: Unpack[Policies]
    ) -> AsyncContribution[P, T, Inherit]: ...
    @overload
    def contribute(
        self, target: Callable[P, T], /, *, scope: type[S], **policies: Unpack[Policies]
    ) -> Contribution[P, T, S]: ...
    @overload
    def contribute(self, target: Callable[P, T], /, **policies: Unpack[Policies]) -> Contribution[P, T, Inherit]: ...
    def contribute(
        self,
        target: Any,
        /,
        *,
        scope: Any = Inherit,
        enter: bool = False,
        lifetime: Any = Lifetime.SCOPED,
        on_close: Any = None,
        lock_mode: Any = LockMode.INHERIT,
    ) -> Any:
        """Add what ``target`` builds to those that are resolved together as ``Sequence[Key]``.

        Takes what `to` takes. Contributions come in the order in which they are registered, and do not serve the key
        itself. The same target may be contributed twice.

        Returns:
            A source for `Container` or for an attribute of a `Provider`.

        Raises:
            TypeError: if the target cannot be provided, or an option is none.

        Example:
            >>> class Checks(Provider):
            ...     database = bind(HealthCheck).contribute(DatabaseCheck)
            ...     queue = bind(HealthCheck).contribute(QueueCheck)
        """
        options = make_options("contribute", scope, lifetime, on_close, lock_mode, enter=enter)
        return make_contribution("contribute", self._key, target, options)

    def contributions(self) -> Contributions[T]:
        """Declare that ``Sequence[Key]`` may be asked for, also if there are no contributions.

        Example:
            >>> plugins = bind(Plugin).contributions()
        """
        return Contributions(self._key)

    @overload
    def from_context(self) -> FromContext[T, Inherit]: ...
    @overload
    def from_context(self, *, scope: type[S]) -> FromContext[T, S]: ...
    def from_context(self, *, scope: Any = Inherit) -> Any:
        """Serve the key with the value that is given when its scope is entered.

        Args:
            scope: the scope that is given the value; left out, the defining provider's default, or APP.

        Raises:
            TypeError: if ``scope`` is not a scope.

        Example:
            >>> request = bind(Request).from_context(scope=Scope.REQUEST)
            >>> with container.enter_scope(Scope.REQUEST, context={Request: request}): ...
        """
        source: FromContext[Any, Any] = FromContext(self._key, check_scope(scope, "from_context"))
        return source

    @overload
    def decorate(self, decorator: Callable[Concatenate[T, P], Coroutine[Any, Any, T]], /) -> AsyncDecoration[P, T]: ...
    @overload
    def decorate(self, decorator: Callable[Concatenate[T, P], T], /) -> Decoration[P, T]: ...
    def decorate(self, decorator: Any, /) -> Any:
        """Serve the key with what ``decorator`` makes of what it is served with otherwise.

        Args:
            decorator: a function or class whose first parameter receives the undecorated instance; the others are
                injected. It lives in the scope of what it decorates. Of several, the first registered is innermost.

        Raises:
            TypeError: if it cannot be called, or takes nothing.

        Example:
            >>> def counted(users: Users, metrics: Metrics) -> Users: ...
            >>> counting = bind(Users).decorate(counted)
        """
        target = check_decorator("decorate", decorator)
        source: Decoration[..., Any] = (
            AsyncDecoration(self._key, target) if is_asynchronous(target) else Decoration(self._key, target)
        )
        return source

    def instance(self, obj: T, /, *, on_close: Callable[[T], object] | None = None) -> Instance[T]:
        """Serve the key with an object that exists already, for as long as the container does.

        Args:
            obj: the object; it is not closed with the container unless ``on_close`` is given.
            on_close: called with the object when the container is closed; may be async.

        Raises:
            TypeError: if ``on_close`` cannot be called.

        Example:
            >>> Container(bind(Settings).instance(Settings.from_environment()))
        """
        return Instance(self._key, obj, check_on_close("instance", on_close))

    def alias(self, other: TypeForm[T], /) -> Alias[T, T]:
        """Serve the key with the same instance that another key gives.

        Args:
            other: the other key, whose instances must be of this key's type.

        Raises:
            TypeError: if ``other`` is not a type.

        Example:
            >>> reader = bind(ReadUsers).alias(Users)
        """
        return Alias(self._key, check_key("alias", other))


def bind(key: TypeForm[T], /) -> Binder[T]:
    """Start a registration by naming its key, so that every type checker refuses what does not fit it.

    Args:
        key: the type under which the instance is asked for; a class, a Protocol, a generic alias, a NewType, a union.

    Returns:
        A `Binder`; end the registration with one of its methods.

    Raises:
        TypeError: if ``key`` is not a type, for instance a string.

    Example:
        >>> users = bind(Users).to(SqlUsers, scope=Scope.REQUEST)
    """
    return Binder(check_key("bind", key))
