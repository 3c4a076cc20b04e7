"""The state of one walk over the sources of a container, and where in it a source stands."""

from collections.abc import Callable, Container, Generator, Iterable
from contextlib import contextmanager
from copy import copy
from typing import NamedTuple

from mypy.checker import TypeChecker
from mypy.nodes import TypeInfo
from mypy.types import Instance, Type, get_proper_type

from wireproof._model.binding import Binding, Parameter
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


class Walk:
    """What has been found so far. It lives for one call of a hook.

    Args:
        api: the checker.
        scope: the scope of the container; None if it is not known.
        deferred: where to put off what can be; None to read everything at once.
    """

    def __init__(self, api: TypeChecker, scope: TypeInfo | None, deferred: list[Deferred] | None = None) -> None:
        """Start with nothing found."""
        self.api = api
        self.scope = scope
        self.deferred = deferred
        self.argument: int = 0
        """The number of the argument that is being read."""

        self.bindings: list[Binding[TypeKey]] = []
        self.opaque: bool = False
        """Whether there is something that could provide anything."""

        self.given: set[TypeKey] = set()
        """The context values that a scope was given."""

        self.any_given: bool = False
        """Whether it may have been given any others."""

        self.unready: bool = False
        """Whether there is something that mypy has not inferred yet."""

        self.classes: set[TypeInfo] = set()
        """What was read: whoever depends on the result depends on these."""

        self.owners: dict[tuple[Instance, TypeInfo], Place] = {}
        """For a provider and the class that defines some of its attributes: the place that these have in common."""

        self.paths: dict[TypeInfo, ScopePath | None] = {}
        """The scopes that were met: many registrations, few scopes."""

        self.groups: int = 0
        self.providers: set[str] = set()
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
        walk = Walk(self.api, self.scope)
        walk.argument, walk.owners, walk.paths = self.argument, self.owners, self.paths
        return walk

    def of(self, bindings: list[Binding[TypeKey]], classes: set[TypeInfo]) -> "Walk":
        """Return the walk that would have found these bindings in these classes, and nothing else."""
        walk = copy(self)
        walk.deferred, walk.bindings, walk.classes = None, bindings, classes
        return walk

    def top(self) -> Place:
        """Return the place of an argument of the container."""
        return Place(default=app_scope(self.api))

    def new_group(self) -> int:
        """Return the number for the sources that one `replacing` marks."""
        self.groups += 1
        return self.groups

    def reads(self, parameters: Iterable[Parameter[TypeKey]]) -> None:
        """Note the classes that parameters ask for."""
        for one in parameters:
            typ = None if one.key is None else one.key.type
            if isinstance(typ, Instance) and not typ.args:  # as above
                self.classes.add(typ.type)
            elif typ is not None:
                self.classes.update(classes_in(typ))

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
        stated = get_proper_type(scope)
        if isinstance(stated, Instance) and stated.type in self.paths:  # nearly always, and quicker
            return self.paths[stated.type]
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
