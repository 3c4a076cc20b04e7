"""The state of one walk over the sources of a container, and where in it a source stands."""

from collections.abc import Callable, Container, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.types import Instance, Type

from wireproof._model.binding import Binding
from wireproof._model.scope_path import ScopePath

from .index import Entry
from .keys import KeyReading, TypeKey, classes_in, read_key
from .lookup import app_scope
from .scopes import is_inherit, scope_class, scope_line, scope_path


class Place(NamedTuple):
    """Where a source stands."""

    name: str = ""
    """Class and attribute of the provider that holds it: ``Database.settings``; empty at the top level."""

    definition: str = ""
    """The same with the module."""

    default: TypeInfo | None = None
    """The scope of what is registered here without one; None if it is not known."""

    replaces: int = 0
    """Not 0 inside of `replacing`."""


class Everything(Container[TypeKey]):
    """Has every key, as far as anybody knows."""

    def __contains__(self, key: object, /) -> bool:
        """Claim to have it."""
        return True


class Deferred(NamedTuple):
    """Registrations of a provider, one after another, of which only the keys have been read."""

    position: int
    """How many bindings were read before them."""

    entries: list[tuple[Entry, TypeInfo]]
    """Each with the class that defines it."""

    read: "Callable[[str, TypeInfo, Walk], None]"
    """Reads the one of that name."""


@dataclass
class Walk:
    """What has been found so far. It lives for one call of a hook."""

    api: TypeChecker
    scope: TypeInfo | None
    """The scope of the container; None if it is not known."""

    argument: int = 0
    """The number of the argument that is being read."""

    bindings: list[Binding[TypeKey]] = field(default_factory=list[Binding[TypeKey]])
    opaque: bool = False
    """Whether there is something that could provide anything."""

    given: set[TypeKey] = field(default_factory=set[TypeKey])
    """The context values that a scope was given."""

    any_given: bool = False
    """Whether it may have been given any others."""

    unready: bool = False
    """Whether there is something that mypy has not inferred yet."""

    classes: set[TypeInfo] = field(default_factory=set[TypeInfo])
    """What was read: whoever depends on the result depends on these."""

    deferred: list[Deferred] | None = None
    """What has been put off; None where everything is read at once."""

    owners: dict[tuple[Instance, TypeInfo], Place] = field(default_factory=dict[tuple[Instance, TypeInfo], Place])
    """For a provider and the class that defines some of its attributes: the place that these have in common."""

    paths: dict[TypeInfo, ScopePath | None] = field(default_factory=dict[TypeInfo, ScopePath | None])
    """The scopes that were met: many registrations, few scopes."""

    groups: int = 0
    providers: set[str] = field(default_factory=set[str])
    """The providers that are being read, which hold one another."""

    @contextmanager
    def inside(self, provider: str) -> Generator[bool]:
        """Enter a provider, unless it is held by itself."""
        entered = provider not in self.providers
        if entered:
            self.providers.add(provider)
        yield entered
        if entered:
            self.providers.discard(provider)

    def apart(self, read: Callable[[], None]) -> list[Binding[TypeKey]]:
        """Read something, at once and whole, and return its bindings instead of adding them."""
        kept = self.bindings, self.deferred
        self.bindings, self.deferred = [], None
        read()
        found = self.bindings
        self.bindings, self.deferred = kept
        return found

    def aside(self) -> "Walk":
        """Return a walk to read a registration by that was put off."""
        return Walk(self.api, self.scope, self.argument, owners=self.owners, paths=self.paths)

    def top(self) -> Place:
        """Return the place of an argument of the container."""
        return Place(default=app_scope(self.api))

    def new_group(self) -> int:
        """Return the number for the sources that one `replacing` marks."""
        self.groups += 1
        return self.groups

    def key(self, typ: Type) -> KeyReading:
        """Read a key; a registration without one that nobody can know could be for anything."""
        self.classes.update(classes_in(typ))
        reading = read_key(typ)
        self.opaque = self.opaque or (reading.key is None and not reading.untyped)
        return reading

    def stated(self, typ: Type) -> TypeKey | None:
        """Read a key that the source states; it could be any if it is not known."""
        self.classes.update(classes_in(typ))
        key = read_key(typ).key
        self.opaque = self.opaque or key is None
        return key

    def lives(self, scope: Type, place: Place) -> ScopePath | None:
        """Return the scope that a source says, or that its place implies."""
        info = place.default if is_inherit(scope) else scope_class(scope)
        if info is None:
            return None
        self.classes.add(info)
        if info not in self.paths:
            self.paths[info] = scope_path(info)
        return self.paths[info]

    def given_keys(self) -> Container[TypeKey]:
        """Return the keys of the context values that the scope was given."""
        return Everything() if self.any_given else self.given

    def outermost(self) -> ScopePath | None:
        """Return the root of the container's scopes, where objects live that exist already."""
        return None if self.scope is None else scope_path(scope_line(self.scope)[0])
