"""Functions around functions: they fill in what is injected, and keep the kind of the function that they wrap."""

from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from functools import wraps
from typing import Any, NamedTuple

from wireproof._emit.wrappers import wrapper as generate
from wireproof._inspect.targets import TargetKind, target_kind, underlying, unwrapped
from wireproof._inspect.written import annotations, signature
from wireproof._runtime import ambient
from wireproof._runtime.scope import State
from wireproof._runtime.together import aresolve_all, resolve_all, together
from wireproof.injection import INJECTED, Injection, filled_in, injections, missing_from, visible_signature
from wireproof.scopes import BaseScope


class Call(NamedTuple):
    """How a wrapped function is called."""

    function: Callable[..., Any]
    injected: tuple[Injection, ...]
    choose: Callable[[Any], Any]
    """Returns the scope to resolve from, at each call, for the owner."""

    owner: Any
    """The container, or the injector, that the function was given to."""

    scope: type[BaseScope] | None
    """Each call runs in a fresh scope of this kind; None if it runs in the chosen one."""

    @contextmanager
    def opened(self) -> Generator[Any]:
        """Open the scope of a call.

        Nobody else has a handle to it. If it cannot be closed, because its cleanup has to be awaited, it at least
        does not stay the current one.
        """
        chosen = self.choose(self.owner)
        if self.scope is None:
            yield chosen
            return
        scope = chosen.enter_scope(self.scope)
        try:
            with scope:
                yield scope
        finally:
            ambient.leave(scope)

    def aopened(self) -> AbstractAsyncContextManager[Any]:
        """Do the same; such a scope is closed awaiting."""
        chosen = self.choose(self.owner)
        return nullcontext(chosen) if self.scope is None else chosen.enter_scope(self.scope)

    def run(self, scope: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call the function with what is injected."""
        found = {one: scope.resolve(one.key) for one in missing_from(self.injected, args, kwargs)}
        positional, named = filled_in(found, args, kwargs)
        return self.function(*positional, **named)

    async def arun(self, scope: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Do the same, awaiting what is injected, but not what the function returns."""
        found = {one: await scope.aresolve(one.key) for one in missing_from(self.injected, args, kwargs)}
        positional, named = filled_in(found, args, kwargs)
        return self.function(*positional, **named)


_DESCRIPTORS: tuple[type[Any], ...] = (classmethod, staticmethod)


def wrap(
    function: Callable[..., Any], choose: Callable[[Any], Any], owner: object, scope: type[BaseScope] | None
) -> Callable[..., Any]:
    """Return a function of the same kind that fills in what is injected.

    Args:
        function: a function, coroutine function, generator function or async generator function; or one that the
            decorators of a class or static method have made of such a function, which stay around it.
        choose: returns the scope to resolve from, at each call, for the owner.
        owner: the container or injector.
        scope: in what kind of fresh scope each call is to run, if in one.

    Raises:
        TypeError: if the function cannot be injected into.
    """
    if isinstance(function, _DESCRIPTORS):
        return _around(function, lambda inside: wrap(inside, choose, owner, scope))
    injected = injections(function)
    call = Call(function, injected, choose, owner, scope)
    wrapper = wraps(function)(_generated(call) or _WRAPPERS[target_kind(function)](call))
    hidden = {one.name for one in injected}
    wrapper.__signature__ = visible_signature(function, injected)  # type: ignore[attr-defined]  # inspect reads it
    wrapper.__annotations__ = {name: one for name, one in annotations(function).items() if name not in hidden}
    return wrapper


def _around(descriptor: Any, wrapped: Callable[[Any], Any]) -> Callable[..., Any]:
    made: Callable[..., Any] = type(descriptor)(wrapped(descriptor.__func__))
    return made


def _generated(call: Call) -> Callable[..., Any] | None:
    """Return a wrapper with the function's own parameters; None for what the general ones below are needed for."""
    kind = target_kind(call.function)
    if _stands_for_another(call.function) or kind not in {TargetKind.CALL, TargetKind.COROUTINE}:
        return None
    keys = {one.name: one.key for one in call.injected}
    awaiting = kind is TargetKind.COROUTINE
    given: dict[str, Any] = {
        "choose": call.choose,
        "owner": call.owner,
        "injected": INJECTED,
        "keys": together(tuple(keys.values())),
        "resolve_all": aresolve_all if awaiting else resolve_all,
    }
    if call.scope is not None:
        given |= {"kind": call.scope, "OPEN": State.OPEN, "leave": ambient.leave}
    return generate(call.function, signature(call.function), keys, awaiting=awaiting, given=given)


def _stands_for_another(function: Callable[..., Any]) -> bool:
    """Whether a function claims parameters that its code may not have, or may only take by name or by position."""
    claiming = (unwrapped(function), underlying(function))
    return any(hasattr(one, name) for one in claiming for name in ("__wrapped__", "__signature__"))


def _function(call: Call) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        with call.opened() as scope:
            return call.run(scope, args, kwargs)

    return wrapper


def _coroutine(call: Call) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> Any:
        async with call.aopened() as scope:
            return await (await call.arun(scope, args, kwargs))

    return wrapper


def _generator(call: Call) -> Callable[..., Any]:
    def wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        with call.opened() as scope:
            inner: Generator[Any, Any, Any] = call.run(scope, args, kwargs)
            return (yield from inner)

    return wrapper


def _async_generator(call: Call) -> Callable[..., Any]:
    async def wrapper(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        async with call.aopened() as scope:
            inner: AsyncGenerator[Any, Any] = await call.arun(scope, args, kwargs)
            try:
                item = await anext(inner)
                while True:
                    try:
                        sent = yield item
                    except GeneratorExit:
                        await inner.aclose()
                        raise
                    except BaseException as error:  # noqa: BLE001  # whatever is thrown in here belongs in there
                        item = await inner.athrow(error)
                    else:
                        item = await inner.asend(sent)
            except StopAsyncIteration:
                return

    return wrapper


_WRAPPERS: dict[TargetKind, Callable[[Call], Callable[..., Any]]] = {
    TargetKind.CALL: _function,
    TargetKind.COROUTINE: _coroutine,
    TargetKind.GENERATOR: _generator,
    TargetKind.ASYNC_GENERATOR: _async_generator,
}
