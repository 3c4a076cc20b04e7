"""The registrations of a provider: its attributes, its own and inherited, as mypy has inferred them."""

from typing import NamedTuple

from mypy.expandtype import expand_type_by_instance
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import Decorator, TypeInfo, Var
from mypy.types import (
    AnyType,
    Instance,
    Parameters,
    PartialType,
    ProperType,
    Type,
    TypeOfAny,
    UnionType,
    get_proper_type,
)

from .generic import without_given
from .lookup import with_arguments
from .names import FACTORY, METHOD_FACTORY, PROVIDER, REGISTRATION, SOURCE
from .scopes import scope_class

HOLDERS = (REGISTRATION, PROVIDER, METHOD_FACTORY, SOURCE)
USUAL = frozenset({FACTORY, METHOD_FACTORY})


class Attribute(NamedTuple):
    """An attribute that is a source, or may be one."""

    name: str
    definer: TypeInfo
    """The class that defines it; for one that is inherited, a base class of the provider's. What a constructor sets
    counts for the provider's own class."""

    type: Type | None
    """None if mypy has not inferred it yet."""


def is_derived(info: TypeInfo) -> bool:
    """Whether a class is a provider other than `Provider` itself."""
    return info.has_base(PROVIDER) and info.fullname != PROVIDER


def attributes(provider: Instance) -> list[Attribute]:
    """Return the attributes of a provider that hold sources, sorted by name; redefined ones once.

    What is defined again under a condition, mypy keeps under a name that cannot be typed, and in cold runs only.
    """
    definers = {name: info for info in definers_of(provider.type) for name in info.names if name.isidentifier()}
    found = (attribute(provider, name, definers[name]) for name in sorted(definers))
    return [one for one in found if one is not None]


def definers_of(info: TypeInfo) -> list[TypeInfo]:
    """Return the classes that define the registrations of a provider: its base classes, and last itself."""
    return [base for base in reversed(info.mro) if is_derived(base)]


def attribute(provider: Instance, name: str, definer: TypeInfo) -> Attribute | None:
    """Return the attribute of a provider that one of its classes defines; None if it holds no source."""
    variable = variable_of(definer, name)
    typ = None if variable is None else _type(variable, provider, definer)
    if variable is None or not (typ is None or may_hold_sources(typ)):
        return None
    return Attribute(name, definer if is_of_class(variable) else provider.type, typ)


def variable_of(info: TypeInfo, name: str) -> Var | None:
    """Return an attribute of a class, for a decorated method what its decorators make of it; None for other methods."""
    node = info.names[name].node
    variable = node.var if isinstance(node, Decorator) else node
    return variable if isinstance(variable, Var) else None


def default_scope(provider: Instance, definer: TypeInfo) -> TypeInfo | None:
    """Return the scope in the nearest ``Provider[Scope]`` among the bases of the class that defines a registration."""
    for info in definer.mro:
        for base in info.bases:
            if base.type.fullname == PROVIDER:
                return scope_class(expand_type_by_instance(base.args[0], map_instance_to_supertype(provider, info)))
    return None


def may_hold_sources(typ: Type) -> bool:
    """Whether something of the type could be a source."""
    proper = get_proper_type(typ)
    if isinstance(proper, UnionType):
        return any(may_hold_sources(item) for item in proper.items)
    if isinstance(proper, Instance):
        return proper.type.fullname in USUAL or any(map(proper.type.has_base, HOLDERS))
    return isinstance(proper, AnyType)


def is_of_class(variable: Var) -> bool:
    """Whether it is set in the class; what a constructor sets counts as the attribute of the instance's own class."""
    return variable.is_initialized_in_class or variable.is_property or variable.type is None


def declared(variable: Var) -> ProperType | None:
    """Return the type of a variable; None if it has not been inferred."""
    known: ProperType | None = get_proper_type(variable.type)
    if isinstance(known, PartialType) or (known is None and not variable.is_ready):
        return None
    return AnyType(TypeOfAny.implementation_artifact) if known is None else known


def _type(variable: Var, provider: Instance, definer: TypeInfo) -> Type | None:
    """Return the type of a variable in terms of the provider's own type arguments."""
    known = declared(variable)
    if known is None or (definer is provider.type and not provider.args):
        return known  # nearly always, and many times quicker
    expanded = expand_type_by_instance(known, map_instance_to_supertype(provider, definer))
    return _without_given(known, expanded) if definer.type_vars else expanded


def _without_given(written: ProperType, expanded: Type) -> Type:
    """Return the type of a method of a generic provider without what it is given: the class that ``T`` stands for."""
    method = get_proper_type(expanded)
    if (
        not isinstance(written, Instance)
        or not isinstance(method, Instance)
        or not method.type.has_base(METHOD_FACTORY)
    ):
        return expanded
    before, after = get_proper_type(written.args[0]), get_proper_type(method.args[0])
    if not isinstance(before, Parameters) or not isinstance(after, Parameters):
        return expanded
    return with_arguments(method, [without_given(before, after), *method.args[1:]])
