"""The hooks of ``extend`` and ``override``: sources that take precedence over what a container holds."""

from collections.abc import Iterator

from mypy.checker import TypeChecker
from mypy.nodes import Context, TypeInfo
from mypy.plugin import MethodContext, MethodSigContext
from mypy.types import AnyType, FunctionLike, Instance, Type, UnionType, get_proper_type

from wireproof._model.binding import Binding, replace
from wireproof._model.checks.every import check_all
from wireproof._model.extending import passes_on, without
from wireproof._model.graph import Graph
from wireproof._model.problems import Problem

from .arguments import Given, boxes, given_to, read_given, take_any_source
from .given import given_type
from .keys import TypeKey, make_key
from .known import Known, container_type, is_partial, known_of, read
from .lookup import boxed, checker, has, make
from .names import REPLACING
from .overriding import known_here
from .read import KEYS
from .report import report
from .scopes import scope_path

OLD = -1
"""The argument number of what was there before."""


def accept_any_source(ctx: MethodSigContext) -> FunctionLike:
    """Let the sources of ``extend`` and ``override`` be any sources, for the same reason as those of ``Container``."""
    return take_any_source(ctx) or ctx.default_signature


def extended(ctx: MethodContext) -> Type:
    """Check ``extend(...)``, and return the type of the new container."""
    api, result = checker(ctx.api), get_proper_type(ctx.default_return_type)
    known = known_of(api, ctx.type)
    if known is None or not isinstance(result, Instance):
        return ctx.default_return_type
    given = list(given_to(ctx))
    graph = _check(api, known, given, ctx.context)
    kept = known._replace(held=UnionType.make_union([box for box in known.boxes() if _stays(box, graph, known.scope)]))
    return container_type(api, [*boxes(api, given), *_in_order(api, kept)], result.args[1])


def overridden(ctx: MethodContext) -> Type:
    """Check ``override(...)``: as if each source were marked as replacing."""
    api = checker(ctx.api)
    known = known_here(ctx)
    if known is not None:
        given = [one._replace(type=make(api, REPLACING, [one.type])) for one in given_to(ctx)]
        _check(api, known, given, ctx.context)
    return ctx.default_return_type


def _stays(box: Type, graph: Graph[TypeKey], scope: TypeInfo | None) -> bool:
    """Whether an extended container holds what the one before it holds: it may make no use of a context value."""
    given = given_type(box)
    if given is None or graph.opaque or isinstance(get_proper_type(given), AnyType):
        return True
    return passes_on(graph.bindings, make_key(given), scope_path(scope))


def _in_order(api: TypeChecker, known: Known) -> Iterator[Type]:
    """Yield what a container holds in such an order that of two providers the first one counts.

    What replaced something takes its place for good, so that what an extension provides is nearer than both.
    """
    replacing, others = list[Type](), list[Type]()
    for box in known.boxes():
        source = boxed(box, REPLACING)
        if source is None:
            others.append(box)
        else:
            replacing.append(has(api, source))
    yield from replacing
    yield from others


def _check(api: TypeChecker, known: Known, given: list[Given], call: Context) -> Graph[TypeKey]:
    """Report what is wrong with more sources in a container, but nothing that was so without them; return the graph.

    The container itself has been proven where it was made, of which its type may say less than there is.
    """
    before = read(api, known, call).graph
    more = read_given(api, known.scope, given, call)
    old = list(_counting(before))
    opaque = before.opaque or is_partial(before) or more.opaque or any(one.condition for one in more.bindings)
    graph = Graph([*without(old, more.bindings), *more.bindings], KEYS, opaque=opaque)
    so_before = {_identity(problem) for problem in check_all(Graph(old, KEYS, opaque=before.opaque))}
    for problem in check_all(graph):
        if _identity(problem) not in so_before:
            report(api, problem, KEYS, _place(problem, graph, given) or call)
    return graph


def _counting(graph: Graph[TypeKey]) -> Iterator[Binding[TypeKey]]:
    """Yield the bindings of a container that nothing in it has taken the place of."""
    for binding in graph.bindings:
        for case in graph.registry.taking_part(binding):
            yield replace(case, replaces=0, origin=case.origin._replace(argument=OLD))


def _identity(problem: Problem[TypeKey]) -> tuple[object, ...]:
    binding, parameter = problem.binding, problem.parameter
    definition = "" if binding is None else binding.origin.definition
    return (problem.code, problem.key, definition, None if parameter is None else parameter.name)


def _place(problem: Problem[TypeKey], graph: Graph[TypeKey], given: list[Given]) -> Context | None:
    """Return the argument that a problem is about, if it is about one: it may be far away in what was there before."""
    parties = [problem.binding, problem.other, *(graph.registry.winner(step.key) for step in problem.path)]
    arguments = [party.origin.argument for party in parties if party is not None and party.origin.argument != OLD]
    return given[arguments[0]].expression if arguments else None
