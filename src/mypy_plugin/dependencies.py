"""What a check has read, for mypy's caches: whoever reads a class is to be checked again when it changes.

mypy finds most dependencies by itself, from the types of expressions. What the plugin reads besides (the attributes of
providers, the bases of scopes, whether a class is abstract) has to be told it. For the daemon there is no public way.
"""

from collections.abc import Iterable, Iterator

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.server.trigger import WILDCARD_TAG

from .names import PROVIDER


def record(api: TypeChecker, classes: Iterable[TypeInfo]) -> None:
    """Tell mypy that the module that is being checked has read these classes, their bases and their attributes.

    That goes for metaclasses as well, which may decide what constructing takes.

    A module is checked again if the interface of a module in its checker's ``module_refs`` has changed.
    """
    modules = {base.module_name for info in classes for base in _behind(info)}
    api.module_refs.update(modules - {"builtins", api.tree.fullname})


def record_for_daemon(api: TypeChecker, classes: Iterable[TypeInfo]) -> None:
    """Let changes of the classes, and those of any of their attributes, have the current function checked again.

    Of what mypy has for this, the dependencies of type aliases are the ones that it also collects when it processes
    less than a whole module.
    """
    target = api.errors.current_target()
    if target is None or not (api.options.fine_grained_incremental or api.options.cache_fine_grained):
        return
    read = {base for info in classes for base in _behind(info) if base.module_name != "builtins"}
    api.tree.alias_deps[target].update(name for info in read for name in _triggers(info))


def _behind(info: TypeInfo) -> list[TypeInfo]:
    metaclass = info.metaclass_type
    return info.mro if metaclass is None else [*info.mro, *metaclass.type.mro]


def _triggers(info: TypeInfo) -> Iterator[str]:
    """Yield the names that mypy says have changed when a class has, or what it holds.

    The wildcard stands for attributes that come; mypy 2.2 does not always fire it for those that are there.
    """
    yield info.fullname
    yield f"{info.fullname}{WILDCARD_TAG}"
    if info.has_base(PROVIDER):
        yield from (f"{info.fullname}.{attribute}" for attribute in info.names)
