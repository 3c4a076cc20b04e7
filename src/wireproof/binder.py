"""`bind`: registrations that name their key first."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any, Generic, ParamSpec, overload

from typing_extensions import TypeForm, TypeVar

from wireproof._inspect.keys import check_key, key_name
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.options import LockModeName, check_on_close, make_factory, make_options
from wireproof.scopes import BaseScope, Inherit
from wireproof.sources import Alias, AsyncFactory, Factory, Instance

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
        return f"bind({key_name(self._key)})  # to be ended with .to(...), .instance(...) or .alias(...)"

    @overload
    def to(  # type: ignore[overload-overlap]  # a class that is an iterator still provides itself
        self,
        target: type[T],
        /,
        *,
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> Factory[..., T, Inherit]: ...
    @overload
    def to(  # type: ignore[overload-overlap]  # a class that is an iterator still provides itself
        self,
        target: type[T],
        /,
        *,
        scope: type[S],
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> Factory[..., T, S]: ...
    @overload
    def to(
        self,
        target: Callable[P, AsyncIterator[T]],
        /,
        *,
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def to(
        self,
        target: Callable[P, AsyncIterator[T]],
        /,
        *,
        scope: type[S],
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def to(
        self,
        target: Callable[P, Iterator[T]],
        /,
        *,
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> Factory[P, T, Inherit]: ...
    @overload
    def to(
        self,
        target: Callable[P, Iterator[T]],
        /,
        *,
        scope: type[S],
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> Factory[P, T, S]: ...
    @overload
    def to(
        self,
        target: Callable[P, Coroutine[Any, Any, T]],
        /,
        *,
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> AsyncFactory[P, T, Inherit]: ...
    @overload
    def to(
        self,
        target: Callable[P, Coroutine[Any, Any, T]],
        /,
        *,
        scope: type[S],
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> AsyncFactory[P, T, S]: ...
    @overload
    def to(
        self,
        target: Callable[P, T],
        /,
        *,
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> Factory[P, T, Inherit]: ...
    @overload
    def to(
        self,
        target: Callable[P, T],
        /,
        *,
        scope: type[S],
        lifetime: Lifetime = ...,
        on_close: Callable[[Any], object] | None = ...,
        lock_mode: LockModeName = ...,
    ) -> Factory[P, T, S]: ...
    def to(
        self,
        target: Any,
        /,
        *,
        scope: Any = Inherit,
        lifetime: Any = Lifetime.SCOPED,
        on_close: Any = None,
        lock_mode: Any = LockMode.INHERIT,
    ) -> Any:
        """Serve the key with what ``target`` builds; takes what `provide` takes.

        Args:
            target: a class, or a function of any kind, that builds something of the key's type.
            scope: how long the instance lives; left out, as long as the defining provider's default, or APP.
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
        options = make_options("to", scope, lifetime, on_close, lock_mode)
        return make_factory("to", self._key, target, options)

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
