"""The hooks of functions into which is injected: ``call``, ``acall``, ``inject`` and `Injector`."""

from collections.abc import Iterable

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import ArgKind, Context, Decorator, Expression, RefExpr
from mypy.plugin import MethodContext, MethodSigContext
from mypy.types import FunctionLike, Instance, Type, UnionType, get_proper_type

from .asking import ON_ARESOLVE, ON_RESOLVE, check_key
from .entering import for_calls
from .given import given_box, given_type
from .injected import Injection, awaits, called_signature, for_callers, injections, injections_left
from .known import Known, known_of
from .lookup import checker, find_class, unknown, with_arguments, with_first
from .names import CONTAINER, INJECT, INJECTOR, PLACEHOLDER
from .overriding import known_here
from .refusing import is_coroutine_function, refused
from .scopes import scope_class


def called(ctx: MethodContext) -> Type:
    """Check ``call(function, ...)``: what is not passed is resolved."""
    _check_call(ctx, awaiting=False)
    return ctx.default_return_type


def called_awaiting(ctx: MethodContext) -> Type:
    """Check ``acall(function, ...)``."""
    _check_call(ctx, awaiting=True)
    return ctx.default_return_type


def injected(ctx: MethodContext) -> Type:
    """Check ``inject(function)``, or note in the type of ``inject(scope=...)`` what calls will resolve from."""
    api, result = checker(ctx.api), get_proper_type(ctx.default_return_type)
    known = known_of(api, ctx.type)
    if known is None:
        return ctx.default_return_type
    if not isinstance(result, Instance) or result.type.fullname != INJECT:
        return _decorated(ctx, known)
    scope = ctx.arg_types[0][0] if ctx.arg_types and ctx.arg_types[0] else None
    place = ctx.context if scope is None else ctx.args[0][0]
    return with_arguments(result, [for_calls(api, known, scope, place)])


def decorated(ctx: MethodContext) -> Type:
    """Check a function that is decorated with an `Injector`, or with ``inject(scope=...)``."""
    api = checker(ctx.api)
    receiver, known = ctx.type, None
    if isinstance(receiver, Instance) and receiver.type.has_base(INJECTOR):
        known = _of_injector(api, receiver)
    elif isinstance(receiver, Instance) and receiver.type.has_base(INJECT):
        known = known_of(api, receiver.args[0])
    return ctx.default_return_type if known is None else _decorated(ctx, known)


def whatever_was_given(ctx: MethodSigContext) -> FunctionLike:
    """Let ``attach`` take any container with these sources: what its active scopes are given is another matter."""
    signature = ctx.default_signature
    container = get_proper_type(signature.arg_types[0]) if signature.arg_types else None
    if not isinstance(container, Instance) or container.type.fullname != CONTAINER:
        return signature
    held, scope = container.args
    boxes = [box for box in Known(held, None).boxes() if given_type(box) is None]
    return with_first(signature, with_arguments(container, [UnionType.make_union(boxes), scope]))


def _of_injector(api: TypeChecker, receiver: Instance) -> Known:
    """Return what is known of the scopes that an injector finds; if it does not say, they may be given anything."""
    held, scope = map_instance_to_supertype(receiver, find_class(api, INJECTOR)).args
    known = Known(held, scope_class(scope))
    if known.is_nothing() or any(map(given_type, known.boxes())):
        return known
    return Known(UnionType.make_union([*known.boxes(), given_box(api, unknown())]), known.scope)


def _decorated(ctx: MethodContext, known: Known) -> Type:
    function = called_signature(get_proper_type(ctx.arg_types[0][0])) if ctx.arg_types and ctx.arg_types[0] else None
    if function is None or function.is_type_obj():
        return ctx.default_return_type
    found, decorator = injections(function), ctx.context if isinstance(ctx.context, Decorator) else None
    awaiting = awaits(function) if decorator is None else decorator.func.is_coroutine
    place = decorator or ctx.args[0][0]
    if not refused(checker(ctx.api), function, found, place):
        _check(checker(ctx.api), known, found, place, awaiting=awaiting)
    return for_callers(function, found)


def _check_call(ctx: MethodContext, *, awaiting: bool) -> None:
    api = checker(ctx.api)
    known = known_here(ctx)
    if not ctx.arg_types or not ctx.arg_types[0]:
        return
    place, function = ctx.args[0][0], get_proper_type(ctx.arg_types[0][0])
    signature, found = called_signature(function), injections_left(function)
    if known is None or signature is None or (not awaiting and is_coroutine_function(api, signature, place)):
        return
    if not refused(api, signature, found, place):
        _check(api, known, [one for one in found if not _is_passed(one, ctx)], place, awaiting=awaiting)


def _is_passed(one: Injection, ctx: MethodContext) -> bool:
    """Whether a call passes an argument for a parameter; of starred ones that is not known."""
    formals = zip(ctx.args[1:], ctx.arg_kinds[1:], ctx.arg_names[1:], strict=True)
    passed = [one for arguments in formals for one in zip(*arguments, strict=True)]
    positional = [expression for expression, kind, _ in passed if kind is ArgKind.ARG_POS]
    named = [expression for expression, _, name in passed if name is not None and name == one.name]
    given = [*positional[one.position : one.position + 1], *named]
    return any(kind.is_star() for _, kind, _ in passed) or any(not _is_left_out(expression) for expression in given)


def _is_left_out(expression: Expression) -> bool:
    return isinstance(expression, RefExpr) and expression.fullname == PLACEHOLDER


def _check(api: TypeChecker, known: Known, missing: Iterable[Injection], place: Context, *, awaiting: bool) -> None:
    for one in missing:
        check_key(api, known, one.type, ON_ARESOLVE if awaiting else ON_RESOLVE, _parameter(place, one))


def _parameter(place: Context, one: Injection) -> Context:
    """Return the parameter of a decorated function; whatever else the place is, is returned itself."""
    return place.func.arguments[one.position] if isinstance(place, Decorator) and place.func.arguments else place
