"""Context values: what the type of a scope says that it was given, and what a ``context={...}`` gives."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import DictExpr, Expression, RefExpr, TypeInfo
from mypy.plugin import FunctionContext, MethodContext
from mypy.types import AnyType, Type, get_proper_type

from wireproof._model.binding import Kind
from wireproof._model.checks import context as check
from wireproof._model.graph import Graph
from wireproof._model.problems import Code

from .keys import TypeKey, make_key, read_key
from .known import is_partial
from .lookup import argument, boxed, has, make, unknown
from .names import GIVEN
from .read import KEYS
from .report import report
from .scopes import scope_path
from .spelled import spelled_type
from .strings import refused


class Entry(NamedTuple):
    """One entry of a ``context={...}``."""

    key: Expression
    value: Expression
    type: Type
    """The type that the key spells."""


class Values(NamedTuple):
    """What a call gives."""

    entries: tuple[Entry, ...] = ()
    opaque: bool = False
    """Whether it gives something that nobody can know."""

    def gives(self) -> bool:
        """Whether it gives anything."""
        return bool(self.entries) or self.opaque


def given_type(box: Type) -> Type | None:
    """Return the key in ``Has[Given[Key]]``, None for any other box."""
    return boxed(box, GIVEN)


def given_box(api: TypeChecker, key: Type) -> Type:
    """Return the box that says that a value was given."""
    return has(api, make(api, GIVEN, [key]))


def values_of(ctx: FunctionContext | MethodContext, api: TypeChecker) -> Values:
    """Read the ``context`` among the arguments of a call."""
    context = argument(ctx, "context")
    if context is None:
        return Values()
    display = context.expression
    if not isinstance(display, DictExpr):
        return Values(opaque=True)
    spelled = [(key, value, None if key is None else _spelled(api, key)) for key, value in display.items]
    entries = [Entry(key, value, typ) for key, value, typ in spelled if key is not None and typ is not None]
    return Values(tuple(entries), len(entries) < len(spelled))


def _spelled(api: TypeChecker, expression: Expression) -> Type | None:
    """Return the type that a key of a display spells; mypy itself does not look for types there."""
    if refused(api, "context", expression):
        return None
    if isinstance(expression, RefExpr):  # also of a generic class without arguments
        spelled = spelled_type(api.get_expression_type(expression), expression)
        if spelled is not None:
            return spelled
    with api.msg.filter_errors():
        return api.expr_checker.try_parse_as_type_expression(expression)


def check_values(
    api: TypeChecker,
    graphs: Sequence[Graph[TypeKey]],
    values: Values,
    scope: TypeInfo | None,
    outer: TypeInfo | None,
) -> None:
    """Report the entries that are not declared, or for another scope, or of another type.

    Args:
        api: the checker.
        graphs: that of the container, and with each override over it: a value is for any of them, and it is the last
            one that says why it is for none.
        values: what is given.
        scope: the scope that is opened.
        outer: the one that it is opened in.
    """
    opened = scope_path(scope)
    for entry in values.entries if opened is not None else ():
        key = read_key(entry.type).key
        if key is None or opened is None:
            continue
        value = read_key(_value_type(api, entry)).key
        found = [next(check.at_entering(graph, key, value, opened, scope_path(outer)), None) for graph in graphs]
        problem = found[-1]
        if problem is None or None in found or (problem.other is None and is_partial(graphs[-1])):
            continue  # it is declared, or somebody else may declare it
        report(api, problem, KEYS, entry.value if problem.code is Code.TYPE else entry.key)


def _value_type(api: TypeChecker, entry: Entry) -> Type:
    """Return the type of a value, of which mypy has not been told what is expected."""
    with api.msg.filter_errors() as errors:
        typ = api.get_expression_type(entry.value, type_context=entry.type)
        return api.get_expression_type(entry.value) if errors.has_new_errors() else typ


def boxes_of(api: TypeChecker, values: Values) -> Iterator[Type]:
    """Yield the boxes that say what a call gives."""
    for entry in values.entries:
        yield given_box(api, entry.type)
    if values.opaque:
        yield given_box(api, unknown())


def kept(api: TypeChecker, boxes: Iterable[Type], graph: Graph[TypeKey], target: TypeInfo | None) -> Iterator[Type]:
    """Yield the boxes of a container that are those of a scope that is entered from it.

    A fresh scope was given nothing yet: of the values in the type, those stay that belong to the scopes around it.
    Where any may have been given, these are the ones that are declared.
    """
    around = scope_path(target)

    def stays(key: TypeKey) -> bool:
        declared = graph.registry.winner(key)
        lives = None if declared is None or declared.kind is not Kind.CONTEXT else declared.scope
        return lives is None or around is None or (lives.holds(around) and lives.line != around.line)

    for box in boxes:
        typ = given_type(box)
        if typ is None:
            yield box
        elif not isinstance(get_proper_type(typ), AnyType):
            if stays(make_key(typ)):
                yield box
        elif graph.opaque or around is None:
            yield box
        else:
            declared = [one.key for one in graph.bindings if one.kind is Kind.CONTEXT]
            yield from (given_box(api, key.type) for key in declared if key is not None and stays(key))
