"""Giving a hook what is in the box that the call returns (`boxing`)."""

from collections.abc import Callable
from typing import TypeVar

from mypy.plugin import FunctionContext, MethodContext
from mypy.types import Instance, Type, get_proper_type

from .names import HAS

Called = TypeVar("Called", FunctionContext, MethodContext)


def unboxing(hook: Callable[[Called], Type]) -> Callable[[Called], Type]:
    """Wrap a hook, and also what guards it: where it fails, what is in the box is returned."""

    def unboxed(ctx: Called) -> Type:
        box = get_proper_type(ctx.default_return_type)
        if isinstance(box, Instance) and box.type.fullname == HAS:
            ctx = ctx._replace(default_return_type=box.args[0])
        return hook(ctx)

    return unboxed
