"""The normalised record of one registration, whatever source it came from."""

from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from wireproof._model.alternatives import ALWAYS, Condition
from wireproof._model.refusals import Refusal
from wireproof._model.scope_path import ScopePath

K = TypeVar("K")


class Kind(Enum):
    """What a binding does when its key is asked for."""

    if not TYPE_CHECKING:  # there is one object for each; the hash of enumerations is a Python function
        __hash__ = object.__hash__

    FACTORY = "factory"
    """Calls something: a class, a function, a generator function."""

    INSTANCE = "instance"
    """Gives an object that exists already."""

    ALIAS = "alias"
    """Gives what another key gives; that key is its one parameter."""

    REQUIREMENT = "requirement"
    """Gives nothing: it only needs its one parameter, at its scope."""

    PROMISE = "promise"
    """Gives what a source gives that cannot be seen here; only a checker knows of such."""

    CONTEXT = "context"
    """Gives what its scope was given when it was entered."""

    CONTRIBUTION = "contribution"
    """One of several that are given together, as a collection."""

    CONTRIBUTIONS = "contributions"
    """Gives nothing: it declares a collection, which may then be empty."""

    AUTOWIRE = "autowire"
    """Gives every class that nobody has registered, built from its constructor."""

    DECORATION = "decoration"
    """Calls something with the instance that the key would give without it, which is its first parameter."""

    CONSTRUCTED = "constructed"
    """Calls a class that nobody has registered; it lives in the deepest scope that it needs."""

    LAZY = "lazy"
    """Gives a function that resolves its one parameter later."""

    ASYNC_LAZY = "async lazy"
    """Gives a function that does so awaiting."""

    NULLABLE = "nullable"
    """Gives what its one parameter gives, or None if that has no provider."""

    COLLECTION = "collection"
    """Gives all contributions to a key."""

    CONTAINER = "container"
    """Gives the scope itself."""


DERIVED = frozenset({Kind.LAZY, Kind.ASYNC_LAZY, Kind.NULLABLE, Kind.COLLECTION, Kind.CONTAINER})
"""Kinds that nobody registers: whoever asks for such a key, asks for what is behind it."""


class Parameter(NamedTuple, Generic[K]):
    """Something a binding needs in order to be built."""

    name: str
    key: K | None
    """None if no key can be read from the annotation; ``untyped`` then says why, or is empty if nobody can know."""

    optional: bool = False
    """It has a default, which stands if the key has no provider."""

    untyped: str = ""


class Origin(NamedTuple):
    """Where a binding comes from, for messages."""

    name: str
    """Who builds it: ``Database.engine``, ``SqlUsers``, ``make_session``."""

    definition: str
    """Where the source is written: ``app.database.Database.engine``."""

    argument: int
    """The number of the source at the seal that brought it in, from 0."""

    @property
    def rank(self) -> tuple[int, str]:
        """Which of several bindings a message names. mypy does not know in which order a class has its attributes."""
        return self.argument, self.definition


class Abstract(NamedTuple):
    """Why a class cannot be instantiated."""

    built: str
    protocol: bool
    members: tuple[str, ...]


class WrongYield(NamedTuple):
    """How what a factory declares and what it does differ, for one that yields or says that it does."""

    declared: str
    """Its return annotation, as text."""

    generator: bool
    """Whether it is in fact a generator function."""


class Binding(Generic[K]):
    """One registration. Compared by identity: the same class may well be registered twice. It never changes.

    It is no dataclass because those take 12 ms to load: they bring `inspect`.

    Args:
        kind: what it does.
        key: None if it could not be read; ``untyped`` then says why, or is empty if nobody can know.
        origin: where it comes from.
        scope: None if it is not known (statically), or follows from what it needs: `Graph.scope` finds it.
        parameters: what it needs in order to be built.
        overloads: what each overload of its target needs, if it has any; ``parameters`` is then empty, and
            `Graph.parameters` says which of them counts.
        asynchronous: building it needs ``await``.
        awaited: for a requirement: whoever needs it will await it.
        replaces: not 0 if it is meant to replace others; sources that were marked together carry the same number.
        condition: when it is there, if it stands in one of several alternatives.
        built: what its target builds, where that is known and may differ from the key.
        closes: what its ``on_close`` takes, where that is known.
        open: it provides a generic class for any parameters, and is none itself: `Keys.specialise` makes one of it.
        yields: what it builds is what a generator yields.
        untyped: see ``key``.
        abstract: why its class cannot be instantiated.
        wrong_yield: how what it declares and what it does differ.
        refused: why its target can never be provided.
        handle: the head's own: at run time how to build it. The model never looks at it.
    """

    __slots__ = (
        "abstract",
        "asynchronous",
        "awaited",
        "built",
        "closes",
        "condition",
        "handle",
        "key",
        "kind",
        "open",
        "origin",
        "overloads",
        "parameters",
        "refused",
        "replaces",
        "scope",
        "untyped",
        "wrong_yield",
        "yields",
    )

    def __init__(  # noqa: PLR0913  # a record
        self,
        kind: Kind,
        key: K | None,
        origin: Origin,
        scope: ScopePath | None,
        parameters: tuple[Parameter[K], ...] = (),
        overloads: tuple[tuple[Parameter[K], ...], ...] = (),
        *,
        asynchronous: bool = False,
        awaited: bool = False,
        replaces: int = 0,
        condition: Condition = ALWAYS,
        built: K | None = None,
        closes: K | None = None,
        open: bool = False,  # noqa: A002  # as one says
        yields: bool = False,
        untyped: str = "",
        abstract: Abstract | None = None,
        wrong_yield: WrongYield | None = None,
        refused: Refusal | None = None,
        handle: object = None,
    ) -> None:
        """Keep what is known."""
        self.kind: Kind = kind
        self.key: K | None = key
        self.origin: Origin = origin
        self.scope: ScopePath | None = scope
        self.parameters: tuple[Parameter[K], ...] = parameters
        self.overloads: tuple[tuple[Parameter[K], ...], ...] = overloads
        self.asynchronous: bool = asynchronous
        self.awaited: bool = awaited
        self.replaces: int = replaces
        self.condition: Condition = condition
        self.built: K | None = built
        self.closes: K | None = closes
        self.open: bool = open
        self.yields: bool = yields
        self.untyped: str = untyped
        self.abstract: Abstract | None = abstract
        self.wrong_yield: WrongYield | None = wrong_yield
        self.refused: Refusal | None = refused
        self.handle: object = handle


def replace(binding: Binding[K], **changes: Any) -> Binding[K]:
    """Return a binding with some parts changed, as `dataclasses.replace` does."""
    parts = {name: getattr(binding, name) for name in Binding.__slots__}
    return Binding(**(parts | changes))
