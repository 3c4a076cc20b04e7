"""The hooks of ``container.add(...)`` and its companions: they complete the types of the sources that are added.

What is added counts where the container is made, see `imperative`; here is said where that is too far away.
"""

from mypy.checker import TypeChecker
from mypy.nodes import CallExpr, FuncDef, MemberExpr, NameExpr, Statement, Var
from mypy.plugin import MethodContext, MethodSigContext
from mypy.types import FunctionLike, Instance, Type, get_proper_type

from .arguments import take_any_source
from .codes import OPAQUE
from .known import known_of
from .lookup import argument, checker, with_arguments
from .names import INSTANCE
from .registering import as_entered, closes, complete, own_key, target_of
from .report import fail
from .spelled import spelled_type
from .statements import adds

FAR = "What is added here is not known where the container is made, and nothing is proven about it"
NEARER = "add it where the container is made, in the same scope and before it is used, or pass it to Container(...)"


def check_place(ctx: MethodSigContext) -> FunctionLike:
    """Say so if what is added is not seen where the container is made.

    This is asked for once for each overload, before one is chosen, so that it does not count as a mismatch.
    """
    api, call = checker(ctx.api), ctx.context
    if isinstance(call, CallExpr) and known_of(api, ctx.type) is not None:
        variable = _receiver(call)
        if variable is None or not adds(scope_body(api), variable, call):
            fail(api, FAR, [NEARER], call, OPAQUE)
    return take_any_source(ctx) or ctx.default_signature


def registered(ctx: MethodContext) -> Type:
    """Complete the type of what ``add_concrete(...)`` and the others return."""
    result = get_proper_type(ctx.default_return_type)
    if known_of(checker(ctx.api), ctx.type) is None or not isinstance(result, Instance):
        return ctx.default_return_type
    key = _provides(ctx)
    if result.type.fullname == INSTANCE:
        return result if key is None else with_arguments(result, [key])
    target = target_of(ctx, closes(ctx), key)
    if target is None:
        return result
    if _method(ctx) == "add_context_manager":
        target = as_entered(target, result)
    return complete(checker(ctx.api), result, target, own_key(target) if key is None else key)


def scope_body(api: TypeChecker) -> list[Statement]:
    """Return the statements of the function that is being checked, or of the module."""
    function = api.scope.current_function()
    return function.body.body if isinstance(function, FuncDef) else api.tree.defs


def _receiver(call: CallExpr) -> Var | None:
    callee = call.callee
    receiver = callee.expr if isinstance(callee, MemberExpr) else None
    return receiver.node if isinstance(receiver, NameExpr) and isinstance(receiver.node, Var) else None


def _method(ctx: MethodContext) -> str:
    callee = ctx.context.callee if isinstance(ctx.context, CallExpr) else None
    return callee.name if isinstance(callee, MemberExpr) else ""


def _provides(ctx: MethodContext) -> Type | None:
    """Return the key that is stated; what mypy makes of both may be wider."""
    provides = argument(ctx, "provides")
    return None if provides is None else spelled_type(provides.type, provides.expression)
