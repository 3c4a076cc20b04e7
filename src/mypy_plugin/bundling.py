"""The hook of ``provide_all(...)``: it keeps the targets in the type, each as what ``provide`` makes of it."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from mypy.checker import TypeChecker
from mypy.nodes import ArgKind, Expression, TempNode
from mypy.plugin import FunctionContext
from mypy.types import Instance, TupleType, Type, get_proper_type

from .lookup import argument, checker, find_function, unknown, with_arguments
from .names import PROVIDE
from .registering import closes
from .targets import note_again, noted


def bundled(ctx: FunctionContext) -> Type:
    """Put the sources into the type of the bundle: a tuple, because a union would lose a target that is there twice."""
    bundle = get_proper_type(ctx.default_return_type)
    targets = None if not ctx.args else list(_targets(ctx))
    if not isinstance(bundle, Instance) or targets is None or None in targets:
        return ctx.default_return_type
    sources: list[Type] = [_provided(ctx, target) for target in targets if target is not None]
    fallback = checker(ctx.api).named_generic_type("builtins.tuple", [unknown()])
    return with_arguments(bundle, [TupleType(sources, fallback)])


def _targets(ctx: FunctionContext) -> Iterator[Expression | None]:
    """Yield the targets; None for a starred argument of which nobody knows how many it holds."""
    starred: set[Expression] = set()
    for typ, kind, expression in zip(ctx.arg_types[0], ctx.arg_kinds[0], ctx.args[0], strict=True):
        if kind is not ArgKind.ARG_STAR:
            yield expression
        elif expression not in starred:  # mypy lists it once for each item
            starred.add(expression)
            items = get_proper_type(typ)
            yield from (
                (TempNode(item, context=expression) for item in items.items) if isinstance(items, TupleType) else [None]
            )


def _provided(ctx: FunctionContext, target: Expression) -> Type:
    """Return the type of ``provide(target, scope=scope)``.

    What mypy has to say about it is left out: it has said it about the call that is there. What it expects of that
    one, as a branch of a condition, it does not expect of this one.
    """
    api = checker(ctx.api)
    given = argument(ctx, "scope")
    scope = [] if given is None else [given.expression]
    names = [None, *("scope" for _ in scope)]
    kinds = [ArgKind.ARG_POS, *(ArgKind.ARG_NAMED for _ in scope)]
    with api.msg.filter_errors(), _expecting_nothing(api):
        source, _ = api.expr_checker.check_call(
            find_function(api, PROVIDE), [target, *scope], kinds, ctx.context, names, callable_name=PROVIDE
        )
    proper = get_proper_type(source)
    known = noted(proper) if isinstance(proper, Instance) else None
    if not isinstance(proper, Instance) or known is None:
        return source
    return note_again(api, proper, known._replace(closes=closes(ctx)))


@contextmanager
def _expecting_nothing(api: TypeChecker) -> Generator[None]:
    """Let mypy infer the type of an expression from nothing but that."""
    contexts = api.expr_checker.type_context
    contexts.append(None)
    try:
        yield
    finally:
        contexts.pop()
