"""The hooks of ``Container(...)``, where a graph is complete: they set its type, and check it."""

from collections.abc import Collection

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.messages import format_type
from mypy.plugin import FunctionContext, FunctionSigContext
from mypy.subtypes import is_subtype
from mypy.types import FunctionLike, Instance, Type, UninhabitedType, get_proper_type

from wireproof._model.checks import unused
from wireproof._model.checks.every import check_all
from wireproof._model.graph import Graph
from wireproof._model.problems import Code, Problem

from .arguments import all_given, given_to, has_star, held, read_given, take_any_source
from .codes import OF_PROBLEM
from .collecting import uncollected
from .given import boxes_of, check_values, values_of
from .imperative import added_to
from .keys import TypeKey
from .lookup import checker, find_class, has, look_again, with_arguments, with_keyword
from .names import CONTAINER
from .read import KEYS
from .report import fail, report
from .scopes import scope_class

DECLARE = "give it sources of these types, or say in its bases what it holds"


def accept_any_source(ctx: FunctionSigContext) -> FunctionLike:
    """Let ``*sources`` be any sources.

    mypy would look for one type that they have in common, which under an expected type refuses a larger container.
    Of a starred list the overload without sources would take none, so that it is ruled out there.
    """
    relaxed = take_any_source(ctx)
    if relaxed is not None:
        return relaxed
    if not has_star(ctx.context):
        return ctx.default_signature
    return with_keyword(ctx.default_signature, "no_sources", ctx.api.named_generic_type("builtins.object", []))


@uncollected()
def seal(ctx: FunctionContext, entry_points: Collection[str]) -> Type:
    """Check what a container is made of, and return its type.

    Args:
        ctx: the call.
        entry_points: full names of keys that are asked for besides those that sources require.
    """
    api, made = checker(ctx.api), get_proper_type(ctx.default_return_type)
    if not isinstance(made, Instance) or not made.type.has_base(CONTAINER):
        return ctx.default_return_type
    container = map_instance_to_supertype(made, find_class(api, CONTAINER))
    scope = container.args[1]
    added = added_to(api, ctx.context, container)
    if added is None:
        look_again(api)
        unready = with_arguments(container, [has(api, UninhabitedType()), scope])
        return unready if made.type.fullname == CONTAINER else made
    at_first = list(given_to(ctx))
    sources = [*at_first, *added]
    given = list(all_given(sources))
    graph = read_given(api, scope_class(scope), sources, ctx.context)
    made_of = read_given(api, scope_class(scope), at_first, ctx.context) if added else graph
    problems = check_all(made_of) or (check_all(graph) if added else []) or _unused(api, graph, entry_points)
    for problem in problems:
        where = given[problem.binding.origin.argument].expression if problem.binding else ctx.context
        report(api, problem, KEYS, where)
    values = values_of(ctx, api)
    check_values(api, [made_of], values, scope_class(scope), None)
    sealed = with_arguments(container, [held(api, sources, boxes_of(api, values)), scope])
    return sealed if made.type.fullname == CONTAINER else _as_declared(made, container, sealed, ctx)


def _as_declared(made: Instance, declared: Instance, sealed: Instance, ctx: FunctionContext) -> Type:
    """Return the type of a subclass, after checking that it is given what its bases say that it holds."""
    if not is_subtype(sealed, declared):
        holds = format_type(declared.args[0], ctx.api.options)
        headline = f'"{made.type.name}" is to hold {holds}, but its sources do not'
        fail(checker(ctx.api), headline, [DECLARE], ctx.context, OF_PROBLEM[Code.MISSING])
    return made


def _unused(api: TypeChecker, graph: Graph[TypeKey], entry_points: Collection[str]) -> list[Problem[TypeKey]]:
    """Return what is not needed, if that is wanted. After another problem it could be a consequence of that one."""
    if not api.msg.errors.is_error_code_enabled(OF_PROBLEM[Code.UNUSED]):
        return []
    keys = dict.fromkeys((*graph.registry.provided(), *graph.registry.collected()))
    return list(unused.check(graph, [key for key in keys if KEYS.full(key) in entry_points]))
