"""A tiny head for tests of the model: keys are plain strings such as ``"app.User"``."""

from collections.abc import Mapping
from typing import Any

from wireproof._model.binding import Binding, Kind, Origin, Parameter, replace
from wireproof._model.checks.every import check_all
from wireproof._model.graph import Graph
from wireproof._model.keys import Derived
from wireproof._model.problems import Code, Problem
from wireproof._model.render import report
from wireproof._model.report import Report
from wireproof._model.scope_path import ScopePath

APP = ScopePath(("app",), "APP", "Scope.APP")
REQUEST = ScopePath(("app", "request"), "REQUEST", "Scope.REQUEST")
STEP = ScopePath(("app", "request", "step"), "STEP", "Scope.STEP")
TENANT = ScopePath(("app", "tenant"), "TENANT", "Tenant")
SCOPES = (APP, REQUEST, STEP, TENANT)


DERIVED = {
    "later ": Kind.LAZY,
    "async ": Kind.ASYNC_LAZY,
    "all ": Kind.COLLECTION,
    "maybe ": Kind.NULLABLE,
}


class StringKeys:
    """Knows of each key what lies behind its last dot, and the bases it was told of.

    ``"later Users"``, ``"async Users"``, ``"all Users"`` and ``"maybe Users"`` are derived keys, ``"container"`` is
    the container itself, ``"Repo[User]"`` is a generic key, and ``"new User"`` is a class that can be constructed
    from ``"Config"``.
    """

    def __init__(self, bases: Mapping[str, set[str]] | None = None) -> None:
        self.bases = bases or {}

    def short(self, key: str, /) -> str:
        """Return what lies behind the last dot."""
        return key.rpartition(".")[2]

    def full(self, key: str, /) -> str:
        """Return the whole key."""
        return key

    def assignable(self, built: str, key: str, /) -> bool | None:
        """Decide by the bases; nothing is known about keys that end in a question mark."""
        if "?" in built or "?" in key:
            return None
        return built == key or key in self.bases.get(built, set())

    def derive(self, key: str, /) -> Derived[str] | None:
        """Decide by the word in front."""
        if key == "container":
            return Derived(Kind.CONTAINER, None)
        for word, kind in DERIVED.items():
            if key.startswith(word):
                return Derived(kind, key.removeprefix(word))
        return None

    def generic(self, key: str, /) -> str | None:
        """Return what lies before the bracket."""
        return key.partition("[")[0] if "[" in key else None

    def specialise(self, binding: Binding[str], key: str, /) -> Binding[str] | None:
        """Put the argument in the place of ``T`` in what the binding needs; ``Never`` fits no bound."""
        argument = key.partition("[")[2].removesuffix("]")
        if argument == "Never":
            return None
        needs = tuple(need(one.key.replace("T", argument)) for one in binding.parameters if one.key is not None)
        return replace(binding, key=key, open=False, parameters=needs)

    def construct(self, key: str, source: Binding[str], /) -> Binding[str] | None:
        """Construct what says that it is new."""
        return bound(key, "Config", scope=None, kind=Kind.CONSTRUCTED) if key.startswith("new ") else None


def need(text: str) -> Parameter[str]:
    """Return the parameter that ``"Config"``, or with a default ``"Config="``, stands for."""
    key = text.removesuffix("=")
    return Parameter(key.rpartition(".")[2].lower(), key, optional=text.endswith("="))


def bound(key: str | None, *needs: str | Parameter[str], scope: ScopePath | None = APP, **more: Any) -> Binding[str]:
    """Return a factory for ``key``, called ``make_<key>``, that needs the keys given."""
    name = "make_" + str(key).rpartition(".")[2].lower()
    more.setdefault("origin", Origin(name, f"app.{name}", more.pop("argument", 0)))
    parameters = tuple(one if isinstance(one, Parameter) else need(one) for one in needs)
    return Binding(more.pop("kind", Kind.FACTORY), key, scope=scope, parameters=parameters, **more)


def alias(key: str, other: str, **more: Any) -> Binding[str]:
    """Return a binding that gives under ``key`` what ``other`` gives."""
    return bound(key, Parameter("", other), scope=None, kind=Kind.ALIAS, **more)


def required(key: str, scope: ScopePath = APP, **more: Any) -> Binding[str]:
    """Return a requirement of ``key``."""
    more.setdefault("origin", Origin(f"require({key})", "app.Web.needs", 0))
    return bound(key, Parameter("", key), scope=scope, kind=Kind.REQUIREMENT, **more)


def graph(*bindings: Binding[str], bases: Mapping[str, set[str]] | None = None, opaque: bool = False) -> Graph[str]:
    """Return a graph of string keys."""
    return Graph(bindings, StringKeys(bases), opaque=opaque)


def found(of: Graph[str], code: Code | None = None) -> list[Problem[str]]:
    """Return the problems of a graph, if wished those of one code only."""
    return [problem for problem in check_all(of) if code in {None, problem.code}]


def words(of: Graph[str], problem: Problem[str]) -> Report:
    """Return a problem in words."""
    return report(problem, of.keys)
