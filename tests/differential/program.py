"""From an application to the files of a Python package."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import count
from typing import TypeVar

from tests.differential.application import Application, Class, Function, Registrations, ScopeClass
from tests.differential.containers import container_text
from tests.differential.dividing import divided, looks_ahead, without_twin
from tests.differential.expressions import class_text, function_text, provider_text, words
from tests.differential.inquiries import question_text

LIBRARY = {
    "abc": ("ABC", "abstractmethod"),
    "collections.abc": (
        "AsyncGenerator", "AsyncIterator", "Awaitable", "Callable", "Coroutine", "Generator", "Iterator", "Sequence",
    ),
    "contextlib": ("asynccontextmanager", "contextmanager"),
    "dataclasses": ("dataclass", "field"),
    "enum": ("Enum",),
    "functools": ("partial",),
    "typing": (
       "Annotated", "Any", "Generic", "NamedTuple", "NewType", "Optional", "Protocol", "Self", "TypedDict", "overload",
    ),
    "wireproof": (
        "BaseScope", "Container", "Given", "Has", "Injected", "Injector", "Lifetime", "Provider", "Scope", "autowire",
        "bind", "provide", "provide_all", "replacing", "require",
    ),
}  # fmt: skip
STAND_INS = '''\
"""Values for where only the type matters."""

import os
from typing import Any, TypeVar

from wireproof import Provider

T = TypeVar("T")
Other = TypeVar("Other")


def anything() -> Any:
    return object()


def stand_in(cls: type[T]) -> T:
    return cls.__new__(cls)


def chosen(number: int) -> bool:
    return str(number) in os.environ["CHOSEN"].split()


def closed(instance: object) -> None: ...


class Nothing(Provider):
    """Registers nothing."""
'''

Named = TypeVar("Named", ScopeClass, Class, Function, Registrations)

Files = Mapping[str, str]
"""Paths in a package, each with a text."""


def write(application: Application, package: str) -> Files:
    """Return the modules of an application."""
    classes, twin = without_twin(application)
    first, second = divided(classes, application.split)
    parts: dict[str, tuple[str, list[str]]] = {
        "scopes": _part(application.scopes, _scope),
        "models": _part(first, class_text),
        "services": _part(second, class_text),
        "twins": ("", []) if twin is None else (twin.text, [twin.name, twin.called]),
        "factories": _part(application.functions, function_text),
        "providers": _part(_used(application), provider_text),
        "wiring": (container_text(application), ["container"]),
        "questions": ("\n\n\n".join(map(partial(question_text, application), count(), application.questions)), []),
    }
    homes = {name: module for module, names in LIBRARY.items() for name in names}
    homes |= dict.fromkeys(
        ("T", "Other", "anything", "stand_in", "chosen", "closed", "Nothing"), f"{package}.stand_ins"
    )
    homes |= {name: f"{package}.{module}" for module, (_, names) in parts.items() for name in names}
    called: dict[str, str] = {}
    if twin is not None:
        home = "models" if twin.called in parts["models"][1] else "services"
        homes |= {twin.called: f"{package}.{home}", twin.other: f"{package}.{home}"}
        called = {twin.name: twin.called, twin.other: twin.called}
    quoted = {"models", "services", "twins"} if application.quoted or looks_ahead(application.classes) else set[str]()
    files = {"__init__.py": "", "stand_ins.py": STAND_INS}
    for module, (body, names) in parts.items():
        future = "from __future__ import annotations\n\n" if module in quoted else ""
        files[f"{module}.py"] = f"{future}{_imports(body, names, homes, called)}\n\n{body}\n"
    return files


def _part(defined: Iterable[Named], text: Callable[[Named], str]) -> tuple[str, list[str]]:
    """Return the text of a module and the names that it defines."""
    every = list(defined)
    return "\n\n\n".join(map(text, every)), [one.name for one in every]


def _imports(body: str, own: Iterable[str], homes: Mapping[str, str], called: Mapping[str, str]) -> str:
    """Return what a text needs from elsewhere; some of it has another name where it is defined."""
    needed = sorted((words(body) & set(homes)) - set(own))
    shown = {name: f"{called[name]} as {name}" if name in called else name for name in needed}
    return "\n".join(
        f"from {module} import {', '.join(shown[name] for name in needed if homes[name] == module)}"
        for module in sorted({homes[name] for name in needed})
    )


def _used(application: Application) -> list[Registrations]:
    """Return the providers that the container is made of; of others mypy says nothing, but Python runs their calls."""
    asked, used = words(container_text(application)), list[Registrations]()
    for provider in reversed(application.providers):
        if provider.name in asked:
            used.insert(0, provider)
            asked |= words(provider_text(provider))
    return used


def _scope(scope: ScopeClass) -> str:
    return f"class {scope.name}({scope.base}{', skip=True' if scope.skip else ''}): ..."
