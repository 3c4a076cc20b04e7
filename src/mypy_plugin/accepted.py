"""Whether mypy itself has accepted a target for a key; what it has refused is not reported a second time."""

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.subtypes import is_subtype
from mypy.types import Instance, Type, get_proper_type, has_type_vars

from .lookup import unknown
from .outcome import yielded
from .targets import Target

# What the overloads of `to` take apart, and which of its arguments is the instance.
TAKEN_APART = (("typing.Iterator", 1, 0), ("typing.AsyncIterator", 1, 0), ("typing.Coroutine", 3, 2))


def is_accepted(api: TypeChecker, target: Target, key: Type) -> bool:
    """Whether ``bind(key).to(target)`` is correct for a type checker: what else is wrong with it, only we can say."""
    if yielded(target.declared) is not None or has_type_vars(target.declared):
        return True
    return any(is_subtype(one, key) for one in (target.declared, target.built, *_parts(api, target.declared)))


def _parts(api: TypeChecker, declared: Type) -> list[Type]:
    proper = get_proper_type(declared)
    if not isinstance(proper, Instance):
        return []
    return [
        map_instance_to_supertype(proper, api.named_generic_type(name, [unknown()] * count).type).args[position]
        for name, count, position in TAKEN_APART
        if proper.type.has_base(name)
    ]
