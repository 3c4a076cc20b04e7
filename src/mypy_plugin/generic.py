"""Constructors of classes, and generic classes that are provided for whatever arguments are asked for."""

from collections.abc import Sequence

from mypy.expandtype import expand_type
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo
from mypy.subtypes import is_same_type, is_subtype
from mypy.types import (
    AnyType,
    CallableType,
    Instance,
    Parameters,
    ParamSpecType,
    Type,
    TypeType,
    TypeVarId,
    TypeVarType,
    get_proper_type,
    has_type_vars,
)

from .construction import signatures
from .keys import as_class

Environment = dict[TypeVarId, Type]
"""What type variables stand for."""


def is_open(key: Type, built: Type) -> bool:
    """Whether a class is bound to no parametrisation of the key: it then serves all of them."""
    proper, target = as_class(key), as_class(built)
    if not isinstance(proper, Instance) or not isinstance(target, Instance):
        return False
    return bool(proper.args and target.type.type_vars) and all(_is_open(argument) for argument in proper.args)


def constructors(info: TypeInfo, environment: Environment | None = None) -> Sequence[Parameters | CallableType]:
    """Return what the constructor of a class asks for, once for each overload; nothing if that is not known.

    A ``type[T]`` is not asked for: it is given the class that ``T`` stands for.
    """
    found = signatures(info)
    return [_asked(signature, environment or {}) for signature in found] if info.type_vars else found


def _asked(signature: CallableType, environment: Environment) -> Parameters:
    written = Parameters(signature.arg_types, signature.arg_kinds, signature.arg_names)
    parameters = expand_type(written, environment)
    if not isinstance(parameters, Parameters):
        raise TypeError(parameters)
    return without_given(written, parameters)


def without_given(written: Parameters, parameters: Parameters) -> Parameters:
    """Return parameters without those that are not asked for.

    Args:
        written: them, as they are written.
        parameters: the same with what is known of type variables in their place.
    """
    asked = asked_for(written.arg_types, parameters.arg_types)
    return Parameters(
        [parameters.arg_types[number] for number in asked],
        [parameters.arg_kinds[number] for number in asked],
        [parameters.arg_names[number] for number in asked],
        is_ellipsis_args=parameters.is_ellipsis_args,
    )


def asked_for(annotations: Sequence[Type], formals: Sequence[Type]) -> list[int]:
    """Return which parameters are asked for: a ``type[T]`` is not, it is given the class that ``T`` stands for.

    Args:
        annotations: what is written.
        formals: the same with what is known of type variables in their place.
    """
    pairs = zip(annotations, formals, strict=True)
    return [number for number, (annotation, formal) in enumerate(pairs) if not _is_given(annotation, formal)]


def _is_given(annotation: Type, formal: Type) -> bool:
    proper = get_proper_type(annotation)
    return isinstance(proper, TypeType) and has_type_vars(proper) and not has_type_vars(formal)


def arguments_for(info: TypeInfo, key: Instance) -> Environment | None:
    """Return what the type variables of a class stand for when it builds a ``key``; None if it cannot build one."""
    environment: Environment = {}
    declared = _declared(info, key)
    if len(declared) != len(key.args):
        return None
    for parameter, given in zip(declared, key.args, strict=True):
        if not _matches(get_proper_type(parameter), given, environment):
            return None
    return environment


def _is_open(argument: Type) -> bool:
    return isinstance(get_proper_type(argument), AnyType | TypeVarType)


def _matches(parameter: Type, given: Type, environment: Environment) -> bool:
    proper = get_proper_type(parameter)
    if isinstance(proper, ParamSpecType):
        return is_same_type(environment.setdefault(proper.id, given), given)
    if not isinstance(proper, TypeVarType):
        return is_same_type(parameter, given)
    return _fits(proper, given) and is_same_type(environment.setdefault(proper.id, given), given)


def _fits(variable: TypeVarType, argument: Type) -> bool:
    if variable.values:
        return any(is_same_type(value, argument) for value in variable.values)
    return is_subtype(argument, variable.upper_bound)


def _declared(info: TypeInfo, key: Instance) -> tuple[Type, ...]:
    """Return the arguments of the key in terms of the class; one that does not derive from it has the same ones."""
    own = Instance(info, list(info.defn.type_vars))
    return map_instance_to_supertype(own, key.type).args if info.has_base(key.type.fullname) else own.args
