"""What the type of a container says about it."""

from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.maptype import map_instance_to_supertype
from mypy.nodes import TypeInfo
from mypy.types import Instance, Type, get_proper_type

from .lookup import find_class
from .names import CONTAINER
from .scopes import scope_class


class Known(NamedTuple):
    """What the type of a container says."""

    held: Type
    scope: TypeInfo | None


def known_of(api: TypeChecker, typ: Type) -> Known | None:
    """Return what is known of a container; None if the type is not that of one."""
    proper = get_proper_type(typ)
    if not isinstance(proper, Instance) or not proper.type.has_base(CONTAINER):
        return None
    container = map_instance_to_supertype(proper, find_class(api, CONTAINER))
    return Known(container.args[0], scope_class(container.args[1]))
