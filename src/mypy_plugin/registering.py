"""The hooks of ``provide(...)``, ``@provide()``, ``bind(Key).to(...)`` and ``bind(Key).alias(...)``.

They only complete the type of the source; findings are reported where a container is made, because an error in the
hook of an overloaded function would make mypy try the next overload.
"""

from mypy.checker import TypeChecker
from mypy.nodes import Decorator, RefExpr, TypeInfo
from mypy.plugin import FunctionContext, FunctionSigContext, MethodContext, MethodSigContext
from mypy.subtypes import is_same_type, is_subtype
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    NoneType,
    ProperType,
    Type,
    TypeOfAny,
    TypeType,
    TypeVarType,
    get_proper_type,
)

from .accepted import is_accepted
from .boxing import Signed, boxing
from .describe import LAMBDA, Site, closed_type, method_target, read_target
from .lookup import argument, checker, find_class, unknown, with_arguments, with_first, with_keyword, with_returned
from .names import (
    ASYNC_CONTRIBUTION,
    ASYNC_FACTORY,
    ASYNC_METHOD_FACTORY,
    CONTRIBUTION,
    FACTORY,
    METHOD_DECORATOR,
    METHOD_FACTORY,
)
from .outcome import outcome, yielded
from .parameters import partial_signature, without_first_parameter
from .spelled import spelled_type
from .strings import refused
from .targets import CALLABLE, CLASS, ENTERED_CLASS, ENTERED_TWICE, Target, note, note_again

_CLASSES = {name: pair for pair in ((FACTORY, ASYNC_FACTORY), (CONTRIBUTION, ASYNC_CONTRIBUTION)) for name in pair}
"""For each class of sources that call a target: that class, and the one for what has to be awaited."""

IMPOSSIBLE = "_does_not_apply_to_this_target"


def provided(ctx: FunctionContext) -> Type:
    """Complete the type of ``provide(...)``."""
    result = get_proper_type(ctx.default_return_type)
    if not isinstance(result, Instance):
        return ctx.default_return_type
    if result.type.fullname == METHOD_DECORATOR:
        return with_arguments(result, [result.args[0], closes(ctx)])
    target = target_of(ctx, NoneType())
    if target is None:
        return result
    if _is_entered(ctx):
        target = as_entered(target, result)
    return complete(checker(ctx.api), result, target, own_key(target))


def bound(ctx: MethodContext) -> Type:
    """Complete the type of ``bind(Key).to(...)``."""
    result = get_proper_type(ctx.default_return_type)
    if not isinstance(result, Instance):
        return ctx.default_return_type
    key = _stated(ctx.type.args[0] if isinstance(ctx.type, Instance) else result.args[1])
    target = target_of(ctx, closes(ctx), key)
    if target is None:
        return result
    if _is_entered(ctx):
        return complete(checker(ctx.api), result, as_entered(target, result), key)
    if not is_accepted(checker(ctx.api), target, key):
        return AnyType(TypeOfAny.from_error)
    if is_same_type(target.declared, key):
        target = target._replace(how=CALLABLE if target.how != CLASS else CLASS, built=target.declared)
    return complete(checker(ctx.api), result, target, key)


def decorated(ctx: MethodContext) -> Type:
    """Complete the type of a method under ``@provide()``."""
    result, decorator = get_proper_type(ctx.default_return_type), ctx.type
    if (
        not isinstance(result, Instance)
        or not isinstance(decorator, Instance)
        or not isinstance(ctx.context, Decorator)
    ):
        return ctx.default_return_type
    site = Site(ctx.args[0][0], checker(ctx.api), decorator.args[1])
    target = method_target(ctx.arg_types[0][0], ctx.context, site)
    if target is None:
        return result
    api = checker(ctx.api)
    info = find_class(api, ASYNC_METHOD_FACTORY if target.asynchronous else METHOD_FACTORY)
    parameters, returned, _, scope, _ = result.args
    return Instance(info, [parameters, returned, target.built, scope, note(api, target, target.built, returned)])


def decorating(ctx: MethodContext) -> Type:
    """Complete the type of ``bind(Key).decorate(...)``; the first parameter of the target is not injected."""
    result, binder = get_proper_type(ctx.default_return_type), ctx.type
    key = binder.args[0] if isinstance(binder, Instance) else None
    target = target_of(ctx, NoneType(), key, decorates=True)
    if not isinstance(result, Instance) or target is None:
        return ctx.default_return_type
    if key is not None and not is_accepted(checker(ctx.api), target, key):
        return AnyType(TypeOfAny.from_error)
    parameters = result.args[0] if target.parameters is None else without_first_parameter(target.parameters)
    return note_again(checker(ctx.api), with_arguments(result, [parameters, *result.args[1:]]), target)


def aliased(ctx: MethodContext) -> Type:
    """Put the other key of ``bind(Key).alias(Other)`` into its type."""
    result = get_proper_type(ctx.default_return_type)
    if ctx.args[0] and refused(checker(ctx.api), "alias", ctx.args[0][0]):
        return AnyType(TypeOfAny.from_error)
    other = spelled_type(ctx.arg_types[0][0], ctx.args[0][0]) if ctx.args[0] else None
    if not isinstance(result, Instance) or other is None:
        return ctx.default_return_type
    if not is_subtype(other, result.args[0]):  # mypy has said so
        return AnyType(TypeOfAny.from_error)
    return with_arguments(result, [result.args[0], other])


