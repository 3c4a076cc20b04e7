"""What containers hold inside of ``with container.override(...)``: as if each source were marked as replacing.

The statement does not change the type of the container, so it is looked for around a call. An override holds for a
container with all its scopes. Nobody can know which of the names in sight stand for one of these: it is taken to hold
for all of them. One that is entered by other means (an `ExitStack`, a fixture) is not seen.
"""

from collections.abc import Iterator

from mypy.checker import TypeChecker
from mypy.nodes import Block, CallExpr, Context, FuncItem, MemberExpr, WithStmt
from mypy.plugin import MethodContext
from mypy.types import Type, UnionType

from .arguments import given_by
from .blocks import all_statements
from .known import Known, distinct, known_of
from .lookup import checker, has, make, unknown
from .names import REPLACING


def known_here(ctx: MethodContext) -> Known | None:
    """Return what is known of the receiver of a call, with what replaces something there; None for no container."""
    api = checker(ctx.api)
    known = known_of(api, ctx.type)
    if known is None or known.is_nothing():
        return known
    calls = _in_force(api, ctx.context)
    # The first of several replacements counts, which is that of the innermost block.
    replacing = [has(api, make(api, REPLACING, [typ])) for call in calls for typ in _sources(api, call)]
    if not replacing:
        return known
    return known._replace(held=UnionType.make_union(list(distinct([*replacing, *known.boxes()]))))


def _in_force(api: TypeChecker, place: Context) -> list[CallExpr]:
    """Return the calls of ``override`` around a place, the innermost first, in its functions or in the module."""
    functions = [one.body.body for one in api.tscope.functions if isinstance(one, FuncItem)]
    around = [
        expression
        for body in functions or [api.tree.defs]
        for statement in all_statements(body)
        if isinstance(statement, WithStmt) and _holds(statement.body, place)
        for expression in statement.expr
    ]
    return [one for one in reversed(around) if isinstance(one, CallExpr) and _overrides(api, one)]


def _holds(block: Block, place: Context) -> bool:
    first, last = block.body[0], block.body[-1]
    end = (last.end_line or last.line, last.end_column or 0)
    return (first.line, first.column) <= (place.line, place.column) < end


def _overrides(api: TypeChecker, call: CallExpr) -> bool:
    if not isinstance(call.callee, MemberExpr) or call.callee.name != "override":
        return False
    receiver = api.lookup_type_or_none(call.callee.expr)
    return receiver is not None and known_of(api, receiver) is not None


def _sources(api: TypeChecker, call: CallExpr) -> Iterator[Type]:
    types = (api.lookup_type_or_none(argument) or unknown() for argument in call.args)
    yield from (one.type for one in given_by(api, zip(types, call.arg_kinds, call.args, strict=True)))
