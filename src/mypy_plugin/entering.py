"""The hooks of scopes: ``enter_scope``, ``current``, ``close_scope`` and ``aclose_scope``."""

from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import Context, Expression, TypeInfo
from mypy.plugin import MethodContext
from mypy.types import FunctionLike, Instance, NoneType, Type, get_proper_type

from wireproof._model.binding import Kind
from wireproof._model.entering import never_active, not_enterable, nothing_next
from wireproof._model.problems import Code
from wireproof._model.report import Report

from .codes import OF_PROBLEM
from .given import boxes_of, check_values, given_box, given_type, kept, values_of
from .known import Known, container_type, known_of, read
from .lookup import checker, unknown
from .names import LAST_SCOPE
from .overriding import known_here, layers_here
from .report import fail
from .scopes import next_scope, scope_class, scope_line, scope_path


def entered(ctx: MethodContext) -> Type:
    """Check ``enter_scope(...)``, and put into its type what the scope was given.

    The method is overloaded, but whether there is a finding depends on the receiver and the arguments alone: either no
    overload is reported, or all those that are plausible are, of which mypy shows one.
    """
    api, result = checker(ctx.api), get_proper_type(ctx.default_return_type)
    layers = layers_here(ctx)
    if not layers or not isinstance(result, Instance):
        return ctx.default_return_type
    known = layers[0]
    target = _target(ctx, known.scope)
    _refuse(api, _problem(known.scope, target), target.expression or ctx.context)
    values = values_of(ctx, api)
    if known.is_nothing() or not (values.gives() or any(map(given_type, known.boxes()))):
        return result
    graphs = [read(api, layer, ctx.context).graph for layer in layers]
    check_values(api, graphs, values, target.scope, _outer(known.scope, target.scope))
    boxes = [*kept(api, known.boxes(), graphs[-1], target.scope), *boxes_of(api, values)]
    return container_type(api, boxes, result.args[1])


def for_calls(api: TypeChecker, known: Known, scope: Type | None, place: Context) -> Type:
    """Return the type of the scopes that calls run in: a fresh one for each, or the container if none is named.

    Of a scope that cannot be entered nothing is known: that is the one thing to say.
    """
    if scope is None or isinstance(get_proper_type(scope), NoneType):
        return container_type(api, known.boxes(), _scope_type(known.scope))
    target = _scope_of_class(scope)
    if _refuse(api, _target_problem(known.scope, target), place):
        return unknown()
    boxes = known.boxes() if known.is_nothing() else kept(api, known.boxes(), read(api, known, place).graph, target)
    return container_type(api, boxes, _scope_type(target))


def _scope_type(scope: TypeInfo | None) -> Type:
    return unknown() if scope is None else Instance(scope, [])


def found(ctx: MethodContext) -> Type:
    """Check ``current(...)``. What an active scope was given is not known."""
    api, result = checker(ctx.api), get_proper_type(ctx.default_return_type)
    known, here = known_of(api, ctx.type), known_here(ctx)
    closed(ctx)
    if known is None or here is None or known.is_nothing() or not isinstance(result, Instance):
        return ctx.default_return_type
    graph = read(api, here, ctx.context).graph
    boxes = [box for box in known.boxes() if given_type(box) is None]
    if graph.opaque or any(one.kind is Kind.CONTEXT for one in graph.bindings):
        boxes.append(given_box(api, unknown()))
    return container_type(api, boxes, result.args[1])


def closed(ctx: MethodContext) -> Type:
    """Check ``close_scope(...)`` and ``aclose_scope(...)``: only a scope of the container's tree can be active."""
    api = checker(ctx.api)
    known = known_of(api, ctx.type)
    target = _scope_of_class(ctx.arg_types[0][0]) if ctx.args and ctx.args[0] else None
    here, there = scope_path(None if known is None else known.scope), scope_path(target)
    if here is not None and there is not None and here.line[0] != there.line[0]:
        _refuse(api, never_active(here, there), ctx.args[0][0])
    return ctx.default_return_type


class _Target(NamedTuple):
    """The scope that is to be entered."""

    scope: TypeInfo | None
    """None if it is not known."""

    expression: Expression | None
    """None if it is left out."""


def _target(ctx: MethodContext, here: TypeInfo | None) -> _Target:
    given = ctx.args[0] if ctx.callee_arg_names[0] != "context" else []
    if given:
        return _Target(_scope_of_class(ctx.arg_types[0][0]), given[0])
    return _Target(None if here is None else next_scope(checker(ctx.api), here), None)


def _outer(here: TypeInfo | None, target: TypeInfo | None) -> TypeInfo | None:
    """Return the scope in which the target is opened, if it is opened in that of the container."""
    return here if here is not None and target is not None and here is not target and here in target.mro else None


def _refuse(api: TypeChecker, found: Report | None, place: Context) -> bool:
    """Report what is wrong, if anything is, and return whether that is so."""
    if found is not None:
        fail(api, found.headline, found.notes, place, OF_PROBLEM[Code.SCOPE])
    return found is not None


def _problem(here: TypeInfo | None, target: _Target) -> Report | None:
    return _next_scope_problem(here) if target.expression is None else _target_problem(here, target.scope)


def _scope_of_class(typ: Type) -> TypeInfo | None:
    """Return the scope whose class is passed; None for a variable that may hold a deeper one."""
    proper = get_proper_type(typ)
    if isinstance(proper, FunctionLike) and proper.is_type_obj():
        return scope_class(proper.items[0].ret_type)
    return None


def _next_scope_problem(scope: TypeInfo | None) -> Report | None:
    """Return what is wrong with entering the next scope: below the last built-in scope there is none."""
    here = scope_path(scope)
    return nothing_next(here) if here is not None and LAST_SCOPE in here.line else None


def _target_problem(scope: TypeInfo | None, target: TypeInfo | None) -> Report | None:
    """Return what is wrong with entering a scope: it must lie within the tree that the container is in."""
    here, there = scope_path(scope), scope_path(target)
    if here is None or there is None or target is None or (here.line[0] == there.line[0] and len(there.line) > 1):
        return None
    return not_enterable(here, there, scope_path(scope_line(target)[0]) or there)
