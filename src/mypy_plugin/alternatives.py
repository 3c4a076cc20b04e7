"""Sources of union type: alternatives, of which one is there."""

from collections.abc import Callable, Sequence
from functools import partial

from mypy.checker import TypeChecker
from mypy.nodes import ConditionalExpr, Expression
from mypy.types import (
    Instance,
    NoneType,
    Parameters,
    TupleType,
    Type,
    UnionType,
    flatten_nested_unions,
    get_proper_type,
)

from wireproof._model.alternatives import Branch, Choice, both
from wireproof._model.binding import replace

from .names import PROVIDER, REPLACING
from .targets import noted
from .text import Style, text
from .walk import Walk


def read_alternatives(sources: Sequence[Type], read: Callable[[Type], None], walk: Walk) -> None:
    """Read sources of which one is there: each of their bindings is there under a condition.

    Args:
        sources: the members of a union; None is the alternative that there is nothing.
        read: reads one of them.
        walk: where the bindings go.
    """
    members = flatten_nested_unions(sources)
    read_ways([(label(member), partial(read, member)) for member in members], walk)


def read_ways(ways: Sequence[tuple[str, Callable[[], None]]], walk: Walk) -> None:
    """Read several ways of which one is taken, each with what messages call it."""
    found = [walk.apart(read) for _, read in ways]
    choice = Choice(tuple(name for name, _ in ways))
    for number, bindings in enumerate(found):
        here = (Branch(choice, number),)
        walk.bindings += [replace(one, condition=both(here, one.condition)) for one in bindings]


def all_alternatives(api: TypeChecker, typ: Type, expression: Expression) -> Type:
    """Return the type of a source with all alternatives of a conditional expression, of which mypy may have made one.

    That is what it does with a class and its base class.
    """
    if not isinstance(expression, ConditionalExpr):
        return typ
    branches = (expression.if_expr, expression.else_expr)
    if not all(map(api.has_type, branches)):  # one of them is never reached
        return typ
    return UnionType.make_union([all_alternatives(api, api.lookup_type(branch), branch) for branch in branches])


def label(source: Type) -> str:
    """Return what messages call an alternative."""
    proper = get_proper_type(source)
    if isinstance(proper, NoneType):
        return ""
    if isinstance(proper, TupleType):
        return " and ".join(map(label, proper.items))
    if not isinstance(proper, Instance) or proper.type.has_base(PROVIDER) or not proper.args:
        return text(proper, Style.SHORT)
    if proper.type.fullname == REPLACING:
        return label(proper.args[0])
    target = noted(proper)
    if target is not None and target.name:
        return target.name.partition(":")[2]
    keys = (argument for argument in proper.args if not isinstance(get_proper_type(argument), Parameters))
    return f"bind({text(next(keys, proper), Style.SHORT)})"
