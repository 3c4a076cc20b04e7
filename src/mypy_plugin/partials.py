"""What a `functools.partial` still takes, as mypy knows it, or as it is written."""

from mypy.checker import TypeChecker
from mypy.nodes import ArgKind, CallExpr, Expression
from mypy.types import CallableType, Instance, get_proper_type

from .lookup import with_kinds, with_parameters
from .parameters import partial_signature

PARTIAL = "functools.partial"
OF_A_PARTIAL = "__call__ of partial"


def signature_of(partial: Instance, expression: Expression, api: TypeChecker) -> CallableType | None:
    """Return what a partial takes and gives; None if that is not known.

    Of a partial of a partial mypy knows only that it can be called with anything; where it is written, it can be told.
    """
    signature = partial_signature(partial)
    if signature is None or signature.name != OF_A_PARTIAL:
        return signature
    if not isinstance(expression, CallExpr) or not expression.args:
        return None
    inner = get_proper_type(api.lookup_type(expression.args[0]))
    if not isinstance(inner, Instance) or inner.type.fullname != PARTIAL:
        return None
    taken = signature_of(inner, expression.args[0], api)
    return None if taken is None else _called_with(taken, expression)


def _called_with(signature: CallableType, call: CallExpr) -> CallableType | None:
    """Return what is left of a signature: what is passed by position is gone, what is passed by name has a default."""
    kinds, names = call.arg_kinds[1:], call.arg_names[1:]
    if any(kind.is_star() for kind in kinds):
        return None
    passed = sum(kind is ArgKind.ARG_POS for kind in kinds)
    positional = [number for number, kind in enumerate(signature.arg_kinds) if kind.is_positional()]
    gone = positional[:passed]
    left = with_parameters(signature, [number for number in range(len(signature.arg_types)) if number not in gone])
    given = [name in names and name is not None for name in left.arg_names]
    pairs = zip(left.arg_kinds, given, strict=True)
    return with_kinds(left, [ArgKind.ARG_NAMED_OPT if is_given else kind for kind, is_given in pairs])
