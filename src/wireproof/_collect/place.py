"""Where a source is found, on the way from the arguments of a container down into its providers."""

from typing import Any, NamedTuple

from wireproof._inspect.keys import class_name
from wireproof._model.binding import Origin
from wireproof.scopes import BaseScope, Inherit, Scope
from wireproof.sources import Provider


class Place(NamedTuple):
    """The surroundings of a source."""

    argument: int
    """The number of the argument at the seal."""

    outermost: type[BaseScope]
    """Where instances live that the container was given ready-made."""

    scope: type[BaseScope] = Scope.APP
    """The scope of sources that name none."""

    attribute: str = ""
    """``Database.users`` for a source that a provider class holds; empty at the top level."""

    module: str = ""
    """The module of that class."""

    owner: Provider[Any] | None = None
    """The provider instance whose attribute it is."""

    replaces: int = 0

    def chosen(self, scope: type[BaseScope]) -> type[BaseScope]:
        """Return ``scope``, or the default of this place if it was left out."""
        return self.scope if scope is Inherit else scope

    def origin(self, name: str, definition: str) -> Origin:
        """Return the origin of a binding made here; held by a provider, it is defined there.

        Args:
            name: who builds it.
            definition: where it is defined if no provider holds it.
        """
        return Origin(name, f"{self.module}.{self.attribute}" if self.attribute else definition, self.argument)

    def inside(self, owner: Provider[Any], cls: type[Provider[Any]], attribute: str) -> "Place":
        """Return the place of an attribute that class ``cls`` gives to the provider ``owner``."""
        name = f"{class_name(cls)}.{attribute}"
        return self._replace(owner=owner, scope=default_scope(cls), attribute=name, module=cls.__module__)


def default_scope(cls: type[Provider[Any]]) -> type[BaseScope]:
    """Return the scope in the nearest ``Provider[Scope]`` among the bases of a provider class, APP if there is none."""
    for base in cls.__mro__:
        for written in base.__dict__.get("__orig_bases__", ()):
            arguments = getattr(written, "__args__", ())
            if getattr(written, "__origin__", None) is Provider and arguments and isinstance(arguments[0], type):
                return arguments[0]
    return Scope.APP
