"""Keeping what is expected of a registration away from the inference of what it is.

mypy infers a call from the expected type before it looks at the arguments, and of a registration that redefines an
inherited one it expects the type of that one. Where this says nothing about parameters, what a function takes would be
lost. So a box is returned, which matches no expectation, and the hook is given what is in it (`unboxing`).
"""

from collections.abc import Callable
from typing import TypeVar

from mypy.plugin import FunctionSigContext, MethodSigContext
from mypy.types import CallableType

from .lookup import checker, has, with_returned

Signed = TypeVar("Signed", FunctionSigContext, MethodSigContext)


def boxing(hook: Callable[[Signed], CallableType]) -> Callable[[Signed], CallableType]:
    """Wrap the hook of a signature: what it returns comes in a box, if anything is expected of it."""

    def boxed(ctx: Signed) -> CallableType:
        signature, api = hook(ctx), checker(ctx.api)
        expected = api.expr_checker.type_context[-1]
        return signature if expected is None else with_returned(signature, has(api, signature.ret_type))

    return boxed
