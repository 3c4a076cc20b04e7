"""Reading a target where it is registered: a small function for each kind of thing that can be called."""

from typing import NamedTuple

from mypy.nodes import CallExpr, Decorator, Expression, FuncDef, LambdaExpr, OverloadedFuncDef, RefExpr, SymbolNode
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    NoneType,
    Parameters,
    TupleType,
    Type,
    TypeOfAny,
    get_proper_type,
)

from .lookup import unknown, without_first
from .outcome import outcome
from .parameters import first_positional, parameters_of
from .targets import CALLABLE, CLASS, FUNCTION, GENERATOR, Target
from .text import Style, class_name

CONTEXT_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
PARTIAL = "functools.partial"
PARTIAL_SIGNATURE = "__mypy_partial"


class Site(NamedTuple):
    """Where a target is registered."""

    expression: Expression
    module: str
    closes: Type
    """What ``on_close`` takes."""


def read_target(typ: Type, site: Site) -> Target | None:
    """Return what can be said about a target from its type and from how it is written; None if nothing can."""
    proper = get_proper_type(typ)
    if isinstance(proper, FunctionLike) and proper.is_type_obj():
        return _class(proper, site)
    if isinstance(site.expression, LambdaExpr) and isinstance(proper, CallableType):
        return _lambda(proper, site)
    if isinstance(proper, CallableType):
        return _function(proper, site, proper.definition)
    return _object(proper, site) if isinstance(proper, Instance) else None


def method_target(typ: Type, decorator: Decorator, closes: Type) -> Target | None:
    """Return what can be said about a method that is decorated as a source."""
    proper = get_proper_type(typ)
    if not isinstance(proper, CallableType):
        return None
    built, declared, asynchronous = outcome(proper)
    how = _how(decorator.func) if len(decorator.decorators) == 1 else CALLABLE
    return Target(how, "", built, declared, closes, asynchronous)


def closed_type(typ: Type | None) -> Type:
    """Return what an ``on_close`` takes, from its own type."""
    proper = get_proper_type(typ)
    if proper is None or isinstance(proper, NoneType):
        return NoneType()
    parameter = first_positional(proper) if isinstance(proper, CallableType) else None
    return unknown() if parameter is None else parameter


def _class(constructor: FunctionLike, site: Site) -> Target | None:
    instance = get_proper_type(constructor.items[0].ret_type)
    fallback = instance.partial_fallback if isinstance(instance, TupleType) else instance
    if not isinstance(fallback, Instance):
        return None
    signature = constructor if isinstance(constructor, CallableType) else _implementation(fallback)
    parameters = None if signature is None else parameters_of(signature)
    return Target(CLASS, _class_name(fallback), instance, instance, site.closes, parameters=parameters)


def _implementation(instance: Instance) -> CallableType | None:
    """Return the signature that an overloaded constructor has at run time, without ``self``."""
    method = instance.type.get_method("__init__")
    implementation = method.impl if isinstance(method, OverloadedFuncDef) else None
    if not isinstance(implementation, FuncDef) or not isinstance(implementation.type, CallableType):
        return None
    return without_first(implementation.type)


def _lambda(signature: CallableType, site: Site) -> Target:
    """Read a lambda. None of its parameters has an annotation, whatever mypy may think of them."""
    built, declared, asynchronous = outcome(signature)
    types = [AnyType(TypeOfAny.unannotated)] * len(signature.arg_types)
    parameters = Parameters(types, signature.arg_kinds, signature.arg_names)
    return Target(FUNCTION, f"{site.module}:<lambda>", built, declared, site.closes, asynchronous, parameters)


def _function(signature: CallableType, site: Site, definition: SymbolNode | None) -> Target:
    built, declared, asynchronous = outcome(signature)
    function = _written(definition)
    if function is None:
        return Target(CALLABLE, "", built, declared, site.closes, asynchronous)
    return Target(_how(function), _function_name(function, site), built, declared, site.closes, asynchronous)


def _object(instance: Instance, site: Site) -> Target | None:
    """Read an object that can be called: a partial, or one of a class with ``__call__``."""
    if instance.type.fullname == PARTIAL:
        return _partial(instance, site)
    method = instance.type.get_method("__call__")
    if not isinstance(method, FuncDef) or not isinstance(method.type, CallableType) or method.info.type_vars:
        return None
    return _function(method.type, site, method)._replace(name=_class_name(instance))


def _partial(instance: Instance, site: Site) -> Target | None:
    """Read a partial, which is called what the function behind it is called.

    Which one that is mypy forgets when the partial is kept in a variable and comes from its cache.
    """
    attributes = {} if instance.extra_attrs is None else instance.extra_attrs.attrs
    signature = get_proper_type(attributes.get(PARTIAL_SIGNATURE))
    if not isinstance(signature, CallableType):
        return None
    definition = signature.definition if isinstance(site.expression, CallExpr) else None
    if signature.is_type_obj():
        target = _class(signature, site)
        return None if target is None else target._replace(how=CALLABLE)
    return _function(signature, site, definition)._replace(parameters=parameters_of(signature))


def _written(definition: SymbolNode | None) -> FuncDef | None:
    """Return the function that a signature is of, unless a decorator may have put another one in its place.

    Those of `contextlib` keep its name.
    """
    if isinstance(definition, Decorator):
        return definition.func if all(map(_makes_context_manager, definition.decorators)) else None
    return definition if isinstance(definition, FuncDef) else None


def _makes_context_manager(decorator: Expression) -> bool:
    return isinstance(decorator, RefExpr) and decorator.fullname in CONTEXT_MANAGERS


def _function_name(function: FuncDef, site: Site) -> str:
    if function.info:
        return f"{function.info.module_name}:{class_name(function.info, Style.SHORT)}.{function.name}"
    return f"{function.fullname.rpartition('.')[0] or site.module}:{function.name}"


def _how(function: FuncDef) -> str:
    return GENERATOR if function.is_generator else FUNCTION


def _class_name(instance: Instance) -> str:
    return f"{instance.type.module_name}:{class_name(instance.type, Style.SHORT)}"
