"""Reading a target where it is registered: a small function for each kind of thing that can be called."""

from collections.abc import Callable
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.expandtype import expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import CallExpr, Decorator, Expression, FuncDef, LambdaExpr, OverloadedFuncDef, RefExpr, SymbolNode
from mypy.subtypes import is_same_type
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    NoneType,
    Overloaded,
    Parameters,
    ProperType,
    Type,
    TypedDictType,
    TypeOfAny,
    get_proper_type,
)

from .bodies import may_lack_bodies
from .generic import asked_for
from .inference import as_bound_to, unerased
from .keys import as_class
from .lookup import unknown, with_parameters, without_first
from .outcome import outcome
from .parameters import anything, first_positional, parameters_of, partial_signature
from .partials import PARTIAL, signature_of
from .targets import AMBIGUOUS, CALLABLE, CLASS, FUNCTION, GENERATOR, Target, class_target
from .text import Style, class_name

CONTEXT_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
LAMBDA = "<lambda>"


class Site(NamedTuple):
    """Where a target is registered."""

    expression: Expression
    api: TypeChecker
    closes: Type
    """What ``on_close`` takes."""

    key: Type | None = None
    """The key that it is bound to, if one is stated."""

    decorates: bool = False
    """Whether its first parameter receives what it decorates."""

    def bound(self, signature: CallableType) -> CallableType:
        """Return the signature of a target as the key says what its type variables stand for."""
        return as_bound_to(signature, self.key, decorates=self.decorates)


def read_target(typ: Type, site: Site) -> Target | None:
    """Return what can be said about a target from its type and from how it is written; None if nothing can."""
    proper = get_proper_type(typ)
    if isinstance(proper, FunctionLike) and proper.is_type_obj():
        return _class(proper.items[0], site)
    if isinstance(proper, CallableType):
        return _lambda(proper, site) if _is_lambda(proper, site) else _function(proper, site, proper.definition)
    if isinstance(proper, Overloaded):
        return _overloaded(proper, site)
    return _object(proper, site) if isinstance(proper, Instance) else None


def method_target(typ: Type, decorator: Decorator, site: Site) -> Target | None:
    """Return what can be said about a method that is decorated as a source."""
    proper = get_proper_type(typ)
    if not isinstance(proper, CallableType):
        return None
    built, declared, asynchronous = outcome(proper)
    how = _how(decorator.func, site) if len(decorator.decorators) == 1 else CALLABLE
    return Target(how, "", built, declared, site.closes, asynchronous)


def closed_type(typ: Type | None) -> Type:
    """Return what an ``on_close`` takes, from its own type."""
    proper = get_proper_type(typ)
    if proper is None or isinstance(proper, NoneType):
        return NoneType()
    parameter = first_positional(proper) if isinstance(proper, CallableType) else None
    return unknown() if parameter is None else parameter


def _class(constructor: CallableType, site: Site) -> Target | None:
    """Read a class. What it takes does not stand in the type of the source, but is read where it is needed.

    The interface of a module of providers, and with it all that asks a container with them, would otherwise change
    with each constructor.
    """
    instance = get_proper_type(site.bound(unerased(constructor)).ret_type)
    fallback = _class_behind(instance)
    if not isinstance(fallback, Instance):
        return None
    return Target(CLASS, class_target(fallback), instance, instance, site.closes, parameters=anything())


def _class_behind(built: ProperType) -> ProperType:
    return built.fallback if isinstance(built, TypedDictType) else as_class(built)


def _overloaded(function: Overloaded, site: Site) -> Target:
    """Read a function with overloads; of those in a stub nobody knows whether they exist at run time."""
    implementation = _implementation(function.items[0].definition, site.expression)
    items = [site.bound(item) for item in function.items]
    outcomes = [outcome(item) for item in items]
    built, declared, asynchronous = outcomes[0]
    how = CALLABLE if implementation is None else _how(implementation, site)
    if not all(is_same_type(other.declared, declared) for other in outcomes):
        how, built, declared = AMBIGUOUS, unknown(), unknown()
    name = "" if implementation is None else _function_name(implementation, site)
    overloads = () if implementation is None else tuple(items)
    return Target(how, name, built, declared, site.closes, asynchronous, anything(), overloads)


def _implementation(item: SymbolNode | None, expression: Expression) -> FuncDef | None:
    """Return what runs when a function with overloads is called."""
    first = item.func if isinstance(item, Decorator) else item
    method = first.info.get_method(first.name) if isinstance(first, FuncDef) and first.info else None
    node = method if method is not None or not isinstance(expression, RefExpr) else expression.node
    implementation = node.impl if isinstance(node, OverloadedFuncDef) else None
    return implementation.func if isinstance(implementation, Decorator) else implementation


def _is_lambda(signature: CallableType, site: Site) -> bool:
    """Whether a function is written as a lambda, here or where a variable was given it."""
    kept = signature.implicit and signature.name is None and signature.definition is None
    return kept or isinstance(site.expression, LambdaExpr)


