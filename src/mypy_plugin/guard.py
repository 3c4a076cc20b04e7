"""The one place where failures of the plugin itself are caught: they must never stop mypy."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, cast

from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import FunctionLike, Type

from .codes import INTERNAL

Find = TypeVar("Find", bound=Callable[..., Any])
Called = TypeVar("Called", FunctionContext, MethodContext)
Signed = TypeVar("Signed", FunctionSigContext, MethodSigContext)


def guarded(hook: Callable[[Called], Type]) -> Callable[[Called], Type]:
    """Wrap a hook that refines a return type: if it fails, report that, and keep mypy's own."""

    def wrapped(ctx: Called) -> Type:
        try:
            return hook(ctx)
        except Exception as error:  # noqa: BLE001  # whatever it is, mypy is to go on
            _report(ctx, error)
            return ctx.default_return_type

    return wrapped


def guarded_signature(hook: Callable[[Signed], FunctionLike]) -> Callable[[Signed], FunctionLike]:
    """Wrap a hook that refines a signature: if it fails, report that, and keep mypy's own."""

    def wrapped(ctx: Signed) -> FunctionLike:
        try:
            return hook(ctx)
        except Exception as error:  # noqa: BLE001  # whatever it is, mypy is to go on
            _report(ctx, error)
            return ctx.default_signature

    return wrapped


def guarded_lookup(find: Find) -> Find:
    """Wrap the search for a hook: if it fails, there is nowhere to report it, and so that is what the hook does."""

    def wrapped(plugin: object, fullname: str) -> Any:
        try:
            return find(plugin, fullname)
        except Exception as error:  # noqa: BLE001  # as above
            return guarded(_failing(error))

    return cast("Find", wrapped)


def guarded_signature_lookup(find: Find) -> Find:
    """Do the same for the search for a hook of a signature."""

    def wrapped(plugin: object, fullname: str) -> Any:
        try:
            return find(plugin, fullname)
        except Exception as error:  # noqa: BLE001  # as above
            return guarded_signature(_failing(error))

    return cast("Find", wrapped)


def _failing(error: Exception) -> Callable[[Any], NoReturn]:
    def fail(_: Any) -> NoReturn:
        raise error

    return fail


def _report(ctx: Any, error: Exception) -> None:
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" ({place.tb_frame.f_code.co_name}, line {place.tb_lineno})" if place is not None else ""
    kind = type(error).__name__
    ctx.api.fail(
        f"The wireproof plugin failed: {kind}: {' '.join(str(error).split())}{where}; please file a bug",
        ctx.context,
        code=INTERNAL,
    )
