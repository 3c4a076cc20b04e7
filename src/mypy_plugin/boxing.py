"""Keeping what is expected of a registration away from the inference of what it is.

mypy infers a call from the expected type before it looks at the arguments, and of a registration that redefines an
inherited one it expects the type of that one. Where this says nothing about parameters, what a function takes would be
lost. So a box is returned, which matches no expectation, and the hook is given what is in it.
"""

from collections.abc import Callable
from typing import TypeVar

from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import CallableType, Instance, Type, get_proper_type

from .lookup import checker, has, with_returned
from .names import HAS

Called = TypeVar("Called", FunctionContext, MethodContext)
Signed = TypeVar("Signed", FunctionSigContext, MethodSigContext)


def boxing(hook: Callable[[Signed], CallableType]) -> Callable[[Signed], CallableType]:
    """Wrap the hook of a signature: what it returns comes in a box."""

    def boxed(ctx: Signed) -> CallableType:
        signature = hook(ctx)
        return with_returned(signature, has(checker(ctx.api), signature.ret_type))

    return boxed


def unboxing(hook: Callable[[Called], Type]) -> Callable[[Called], Type]:
    """Wrap a hook: what it is given is out of the box."""

    def unboxed(ctx: Called) -> Type:
        box = get_proper_type(ctx.default_return_type)
        if isinstance(box, Instance) and box.type.fullname == HAS:
            ctx = ctx._replace(default_return_type=box.args[0])
        return hook(ctx)

    return unboxed
