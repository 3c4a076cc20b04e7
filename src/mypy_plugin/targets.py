"""What is known of a target where it is registered, kept in the type of the source.

Whether a function is a generator, what its name is and which class a constructor belongs to are known only where the
registration stands. `note` writes it into the last type argument of the source, `noted` reads it back, anywhere.
"""

from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import Decorator, Expression, FuncDef, LambdaExpr, SymbolNode
from mypy.types import (
    AnyType,
    CallableType,
    FunctionLike,
    Instance,
    LiteralType,
    NoneType,
    Parameters,
    ProperType,
    TupleType,
    Type,
    TypeOfAny,
    UnionType,
    get_proper_type,
)

from .lookup import make, unknown
from .names import TARGET
from .outcome import outcome
from .parameters import first_positional, parameters_of
from .text import Style, class_name

CLASS = "class"
FUNCTION = "function"
GENERATOR = "generator"
CALLABLE = "callable"
"""Something that can be called, but whether it is a generator function cannot be seen."""


class Target(NamedTuple):
    """What builds the instances of a source."""

    how: str
    name: str
    """Module and qualified name, with a colon between them; empty if it has none."""

    built: Type
    declared: Type
    closes: Type
    """What ``on_close`` takes; None if there is no ``on_close``."""

    asynchronous: bool = False
    parameters: Type | None = None
    """What a constructor takes; None if mypy's own inference is as good."""


def read_target(typ: Type, expression: Expression, module: str, closes: Type) -> Target | None:
    """Return what can be said about a target from its type and from how it is written; None if nothing can.

    Args:
        typ: its type.
        expression: the argument.
        module: where that stands.
        closes: what ``on_close`` takes.
    """
    proper = get_proper_type(typ)
    if not isinstance(proper, FunctionLike):
        return None
    if proper.is_type_obj():
        return _class_target(proper, closes)
    return _function_target(proper, expression, module, closes) if isinstance(proper, CallableType) else None


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


def note(api: TypeChecker, target: Target) -> Type:
    """Return the type argument that keeps what is known about a target."""
    string = api.named_generic_type("builtins.str", [])
    how, name = LiteralType(target.how, string), LiteralType(target.name, string)
    arguments: list[Type] = [how, name, target.built, target.declared, target.closes]
    return UnionType([make(api, TARGET, arguments), unknown()])


def noted(typ: Type) -> Target | None:
    """Return what `note` has kept; None if there is nothing."""
    proper = get_proper_type(typ)
    items = [get_proper_type(item) for item in proper.items] if isinstance(proper, UnionType) else [proper]
    for item in items:
        if isinstance(item, Instance) and item.type.fullname == TARGET:
            how, name, built, declared, closes = item.args
            return Target(_literal(get_proper_type(how)), _literal(get_proper_type(name)), built, declared, closes)
    return None


def _literal(proper: ProperType) -> str:
    return str(proper.value) if isinstance(proper, LiteralType) else ""


def _class_target(constructor: FunctionLike, closes: Type) -> Target | None:
    instance = get_proper_type(constructor.items[0].ret_type)
    fallback = instance.partial_fallback if isinstance(instance, TupleType) else instance
    if not isinstance(fallback, Instance):
        return None
    name = f"{fallback.type.module_name}:{class_name(fallback.type, Style.SHORT)}"
    parameters = parameters_of(constructor) if isinstance(constructor, CallableType) else None
    return Target(CLASS, name, instance, instance, closes, parameters=parameters)


def _function_target(signature: CallableType, expression: Expression, module: str, closes: Type) -> Target:
    built, declared, asynchronous = outcome(signature)
    if isinstance(expression, LambdaExpr):
        name, parameters = f"{module}:<lambda>", _unannotated(signature)
        return Target(FUNCTION, name, built, declared, closes, asynchronous, parameters)
    function = _written(signature.definition)
    if function is None:
        return Target(CALLABLE, "", built, declared, closes, asynchronous)
    return Target(_how(function), _function_name(function, module), built, declared, closes, asynchronous)


def _unannotated(signature: CallableType) -> Type:
    """Return the parameters of a lambda, of which mypy may think more than is written."""
    count = len(signature.arg_types)
    return Parameters([AnyType(TypeOfAny.unannotated)] * count, signature.arg_kinds, signature.arg_names)


def _written(definition: SymbolNode | None) -> FuncDef | None:
    """Return the function that a signature is of, unless a decorator may have put another one in its place."""
    if isinstance(definition, Decorator):
        return None if definition.decorators else definition.func
    return definition if isinstance(definition, FuncDef) else None


def _function_name(function: FuncDef, module: str) -> str:
    if function.info:
        return f"{function.info.module_name}:{class_name(function.info, Style.SHORT)}.{function.name}"
    return f"{function.fullname.rpartition('.')[0] or module}:{function.name}"


def _how(function: FuncDef) -> str:
    return GENERATOR if function.is_generator else FUNCTION
