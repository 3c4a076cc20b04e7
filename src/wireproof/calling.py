"""Calling functions with what a container provides: `Container.call`, `Container.acall` and `Container.inject`."""

from collections.abc import Awaitable, Callable
from typing import Any, Generic, ParamSpec, TypeVar, overload

from wireproof._inspect.keys import class_name
from wireproof._model.refusals import COROUTINE_FUNCTION, INSTEAD_OF_CALL
from wireproof._runtime import lifecycle
from wireproof._typing import TypeVar as DefaultTypeVar
from wireproof.injection import injections
from wireproof.scopes import BaseScope, check_scope
from wireproof.wrappers import Call, wrap

P = ParamSpec("P")
R = TypeVar("R")
Within = DefaultTypeVar("Within", default=Any)


class Inject(Generic[Within]):
    """A decorator that fills in `Injected` parameters; made by ``container.inject(scope=...)``.

    It keeps the type of what it decorates. ``Within`` is the type of the scope that each call runs in; the mypy plugin
    fills it in.
    """

    __slots__ = ("_container", "_scope")

    def __init__(self, container: object, scope: type[BaseScope] | None) -> None:
        """Keep from what container to resolve, and in what kind of fresh scope each call is to run."""
        self._container = container
        self._scope = scope

    def __call__(self, function: Callable[P, R], /) -> Callable[P, R]:
        """Return a function of the same kind and signature whose `Injected` parameters are filled in at each call.

        Raises:
            TypeError: if it cannot be injected into.
        """
        return wrap(function, lifecycle.innermost, self._container, self._scope)


class Calling:
    """The methods of a container that call functions."""

    __slots__ = ()

    def call(self, function: Callable[..., R], /, *args: Any, **kwargs: Any) -> R:
        """Call a function with its `Injected` parameters filled in; what is passed explicitly wins.

        Args:
            function: any function but a coroutine function, for which there is `acall`.
            *args: its other arguments.
            **kwargs: its other arguments, by name.

        Raises:
            TypeError: if the function cannot be injected into, or is a coroutine function.

        Example:
            >>> container.call(report, since=date.today())
        """
        import inspect  # noqa: PLC0415  # slow to load, and not needed by those who only resolve

        if inspect.iscoroutinefunction(function):
            name = class_name(function)
            message = f"call({name}): {COROUTINE_FUNCTION}; {INSTEAD_OF_CALL.format(name=name)}  [wire-target]"
            raise TypeError(message)
        result: R = self._call(function).run(self, args, kwargs)
        return result

    async def acall(self, function: Callable[..., Awaitable[R]], /, *args: Any, **kwargs: Any) -> R:
        """Do as `call` for a coroutine function, awaiting what is injected and then the function.

        Example:
            >>> await container.acall(send_report, since=date.today())
        """
        import inspect  # noqa: PLC0415  # as above

        result: Any = await self._call(function).arun(self, args, kwargs)
        if not inspect.isawaitable(result):
            message = f"acall({class_name(function)}): it returns nothing to await; use call"
            raise TypeError(message)
        return await result  # type: ignore[no-any-return]  # as the function says

    def _call(self, function: Callable[..., Any]) -> Call:
        return Call(function, injections(function), _itself, self, None)

    @overload
    def inject(self, function: Callable[P, R], /) -> Callable[P, R]: ...
    @overload
    def inject(self, *, scope: type[BaseScope] | None = ...) -> "Inject[Any]": ...
    def inject(self, function: Any = None, *, scope: type[BaseScope] | None = None) -> Any:
        """Return a function of the same kind and signature whose `Injected` parameters are filled in at each call.

        They are resolved from the innermost active scope of this container, or from the container itself.

        Args:
            function: a function or method of any kind; left out, the result is a decorator.
            scope: in what kind of fresh scope each call is to run; left out, in none.

        Raises:
            TypeError: if the function cannot be injected into, or the scope is none.

        Example:
            >>> @container.inject(scope=Scope.REQUEST)
            ... def handle(order: Order, users: Injected[Users] = INJECTED) -> None: ...
        """
        checked = None if scope is None else check_scope(scope, "inject")
        if function is None:
            return Inject(self, checked)
        return wrap(function, lifecycle.innermost, self, checked)


def _itself(container: object) -> object:
    return container
