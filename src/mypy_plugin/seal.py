"""The hooks of ``Container(...)``, where a graph is complete: they set its type, and check it."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import ArgKind, CallExpr, Context, Expression, TypeInfo
from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.types import AnyType, CallableType, FunctionLike, Instance, TupleType, Type, UnionType, get_proper_type

from wireproof._model.checks import check_all, unused
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

from . import dependencies
from .codes import OF_PROBLEM, OPAQUE
from .given import boxes_of, check_context, context_of
from .keys import TypeKey
from .lookup import checker, has, try_again, unknown, with_arguments, with_first, with_keyword
from .names import PROVIDER, REGISTRATION, SOURCE
from .read import KEYS, read_sources
from .report import fail, report
from .scopes import scope_class
from .walk import Walk

HIDES = "Nothing is known about what this source provides, so that nothing can be called missing in this container"
DECLARE = "declare what it is: the class of a provider, or what provide(...) or bind(...) returns"


class Given(NamedTuple):
    """One source that a container is given."""

    type: Type
    expression: Expression


def accept_any_source(ctx: FunctionSigContext) -> FunctionLike:
    """Let ``*sources`` be any sources.

    mypy would look for one type that they have in common, which under an expected type refuses a larger container.
    Of a starred list the overload without sources would take none, so that it is ruled out there.
    """
    relaxed = take_any_source(ctx)
    if relaxed is not None:
        return relaxed
    if not _has_star(ctx.context):
        return ctx.default_signature
    return with_keyword(ctx.default_signature, "no_sources", ctx.api.named_generic_type("builtins.object", []))


def take_any_source(ctx: FunctionSigContext | MethodSigContext) -> CallableType | None:
    """Return a signature whose ``*sources`` may be any sources; None if it has no such parameter."""
    signature = ctx.default_signature
    parameter = get_proper_type(signature.arg_types[0]) if signature.arg_types else None
    if not isinstance(parameter, Instance) or parameter.type.fullname != SOURCE:
        return None
    return with_first(signature, with_arguments(parameter, [ctx.api.named_generic_type("builtins.object", [])]))


def seal(ctx: FunctionContext, entry_points: Collection[str]) -> Type:
    """Check what a container is made of, and return its type.

    Args:
        ctx: the call.
        entry_points: full names of keys that are asked for besides those that sources require.
    """
    container = get_proper_type(ctx.default_return_type)
    if not isinstance(container, Instance):
        return ctx.default_return_type
    given = list(sources(ctx))
    api = checker(ctx.api)
    scope = container.args[1]
    graph = read_given(api, scope_class(scope), given, ctx.context)
    for problem in check_all(graph) or _unused(api, graph, entry_points):
        where = given[problem.binding.origin.argument].expression if problem.binding else ctx.context
        report(api, problem, KEYS, where)
    context = context_of(ctx, api)
    check_context(api, graph, context, scope_class(scope), None)
    return with_arguments(container, [held(api, given, boxes_of(api, context)), scope])


def _unused(api: TypeChecker, graph: Graph[TypeKey], entry_points: Collection[str]) -> list[Problem[TypeKey]]:
    """Return what is not needed, if that is wanted. After another problem it could be a consequence of that one."""
    if not api.msg.errors.is_error_code_enabled(OF_PROBLEM[Code.UNUSED]):
        return []
    keys = dict.fromkeys((*graph.registry.provided(), *graph.registry.collected()))
    return list(unused.check(graph, [key for key in keys if KEYS.full(key) in entry_points]))


def read_given(api: TypeChecker, scope: TypeInfo | None, given: list[Given], call: Context) -> Graph[TypeKey]:
    """Read the sources that a call is given into a graph, and report those that hide what they provide."""
    walk = Walk(api, scope)
    graph = read_sources(walk, ((number, source.type) for number, source in enumerate(given)))
    dependencies.record(api, walk.classes)
    dependencies.record_for_daemon(api, walk.classes)
    if walk.unready:
        try_again(api, call)
    for source in given:
        if hides(source.type):
            fail(api, HIDES, [DECLARE], source.expression, OPAQUE)
    return graph


def sources(ctx: FunctionContext | MethodContext) -> Iterator[Given]:
    """Yield the sources among the arguments of a call; a tuple with a star is as many as it has items."""
    position = ctx.callee_arg_names.index("sources") if "sources" in ctx.callee_arg_names else None
    if position is None:
        return
    expanded: set[Expression] = set()
    arguments = zip(ctx.arg_types[position], ctx.arg_kinds[position], ctx.args[position], strict=True)
    for typ, kind, expression in arguments:
        if kind is not ArgKind.ARG_STAR:
            yield Given(typ, expression)
        elif expression not in expanded:
            expanded.add(expression)
            yield from (Given(item, expression) for item in _items(typ, checker(ctx.api)))


def _has_star(call: Context) -> bool:
    return isinstance(call, CallExpr) and ArgKind.ARG_STAR in call.arg_kinds


def held(api: TypeChecker, given: list[Given], more: Iterable[Type]) -> Type:
    """Return what a container of these sources holds, as it stands in its type, with some more boxes."""
    provided = boxes(api, given)
    return UnionType.make_union([*provided, *more] if provided else [unknown()])


def boxes(api: TypeChecker, given: Iterable[Given]) -> list[Type]:
    """Return what sources provide, as it stands in the type of a container."""
    return [box for source in given for box in _boxes(api, source.type)]


def hides(typ: Type) -> bool:
    """Whether a source is declared as something that says nothing about what it provides."""
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance):
        return False
    if proper.type.fullname == SOURCE:
        return isinstance(get_proper_type(proper.args[0]), AnyType)
    return proper.type.fullname == PROVIDER or not is_source(proper)


def is_source(proper: Instance) -> bool:
    """Whether it is an instance of one of the library's classes of sources."""
    return any(proper.type.has_base(base) for base in (REGISTRATION, PROVIDER, SOURCE))


def _items(typ: Type, api: TypeChecker) -> list[Type]:
    """Return the types of what a starred argument holds; of how many sources is not known, any may be missing."""
    proper = get_proper_type(typ)
    if isinstance(proper, TupleType):
        return list(proper.items)
    item: Type = unknown()
    iterable = api.named_generic_type("typing.Iterable", [item]).type
    if isinstance(proper, Instance) and proper.type.has_base(iterable.fullname):
        item = map_instance_to_supertype(proper, iterable).args[0]
    return [item if hides(item) else unknown()]


def _boxes(api: TypeChecker, typ: Type) -> list[Type]:
    proper = get_proper_type(typ)
    if isinstance(proper, Instance) and proper.type.fullname == SOURCE:
        provided = get_proper_type(proper.args[0])
        return [has(api, provided)] if isinstance(provided, AnyType) else [provided]
    return [has(api, proper)]
