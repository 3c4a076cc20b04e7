"""What a check has read, for mypy's caches: whoever reads a class is to be checked again when it changes.

mypy finds most dependencies by itself, from the types of expressions. What the plugin reads besides (the attributes of
providers, the bases of scopes, whether a class is abstract) has to be told it. For the daemon there is no public way.
"""

from collections.abc import Iterable

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.server.trigger import WILDCARD_TAG


def record(api: TypeChecker, classes: Iterable[TypeInfo]) -> None:
    """Tell mypy that what is being checked has read these classes, their bases and their attributes."""
    read = {base for info in classes for base in info.mro if base.module_name != "builtins"}
    _record_for_cache(api, {info.module_name for info in read})
    _record_for_daemon(api, {info.fullname for info in read})


def _record_for_cache(api: TypeChecker, modules: set[str]) -> None:
    """A module is checked again if the interface of a module in its checker's ``module_refs`` has changed."""
    api.module_refs.update(modules - {api.tree.fullname})


def _record_for_daemon(api: TypeChecker, names: set[str]) -> None:
    """Let the triggers of the classes, and those of any of their attributes, fire the current function or module.

    Of what mypy has for this, the dependencies of type aliases are the ones that it also collects when it processes
    less than a whole module.
    """
    target = api.errors.current_target()
    if target is None:
        return
    api.tree.alias_deps[target].update(names, (f"{name}{WILDCARD_TAG}" for name in names))