def _lambda(signature: CallableType, site: Site) -> Target:
    """Read a lambda. None of its parameters has an annotation, whatever mypy may think of them."""
    built, declared, asynchronous = outcome(signature)
    types = [AnyType(TypeOfAny.unannotated)] * len(signature.arg_types)
    parameters = Parameters(types, signature.arg_kinds, signature.arg_names)
    variable = site.expression.node if isinstance(site.expression, RefExpr) else None
    module = (
        site.api.tree.fullname if variable is None else variable.fullname.rpartition(".")[0] or site.api.tree.fullname
    )
    return Target(FUNCTION, f"{module}:{LAMBDA}", built, declared, site.closes, asynchronous, parameters)


def _function(signature: CallableType, site: Site, definition: SymbolNode | None) -> Target:
    function = _written(definition)
    bound = site.bound(_asking(signature, function))
    parameters = None if bound is signature else parameters_of(bound)
    built, declared, asynchronous = outcome(bound)
    how, name = (
        (CALLABLE, _decorated_name(site))
        if function is None
        else (_how(function, site), _function_name(function, site))
    )
    return Target(how, name, built, declared, site.closes, asynchronous, parameters)


def _asking(signature: CallableType, function: FuncDef | None) -> CallableType:
    """Return the signature of a method without what is not asked for, as the generic class of its object is known."""
    generic = function is not None and function.info and function.info.type_vars  # of no class it has a false one
    written = function.type if function is not None and generic else None
    bound = 0 if not isinstance(written, CallableType) else len(written.arg_types) - len(signature.arg_types)
    if not isinstance(written, CallableType) or bound < 0:
        return signature
    passed = written.arg_types[bound:]
    asked = asked_for(passed, signature.arg_types)
    return signature if len(asked) == len(passed) else with_parameters(signature, asked)


def _decorated_name(site: Site) -> str:
    """Return the name of a function that a decorator has made something of; most keep it."""
    node = site.expression.node if isinstance(site.expression, RefExpr) else None
    return _function_name(node.func, site) if isinstance(node, Decorator) else ""


def _object(instance: Instance, site: Site) -> Target | None:
    """Read an object that can be called: a partial, a function with a cache, or one of a class with ``__call__``."""
    if instance.type.fullname in WRAPPERS:
        return WRAPPERS[instance.type.fullname](instance, site)
    method = instance.type.get_method("__call__")
    if not isinstance(method, FuncDef) or not isinstance(method.type, CallableType):
        return None
    signature = expand_type_by_instance(method.type, map_instance_to_supertype(instance, method.info))
    target = _function(without_first(signature), site, method)._replace(name=class_target(instance))
    return target._replace(parameters=target.parameters or parameters_of(without_first(signature)))


def _cached(_: Instance, site: Site) -> Target | None:
    """Read a function under ``functools.cache``, of whose parameters mypy knows only where the function is written."""
    node = site.expression.node if isinstance(site.expression, RefExpr) else None
    if not isinstance(node, Decorator) or len(node.decorators) != 1 or not isinstance(node.func.type, CallableType):
        return None
    parameters = parameters_of(site.bound(node.func.type))
    return _function(node.func.type, site, node.func)._replace(parameters=parameters)


def _partial(instance: Instance, site: Site) -> Target | None:
    """Read a partial, which is called what the function behind it is called.

    Where that is defined mypy forgets when the partial is kept in a variable and comes from its cache.
    """
    signature = signature_of(instance, site.expression, site.api)
    if signature is None:
        return _unknown_partial(instance, site)
    if signature.is_type_obj():
        target = _class(signature, site)
        parameters = parameters_of(site.bound(signature))
        return target and target._replace(how=CALLABLE, name=f":{_short(target.name)}", parameters=parameters)
    definition = signature.definition if isinstance(site.expression, CallExpr) else None
    name, _, owner = (signature.name or "").partition(" of ")
    target = _function(signature, site, definition)
    parameters = parameters_of(site.bound(signature))
    return target._replace(name=f":{owner}.{name}" if owner else f":{name}", parameters=parameters)


def _unknown_partial(instance: Instance, site: Site) -> Target | None:
    """Read a partial of a partial of which only is known what it gives."""
    signature = partial_signature(instance)
    if signature is None:
        return None
    built, declared, asynchronous = outcome(signature)
    return Target(CALLABLE, "", built, declared, site.closes, asynchronous, anything())


def _short(name: str) -> str:
    return name.partition(":")[2]


WRAPPERS: dict[str, Callable[[Instance, Site], Target | None]] = {
    PARTIAL: _partial,
    "functools._lru_cache_wrapper": _cached,
}
"""By the class of what can be called, functions behind which there is another one."""


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
    return f"{function.fullname.rpartition('.')[0] or site.api.tree.fullname}:{function.name}"


def _how(function: FuncDef, site: Site) -> str:
    """Return what kind of function it is; without its body nothing can tell."""
    if function.is_generator:
        return GENERATOR
    name = function.info.module_name if function.info else function.fullname.rpartition(".")[0]
    module = site.api.modules.get(name, site.api.tree)
    return CALLABLE if module.is_stub or may_lack_bodies(module, site.api.options) else FUNCTION
