"""Expressions that leave a container as it is: it is read, tested, kept or passed on, and nothing is added to it."""

from collections.abc import Iterable, Iterator

from mypy.nodes import (
    AssertStmt,
    CallExpr,
    ComparisonExpr,
    Expression,
    FuncDef,
    MemberExpr,
    NameExpr,
    Node,
    RefExpr,
    ReturnStmt,
    RevealExpr,
    UnaryExpr,
    YieldExpr,
)
from mypy.types import AnyType, CallableType, Instance, Type, get_proper_type

from .names import CONTAINER

LIBRARY = "wireproof."
READING = frozenset(f"builtins.{name}" for name in ("bool", "id", "isinstance", "print", "repr", "str", "type"))


def unchanged(node: Node, inside: Iterable[Expression]) -> Iterator[Expression]:
    """Yield the expressions to which nothing is added if they are a container.

    Args:
        node: an expression or a statement.
        inside: the expressions in it.
    """
    if isinstance(node, NameExpr):  # what a branch or a loop asks
        yield node
    yield from _asked(node)
    for one in inside:
        yield from _asked(one)
        yield from _kept(one)


def _asked(node: Node) -> list[Expression]:
    """Return the operands to which an expression or a statement adds nothing: it reads, tests or passes them on."""
    if isinstance(node, MemberExpr | RevealExpr | YieldExpr | ReturnStmt | AssertStmt | UnaryExpr):
        return [] if node.expr is None else [node.expr]
    if isinstance(node, ComparisonExpr):
        return node.operands
    return []


def _kept(expression: Expression) -> list[Expression]:
    """Return the arguments of a call to which it adds nothing.

    A function whose parameter says what the container holds may not add to it either: that is reported there.
    """
    callee = expression.callee if isinstance(expression, CallExpr) else None
    if not isinstance(expression, CallExpr) or not isinstance(callee, RefExpr):
        return []
    if callee.fullname in READING or callee.fullname.startswith(LIBRARY):
        return expression.args
    signature = callee.node.type if isinstance(callee.node, FuncDef) else None
    if not isinstance(signature, CallableType):
        return []
    formals = dict(zip(signature.arg_names, signature.arg_types, strict=True))
    named = zip(expression.args, expression.arg_names, strict=True)
    types = (
        formals.get(name) if name else next(iter(signature.arg_types[number : number + 1]), None)
        for number, (_, name) in enumerate(named)
    )
    return [one for one, typ in zip(expression.args, types, strict=True) if _says_what_it_holds(typ)]


def _says_what_it_holds(typ: Type | None) -> bool:
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance) or proper.type.fullname != CONTAINER:
        return False
    return not isinstance(get_proper_type(proper.args[0]), AnyType)
