"""What containers hold inside of ``with container.override(...)``: as if each source were marked as replacing.

The statement does not change the type of the container, so it is looked for around a call. An override holds for a
container with all its scopes. Nobody can know which of the names in sight stand for one of these: it is taken to hold
for all that may, going by what they hold. One that is entered by other means (an `ExitStack`, a fixture) is not seen.
"""

from collections.abc import Iterator

from mypy.checker import TypeChecker
from mypy.nodes import Block, CallExpr, Context, Expression, FuncItem, MemberExpr, WithStmt
from mypy.plugin import MethodContext
from mypy.types import Type, UnionType

from .arguments import given_by
from .blocks import all_statements
from .known import Known, distinct, known_of
from .lookup import boxed, checker, has, make, unknown
from .names import GIVEN, REPLACING


def known_here(ctx: MethodContext) -> Known | None:
    """Return what is known of the receiver of a call, with what replaces something there; None for no container."""
    return next(reversed(layers_here(ctx)), None)


def layers_here(ctx: MethodContext) -> list[Known]:
    """Return what is known of the receiver of a call: by itself, and with each override around; none for no container.

    An override that lies over another one comes after it.
    """
    api = checker(ctx.api)
    known = known_of(api, ctx.type)
    if known is None or known.is_nothing():
        return [] if known is None else [known]
    layers = [known]
    for call in _in_force(api, ctx.context, known):
        # The first of several replacements counts, which is that of the innermost block.
        replacing = [has(api, make(api, REPLACING, [typ])) for typ in _sources(api, call)]
        boxes = distinct([*replacing, *layers[-1].boxes()])
        layers.append(known._replace(held=UnionType.make_union(list(boxes))))
    return layers


def _in_force(api: TypeChecker, place: Context, known: Known) -> list[CallExpr]:
    """Return the calls of ``override`` around a place, the outermost first, in its functions or in the module."""
    functions = [one.body.body for one in api.tscope.functions if isinstance(one, FuncItem)]
    around = [
        expression
        for body in functions or [api.tree.defs]
        for statement in all_statements(body)
        if isinstance(statement, WithStmt)
        for expression in statement.expr
        if _is_within(place, expression, statement.body)
    ]
    return [one for one in around if isinstance(one, CallExpr) and _overrides(api, one, known)]


def _is_within(place: Context, manager: Expression, block: Block) -> bool:
    """Whether a place lies behind a context manager of a ``with`` statement: in a later one, or in the block."""
    start, last = manager.end_line or manager.line, block.body[-1]
    end = (last.end_line or last.line, last.end_column or 0)
    return (start, manager.end_column or 0) <= (place.line, place.column) < end


def _overrides(api: TypeChecker, call: CallExpr, known: Known) -> bool:
    if not isinstance(call.callee, MemberExpr) or call.callee.name != "override":
        return False
    receiver = api.lookup_type_or_none(call.callee.expr)
    overridden = None if receiver is None else known_of(api, receiver)
    return overridden is not None and _may_be_one(known, overridden)


def _may_be_one(known: Known, other: Known) -> bool:
    """Whether two types may be those of one container: one says no less than the other, but for context values."""
    if other.is_nothing():
        return True
    these, those = ({box for box in one.boxes() if boxed(box, GIVEN) is None} for one in (known, other))
    return these <= those or those <= these


def _sources(api: TypeChecker, call: CallExpr) -> Iterator[Type]:
    types = (api.lookup_type_or_none(argument) or unknown() for argument in call.args)
    yield from (one.type for one in given_by(api, zip(types, call.arg_kinds, call.args, strict=True)))
