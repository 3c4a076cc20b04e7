"""The hook of ``reveal_graph(container)``: it prints the graph that the container's type stands for."""

from mypy.checker import TypeChecker
from mypy.nodes import Context
from mypy.plugin import FunctionContext
from mypy.types import Type

from wireproof._model.tree import tree

from . import dependencies
from .known import Known, known_of
from .lookup import checker, try_again
from .read import read_members
from .scopes import scope_path
from .walk import Walk


def revealed(ctx: FunctionContext) -> Type:
    """Print the graph of a container as notes that belong together."""
    known = known_of(checker(ctx.api), ctx.arg_types[0][0]) if ctx.arg_types and ctx.arg_types[0] else None
    if known is not None:
        _reveal(checker(ctx.api), known, ctx.context)
    return ctx.default_return_type


def _reveal(api: TypeChecker, known: Known, context: Context) -> None:
    walk = Walk(api, known.scope)
    graph = read_members(walk, known.held)
    dependencies.record(api, walk.classes)
    dependencies.record_for_daemon(api, walk.classes)
    if walk.unready and api.pass_num < api.last_pass:
        try_again(api, context)
        return
    heading, *lines = tree(graph, scope_path(known.scope))
    first = api.msg.report(heading, context, "note", origin_context=None)
    for line in lines:
        api.msg.note(line, context, parent_error=first)
