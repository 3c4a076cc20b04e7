"""`provide`: registering what a class or function builds under the type that it builds."""

from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from functools import partial
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, Unpack, overload

from wireproof._inspect.targets import check_target, is_asynchronous
from wireproof._typing import TypeVar
from wireproof.lifetimes import Lifetime, LockMode
from wireproof.options import How, Policies, make_factory, make_options
from wireproof.scopes import BaseScope, Inherit
from wireproof.sources import UNSTATED, AsyncFactory, AsyncMethodFactory, Factory, MethodFactory, Options

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=BaseScope)
C_co = TypeVar("C_co", default=Any, covariant=True)


class _MethodDecorator(Protocol[S, C_co]):
    """What ``@provide()`` is: it turns a method into a registration that knows what the method builds.

    ``C_co`` is what ``on_close`` takes, filled in by the mypy plugin only.
    """

    @overload
    def __call__(
        self, method: Callable[Concatenate[Any, P], AsyncIterator[T]], /
    ) -> AsyncMethodFactory[P, AsyncIterator[T], T, S]: ...
    @overload
    def __call__(
        self, method: Callable[Concatenate[Any, P], Iterator[T]], /
    ) -> MethodFactory[P, Iterator[T], T, S]: ...
    @overload
    def __call__(
        self, method: Callable[Concatenate[Any, P], Coroutine[Any, Any, T]], /
    ) -> AsyncMethodFactory[P, Coroutine[Any, Any, T], T, S]: ...
    @overload
    def __call__(self, method: Callable[Concatenate[Any, P], T], /) -> MethodFactory[P, T, T, S]: ...


@overload
def provide(*, scope: type[S], **policies: Unpack[Policies]) -> _MethodDecorator[S]: ...
@overload
def provide(**policies: Unpack[Policies]) -> _MethodDecorator[Inherit]: ...
@overload
def provide(
    target: Callable[P, AbstractAsyncContextManager[T, Any]],
    /,
    *,
    enter: Literal[True],
    scope: type[S],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> AsyncFactory[P, T, S]: ...
@overload
def provide(
    target: Callable[P, AbstractAsyncContextManager[T, Any]],
    /,
    *,
    enter: Literal[True],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> AsyncFactory[P, T, Inherit]: ...
@overload
def provide(
    target: Callable[P, AbstractContextManager[T, Any]],
    /,
    *,
    enter: Literal[True],
    scope: type[S],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> Factory[P, T, S]: ...
@overload
def provide(
    target: Callable[P, AbstractContextManager[T, Any]],
    /,
    *,
    enter: Literal[True],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> Factory[P, T, Inherit]: ...
@overload
def provide(  # type: ignore[overload-overlap]  # a class that is an iterator still provides itself
    target: type[T],
    /,
    *,
    scope: type[S],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> Factory[..., T, S]: ...
@overload
def provide(  # type: ignore[overload-overlap]  # a class that is an iterator still provides itself
    target: type[T],
    /,
    *,
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> Factory[..., T, Inherit]: ...
@overload
def provide(
    target: Callable[P, AsyncIterator[T]],
    /,
    *,
    scope: type[S],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> AsyncFactory[P, T, S]: ...
@overload
def provide(
    target: Callable[P, AsyncIterator[T]],
    /,
    *,
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> AsyncFactory[P, T, Inherit]: ...
@overload
def provide(
    target: Callable[P, Iterator[T]],
    /,
    *,
    scope: type[S],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> Factory[P, T, S]: ...
@overload
def provide(
    target: Callable[P, Iterator[T]],
    /,
    *,
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> Factory[P, T, Inherit]: ...
@overload
def provide(
    target: Callable[P, Coroutine[Any, Any, T]],
    /,
    *,
    scope: type[S],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> AsyncFactory[P, T, S]: ...
@overload
def provide(
    target: Callable[P, Coroutine[Any, Any, T]],
    /,
    *,
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> AsyncFactory[P, T, Inherit]: ...
@overload
def provide(
    target: Callable[P, T],
    /,
    *,
    scope: type[S],
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> Factory[P, T, S]: ...
@overload
def provide(
    target: Callable[P, T],
    /,
    *,
    on_close: Callable[[T], object] | None = ...,
    **how: Unpack[How],
) -> Factory[P, T, Inherit]: ...
def provide(
    *target: Any,
    scope: Any = Inherit,
    enter: bool = False,
    lifetime: Any = Lifetime.SCOPED,
    on_close: Any = None,
    lock_mode: Any = LockMode.INHERIT,
) -> Any:
    """Register what ``target`` builds, under the type that it builds; without a target, decorate a provider's method.

    Args:
        target: a class, a function, a generator function (what it yields is provided, and it is resumed at scope
            end), a coroutine function or an async generator function. A class always provides itself.
        scope: how long the instance lives; left out, as long as the defining provider's default, or APP.
        enter: whether the target returns a context manager, sync or async, which is to be entered: what that gives is
            provided, and it is left at scope end.
        lifetime: one instance per scope, or a new one for each request.
        on_close: called with the instance at scope end; may be async.
        lock_mode: what building it is protected against; by default as the container says.

    Returns:
        A source for `Container`, or for an attribute of a `Provider`; as a decorator, a method that is one.

    Raises:
        TypeError: if the target cannot be provided, or an option is none.

    Example:
        >>> container = Container(provide(Engine), provide(open_session, scope=Scope.REQUEST))
    """
    options = make_options("provide", scope, lifetime, on_close, lock_mode, enter=enter)
    if len(target) > 1:
        message = f"provide() takes one target, not {len(target)}: write provide(...) once for each"
        raise TypeError(message)
    if not target and enter:
        message = "provide(enter=True) takes what is to be entered: provide(target, enter=True)"
        raise TypeError(message)
    if not target:
        return partial(_decorate, options)
    return make_factory("provide", UNSTATED, target[0], options)


def _decorate(options: Options, method: Any) -> MethodFactory[..., Any, Any, Any]:
    if not callable(method) or isinstance(method, type) or not hasattr(method, "__get__"):
        message = f"@provide() decorates a method of a provider, not {method!r}; for a class write provide(...)"
        raise TypeError(message)
    check_target("provide", method, method=True)
    if is_asynchronous(method):
        return AsyncMethodFactory(method, options)
    return MethodFactory(method, options)