@boxing
def only_what_applies(ctx: Signed) -> CallableType:
    """Rule out the overloads that a target would match besides its own by knowing too little.

    mypy gives ``Any`` where several overloads match through an ``Any``, in what a target returns or in what it takes,
    and the source would be lost. A generic function that returns its type variable would be taken for one that
    returns an iterator.
    """
    return _only_what_applies(ctx)


def _only_what_applies(ctx: FunctionSigContext | MethodSigContext) -> CallableType:
    signature = ctx.default_signature
    given = _callable(ctx)
    if given is None or _applies(get_proper_type(signature.arg_types[0]), given):
        return signature
    return _impossible(signature, checker(ctx.api))


@boxing
def only_what_yields(ctx: MethodSigContext) -> CallableType:
    """Let ``bind(Key).to`` accept a generator of something else, so that it is reported as ``wire-yield``.

    Otherwise mypy would list ten overloads, none of which matches.
    """
    given, binder = _callable(ctx), ctx.type
    if given is None or not isinstance(binder, Instance):
        return ctx.default_signature
    item, key = yielded(given.ret_type), binder.args[0]
    if item is not None and is_subtype(given.ret_type, key):
        return ctx.default_signature
    signature = _only_what_applies(ctx)
    if item is None or is_subtype(item, key):
        return signature
    return _relaxed(signature, ctx.api.named_generic_type("builtins.object", []))


def _relaxed(signature: CallableType, anything: Type) -> CallableType:
    target = get_proper_type(signature.arg_types[0])
    returned = get_proper_type(target.ret_type) if isinstance(target, CallableType) else None
    if not isinstance(target, CallableType) or not isinstance(returned, Instance) or yielded(returned) is None:
        return signature
    return with_first(signature, with_returned(target, with_arguments(returned, [anything, *returned.args[1:]])))


def _callable(ctx: FunctionSigContext | MethodSigContext) -> CallableType | None:
    target = ctx.args[0][0] if ctx.args and ctx.args[0] else None
    if target is None or (isinstance(target, RefExpr) and isinstance(target.node, TypeInfo)):
        return None  # mypy asks for each overload, and most targets are classes
    typ = get_proper_type(ctx.api.get_expression_type(target))
    given = partial_signature(typ) if isinstance(typ, Instance) else typ
    return given if isinstance(given, CallableType) and not given.is_type_obj() else None


def _applies(formal: ProperType, given: CallableType) -> bool:
    if isinstance(formal, TypeType):
        return False
    if not isinstance(formal, CallableType):
        return True
    anything = isinstance(get_proper_type(given.ret_type), AnyType | TypeVarType)
    return not _is_special(formal) if anything else _is_special(formal) or not _is_special(given)


def _is_special(function: CallableType) -> bool:
    """Whether it is an overload for generators or coroutines, or one of these."""
    built, declared, asynchronous = outcome(function)
    return asynchronous or built is not declared


def _impossible(signature: CallableType, api: TypeChecker) -> CallableType:
    return with_keyword(signature, IMPOSSIBLE, api.named_generic_type("builtins.object", []))


def target_of(
    ctx: FunctionContext | MethodContext, closes: Type, key: Type | None = None, *, decorates: bool = False
) -> Target | None:
    """Return what is known of the target that is registered by a call.

    Args:
        ctx: the call.
        closes: what its ``on_close`` takes.
        key: the key that is stated, if one is.
        decorates: whether it goes around what the key is served with otherwise.
    """
    if not ctx.arg_types or not ctx.arg_types[0]:
        return None
    site = Site(ctx.args[0][0], checker(ctx.api), closes, key, decorates)
    return read_target(ctx.arg_types[0][0], site)


def _is_entered(ctx: FunctionContext | MethodContext) -> bool:
    """Whether what the target returns is to be entered."""
    return argument(ctx, "enter") is not None


def as_entered(target: Target, source: Instance) -> Target:
    """Return a target of which only mypy knows what entering it gives: what the overload that matched says."""
    asynchronous = any(source.type.has_base(name) for name in (ASYNC_FACTORY, ASYNC_CONTRIBUTION))
    built, manager = source.args[1], get_proper_type(target.declared)
    twice = isinstance(manager, Instance) and all(manager.type.get(name) for name in ("__enter__", "__aenter__"))
    if target.how == CLASS and not twice:
        return target._replace(how=ENTERED_CLASS, built=built, asynchronous=asynchronous)
    how = ENTERED_TWICE if twice else CALLABLE
    return target._replace(how=how, built=built, declared=built, asynchronous=asynchronous)


def closes(ctx: FunctionContext | MethodContext) -> Type:
    """Return what the ``on_close`` of a call takes."""
    on_close = argument(ctx, "on_close")
    return closed_type(None if on_close is None else on_close.type)


def own_key(target: Target) -> Type:
    """Return the key of ``provide(target)``; a lambda has no annotation to take it from."""
    return AnyType(TypeOfAny.unannotated) if target.name.endswith(f":{LAMBDA}") else target.built


def _stated(key: Type) -> Type:
    """Return the key that is stated; one of which nothing is known is not a key without an annotation."""
    return unknown() if isinstance(get_proper_type(key), AnyType) else key


def complete(api: TypeChecker, source: Instance, target: Target, key: Type) -> Type:
    """Return the type of a source with all that is known of its target."""
    plain, asynchronous = _CLASSES[source.type.fullname]
    info = find_class(api, asynchronous if target.asynchronous else plain)
    parameters, _, scope, _ = source.args
    return Instance(info, [target.parameters or parameters, key, scope, note(api, target, key, key)])
