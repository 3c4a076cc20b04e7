"""Problems: what the checks find, as data, with stable codes."""

from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from wireproof._model.binding import Binding, Parameter
from wireproof._model.scope_path import ScopePath

K = TypeVar("K")


class Code(StrEnum):
    """The catalogue; the names are stable and are mypy's error codes as well."""

    MISSING = "wire-missing"
    SCOPE = "wire-scope"
    CAPTIVE = "wire-captive"
    CYCLE = "wire-cycle"
    DUPLICATE = "wire-duplicate"
    TYPE = "wire-type"
    YIELD = "wire-yield"
    ASYNC = "wire-async"
    ABSTRACT = "wire-abstract"
    UNTYPED = "wire-untyped"
    OVERRIDE = "wire-override"
    CONTEXT = "wire-context"
    UNUSED = "wire-unused"
    TARGET = "wire-target"


class Step(NamedTuple, Generic[K]):
    """One key on a path, and the parameter through which the path goes on (empty at its end)."""

    key: K
    scope: ScopePath | None
    onward: str = ""


class Alternatives(NamedTuple):
    """Of several alternatives, which provide a key and which does not."""

    providing: tuple[str, ...]
    lacking: str
    """Empty for the alternative that there is nothing."""


class Problem(NamedTuple, Generic[K]):
    """One finding. Which fields are filled depends on the code; `wireproof._model.render` puts it into words."""

    code: Code
    key: K | None
    """What it is about: the missing key, the shorter-lived dependency, the key provided twice."""

    binding: Binding[K] | None = None
    """The registration to change; None if the problem is one of asking (``resolve``)."""

    parameter: Parameter[K] | None = None
    """The parameter of ``binding`` that has the need."""

    other: Binding[K] | None = None
    """The second party: the provider that was there first, the shorter-lived one."""

    scope: ScopePath | None = None
    """The scope at which ``key`` is asked for, if that is the matter; for a captive one, where it lives."""

    lives: ScopePath | None = None
    """The scope in which ``key`` lives, if that is the matter; for a captive one, where its holder lives."""

    path: tuple[Step[K], ...] = ()
    also: int = 0
    """How many others have the same need, and are not reported for it."""

    members: K | None = None
    """If the key is a collection: the key that would have to be contributed to."""

    alternatives: Alternatives | None = None
    """If the key is missing in one of several alternatives only."""
    lacking: tuple[tuple[Parameter[K], ...], ...] = ()
    """What each overload of the target of ``binding`` lacks, if that is the matter."""

    near: tuple[Binding[K], ...] = ()
    """Bindings that look like what was wanted, at most three."""

    alike: tuple[Binding[K], ...] = ()
    """If one source has several bindings with this problem: all of them, ``binding`` first."""
