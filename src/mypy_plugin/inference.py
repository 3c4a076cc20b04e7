"""What type variables stand for in a target, told from the key that it is bound to."""

from collections.abc import Iterator

from mypy.constraints import SUBTYPE_OF, SUPERTYPE_OF, Constraint, infer_constraints
from mypy.expandtype import expand_type
from mypy.types import AnyType, CallableType, Instance, Type, TypeVarId, get_proper_type
from mypy.typevars import fill_typevars

from .generic import asked_for
from .keys import as_class
from .lookup import with_parameters, with_returned
from .outcome import outcome
from .parameters import first_positional


def as_bound_to(signature: CallableType, key: Type | None, *, decorates: bool = False) -> CallableType:
    """Return the signature of a target in which type variables are replaced by what they stand for, as at run time.

    Args:
        signature: that of a function or constructor.
        key: the key that it is bound to, if one is stated: what it gives is of that type. One that serves all
            parametrisations of a generic class says nothing.
        decorates: whether what its first parameter receives is so as well.
    """
    if key is None or not signature.variables or _is_open(key):
        return signature
    environment: dict[TypeVarId, Type] = {}
    for constraint in _constraints(signature, key, decorates=decorates):
        environment.setdefault(constraint.type_var, constraint.target)
    return _without_given(expand_type(signature, environment), signature, decorates=decorates)


def _without_given(expanded: CallableType, signature: CallableType, *, decorates: bool) -> CallableType:
    """Return a signature without what is not asked for: each ``type[T]``, which is given what ``T`` stands for."""
    asked = asked_for(signature.arg_types, expanded.arg_types)
    if decorates and 0 not in asked:
        asked = [0, *asked]
    return expanded if len(asked) == len(expanded.arg_types) else with_parameters(expanded, asked)


def unerased(constructor: CallableType) -> CallableType:
    """Return a constructor that builds a generic class of its type variables, where mypy has put ``Any`` for them.

    It does so where any class may be passed, as a ``type[T]``.
    """
    built = as_class(constructor.ret_type)
    if not constructor.variables or not isinstance(built, Instance) or not _is_open(built):
        return constructor
    return with_returned(constructor, fill_typevars(built.type))


def _constraints(signature: CallableType, key: Type, *, decorates: bool) -> Iterator[Constraint]:
    built, declared, _ = outcome(signature)
    for given in [declared] if built is declared else [declared, built]:
        yield from infer_constraints(given, key, SUBTYPE_OF)
    first = first_positional(signature) if decorates else None
    if first is not None:
        yield from infer_constraints(first, key, SUPERTYPE_OF)


def _is_open(key: Type) -> bool:
    proper = get_proper_type(key)
    if not isinstance(proper, Instance):
        return isinstance(proper, AnyType)
    return bool(proper.args) and all(isinstance(get_proper_type(argument), AnyType) for argument in proper.args)
