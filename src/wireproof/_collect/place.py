"""Where a source is found, on the way from the arguments of a container down into its providers."""

from typing import Any, NamedTuple, get_args, get_origin

from wireproof._collect.recipe import scope_path
from wireproof._inspect.generics import NOTHING, Substitution, substitution_for, type_parameters
from wireproof._inspect.keys import class_name
from wireproof._model.binding import Origin
from wireproof._model.scope_path import ScopePath
from wireproof.scopes import BaseScope, Inherit, Scope
from wireproof.sources import Provider


class Place(NamedTuple):
    """The surroundings of a source."""

    argument: int
    """The number of the argument at the seal."""

    outermost: type[BaseScope]
    """Where instances live that the container was given ready-made."""

    paths: dict[type[BaseScope], ScopePath]
    """The scopes so far, in the terms of the model; each once for all sources that are read together."""

    scope: type[BaseScope] = Scope.APP
    """The scope of sources that name none."""

    attribute: str = ""
    """``Database.users`` for a source that a provider class holds; empty at the top level."""

    module: str = ""
    """The module of that class."""

    owner: Provider[Any] | None = None
    """The provider instance whose attribute it is."""

    substitution: Substitution = NOTHING
    """What the type variables of the class that defines the attribute stand for in that provider."""

    around: tuple[Provider[Any], ...] = ()
    """The providers that the source is held by, outermost first."""

    replaces: int = 0

    def chosen(self, scope: type[BaseScope]) -> type[BaseScope]:
        """Return ``scope``, or the default of this place if it was left out."""
        return self.scope if scope is Inherit else scope

    def path(self, scope: type[BaseScope]) -> ScopePath:
        """Return a scope in the terms of the model."""
        known = self.paths.get(scope)
        if known is None:
            known = self.paths[scope] = scope_path(scope)
        return known

    def origin(self, name: str, definition: str) -> Origin:
        """Return the origin of a binding made here; held by a provider, it is defined there.

        Args:
            name: who builds it.
            definition: where it is defined if no provider holds it.
        """
        return Origin(name, f"{self.module}.{self.attribute}" if self.attribute else definition, self.argument)

    def inside(self, owner: Provider[Any], cls: type[Provider[Any]], attribute: str) -> "Place":
        """Return the place of an attribute that class ``cls`` gives to the provider ``owner``."""
        substitution = arguments_of(owner, cls)
        return self._replace(
            owner=owner,
            scope=default_scope(cls, substitution),
            attribute=f"{class_name(cls)}.{attribute}",
            module=cls.__module__,
            substitution=substitution,
            around=(*self.around, owner),
        )


def arguments_of(owner: Provider[Any], cls: type[Provider[Any]]) -> Substitution:
    """Return what the type variables of ``cls`` stand for in a provider: ``Repos[User]()`` notes its arguments."""
    arguments = get_args(getattr(owner, "__orig_class__", None))
    return substitution_for(type(owner), arguments or type_parameters(type(owner)), cls) or NOTHING


def default_scope(cls: type[Provider[Any]], substitution: Substitution = NOTHING) -> type[BaseScope]:
    """Return the default scope of what a provider class defines: that of the nearest ``Provider[Scope]`` in its bases.

    Args:
        cls: the class.
        substitution: what its type variables stand for.
    """
    arguments = tuple(substitution.get(one, one) for one in type_parameters(cls))
    for base in cls.__mro__:
        for written in vars(base).get("__orig_bases__", ()):
            if get_origin(written) is Provider:
                here = substitution_for(cls, arguments, base) or NOTHING
                scope: object = here.get(get_args(written)[0], get_args(written)[0])
                return scope if isinstance(scope, type) else Scope.APP
    return Scope.APP
