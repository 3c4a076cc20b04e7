"""Parameters of targets: from mypy signatures to what a binding needs."""

from collections.abc import Iterator

from mypy.nodes import ArgKind
from mypy.types import (
    CallableType,
    Instance,
    LiteralType,
    NoneType,
    Parameters,
    TupleType,
    Type,
    TypeType,
    TypeVarType,
    UnionType,
    get_proper_type,
    has_type_vars,
)

from wireproof._model.binding import Parameter

from .keys import TypeKey, key_of, read_key
from .lookup import unknown

ANYTHING = [ArgKind.ARG_STAR, ArgKind.ARG_STAR2]
TYPE_VARIABLE = "a type variable stands for no type yet"
SIGNATURES = (Parameters, CallableType)
PARTIAL_SIGNATURE = "__mypy_partial"


def read_parameters(typ: Type, first: int = 1) -> Iterator[Parameter[TypeKey]]:
    """Yield what a source needs, from the parameters in its type; nothing if they are not known.

    Args:
        typ: the parameters.
        first: the number of the first one in the signature that they are a part of; 0 for that of a method, whose first
            one receives its object.
    """
    signature = get_proper_type(typ)
    if not isinstance(signature, SIGNATURES) or signature.is_ellipsis_args:
        return
    formals = zip(signature.arg_names, signature.arg_types, signature.arg_kinds, strict=True)
    for position, (name, annotation, kind) in enumerate(formals, start=first):
        if not position:
            continue
        if kind.is_star():
            continue
        optional = kind.is_optional()
        if optional and _is_builtin(annotation):
            continue
        yield _parameter(name or f"#{position}", annotation, optional=optional)


def anything() -> Parameters:
    """Return parameters that say nothing, as mypy writes ``...``; that they do, its cache does not keep."""
    return Parameters([unknown(), unknown()], ANYTHING, [None, None], is_ellipsis_args=True)


def parameters_of(signature: CallableType) -> Parameters:
    """Return the parameters of a function or constructor in the form in which they stand in the type of a source."""
    return Parameters(
        signature.arg_types,
        signature.arg_kinds,
        signature.arg_names,
        is_ellipsis_args=signature.is_ellipsis_args,
    )


def without_first_parameter(parameters: Type) -> Parameters:
    """Return parameters without the first, which whoever calls will pass; if they are not known, it is none of them."""
    signature = get_proper_type(parameters)
    if not isinstance(signature, Parameters | CallableType) or signature.is_ellipsis_args:
        return anything()
    return Parameters(signature.arg_types[1:], signature.arg_kinds[1:], signature.arg_names[1:])


def first_positional(signature: CallableType) -> Type | None:
    """Return the type of the first positional parameter; None if there is none."""
    formals = zip(signature.arg_types, signature.arg_kinds, strict=True)
    return next((annotation for annotation, kind in formals if kind.is_positional()), None)


def is_constructible(instance: Instance) -> bool:
    """Whether a class can be built without having been registered: it is concrete, and no builtin."""
    info = instance.type
    refused = info.is_enum or info.is_newtype
    return not (info.is_abstract or info.is_protocol or refused or _is_builtin(instance))


def mentions_variables(key: TypeKey) -> bool:
    """Whether a key has type variables in it."""
    return has_type_vars(key.type)


def _parameter(name: str, annotation: Type, *, optional: bool) -> Parameter[TypeKey]:
    proper = get_proper_type(annotation)
    if isinstance(proper, Instance) and not proper.args:  # nearly always
        return Parameter(name, key_of(proper), optional)
    key, untyped = read_key(annotation)
    is_variable = isinstance(proper, TypeVarType)
    return Parameter(name, key, optional, TYPE_VARIABLE if is_variable else untyped)


def _is_builtin(typ: Type) -> bool:
    """Whether it is a type such as ``str`` or ``list[int] | None``, of which one never wants *the* instance."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return all(_is_builtin(item) for item in proper.items)
    if isinstance(proper, TupleType):
        return proper.partial_fallback.type.module_name == "builtins"
    if isinstance(proper, Instance):
        return proper.type.module_name == "builtins"
    return isinstance(proper, NoneType | LiteralType | TypeType)


def partial_signature(instance: Instance) -> CallableType | None:
    """Return what a `functools.partial` still takes and gives, as mypy's own plugin has found; None if it has not."""
    attributes = {} if instance.extra_attrs is None else instance.extra_attrs.attrs
    signature = get_proper_type(attributes.get(PARTIAL_SIGNATURE))
    return signature if isinstance(signature, CallableType) else None
