"""What stands where a key belongs and is none: for mypy a string may stand for a type, and ``Any`` is one."""

from mypy.checker import TypeChecker
from mypy.nodes import Expression, RefExpr, StrExpr
from mypy.plugin import FunctionContext
from mypy.types import Type

from wireproof._model.problems import Code
from wireproof._model.refusals import INSTEAD_OF_STRING, STRING

from .codes import OF_PROBLEM
from .keys import ANY_SAYS_NOTHING
from .lookup import checker
from .report import fail

ANY = "typing.Any"


def refused(api: TypeChecker, where: str, expression: Expression) -> bool:
    """Report a string or ``Any`` that is given as a key, and return whether it is one."""
    if isinstance(expression, RefExpr) and expression.fullname == ANY:
        fail(api, f"{where}({ANY}): {ANY_SAYS_NOTHING}", [], expression, OF_PROBLEM[Code.TARGET])
        return True
    if not isinstance(expression, StrExpr):
        return False
    fail(api, f"{where}({expression.value!r}): {STRING}", [INSTEAD_OF_STRING], expression, OF_PROBLEM[Code.TARGET])
    return True


def keyed(ctx: FunctionContext) -> Type:
    """Check the key of ``bind(Key)`` and ``require(Key)``; of the latter mypy then says that no overload takes it."""
    where = "require" if "scope" in ctx.callee_arg_names else "bind"
    if ctx.args and ctx.args[0]:
        refused(checker(ctx.api), where, ctx.args[0][0])
    return ctx.default_return_type
