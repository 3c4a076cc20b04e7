"""Plans: how each binding is built in each frame, as frozen data with every policy decided."""

import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from wireproof._collect.recipe import Make, Recipe
from wireproof._inspect.keys import Key, key_name
from wireproof._inspect.targets import is_asynchronous
from wireproof._model.binding import Binding
from wireproof._model.graph import Graph
from wireproof._plan.frames import Frame
from wireproof.lifetimes import Lifetime, LockMode


class Storage(Enum):
    """Where a built instance is kept."""

    GLOBAL = "global"
    """In a global of the generated module: there is one container for it."""

    SLOT = "slot"
    """In a slot of the scope object."""

    NOWHERE = "nowhere"
    """Each request builds a new one."""


class Closing(Enum):
    """What ``on_close`` is."""

    NOTHING = "nothing"
    SYNC = "sync"
    ASYNC = "async"


class Constant(NamedTuple):
    """An argument that is the same each time: the default of a positional-only parameter that nothing fills."""

    value: object


class Argument(NamedTuple):
    """What is passed for one parameter."""

    keyword: str
    """Empty if it is passed by position."""

    value: "Reference | Constant"


class Reference(NamedTuple):
    """How code gets at the instance of a binding: its plan, and how many frames out that one's scope object is."""

    plan: "Plan"
    hops: int


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How to build one binding in one frame."""

    symbol: str
    """A name for generated code, unique among the plans of a container."""

    name: str
    """What messages call it."""

    frame: Frame
    """Where it is built; for a kept instance, also where it is kept."""

    make: Make
    target: Any
    arguments: tuple[Argument, ...]
    storage: Storage
    locked: bool
    """Whether building is protected against threads and tasks."""

    awaits: bool
    """Whether building it, or anything it needs, awaits."""

    closing: Closing
    on_close: Any
    depth: int
    """Which of the scopes of the frame it belongs to, for the order of cleanup."""


class Planner:
    """Makes the plans of a container, each once.

    Args:
        graph: a graph without problems.
        lock_mode: what sources that do not say otherwise are protected against.
    """

    def __init__(self, graph: Graph[Key], lock_mode: LockMode) -> None:
        """Start without plans."""
        self._graph = graph
        self._lock_mode = lock_mode
        self._plans: dict[tuple[Binding[Key], Frame], Plan] = {}
        self._symbols: set[str] = set()

    def reference(self, binding: Binding[Key], frame: Frame) -> Reference:
        """Return how code that runs in ``frame`` gets at what ``binding`` provides.

        The checks have proven that some frame around holds the scope it lives in.
        """
        target = self._graph.target(binding)
        recipe = None if target is None else target.handle
        if target is None or not isinstance(recipe, Recipe):
            raise AssertionError(binding)
        hops = frame.hops_to(recipe.scope)
        if hops is None:
            raise AssertionError(binding, frame)
        if recipe.lifetime is Lifetime.TRANSIENT:
            hops = 0  # whoever asks for a transient builds it, and cleans it up
        return Reference(self._plan(target, recipe, frame.out(hops)), hops)

    def kept_in(self, frame: Frame) -> list[Plan]:
        """Return the plans of all instances that a scope object of this frame may keep."""
        return [
            self._plan(binding, recipe, frame)
            for binding in self._graph.live()
            if isinstance(recipe := binding.handle, Recipe)
            and recipe.make is not Make.VALUE
            and recipe.lifetime is Lifetime.SCOPED
            and recipe.scope in frame.held
        ]

    def _plan(self, binding: Binding[Key], recipe: Recipe, frame: Frame) -> Plan:
        known = self._plans.get((binding, frame))
        if known is None:
            known = self._plans[binding, frame] = self._new_plan(binding, recipe, frame)
        return known

    def _new_plan(self, binding: Binding[Key], recipe: Recipe, frame: Frame) -> Plan:
        lock_mode = self._lock_mode if recipe.lock_mode is LockMode.INHERIT else recipe.lock_mode
        transient = recipe.lifetime is Lifetime.TRANSIENT
        own = frame.scope if transient and recipe.scope not in frame.held else recipe.scope
        return Plan(
            symbol=self._symbol(binding, frame),
            name=key_name(binding.key),
            frame=frame,
            make=recipe.make,
            target=recipe.target,
            arguments=tuple(self._arguments(recipe, frame)),
            storage=_storage(frame, transient=transient),
            locked=not transient and lock_mode is not LockMode.NONE,
            awaits=self._graph.needs_await(binding) is not None,
            closing=_closing(recipe.on_close),
            on_close=recipe.on_close,
            depth=frame.held.index(own),
        )

    def _arguments(self, recipe: Recipe, frame: Frame) -> list[Argument]:
        """Pass by position, which is several times faster, until a default stands for a parameter in between."""
        arguments: list[Argument] = []
        by_position = True
        for parameter in recipe.parameters:
            provider = self._graph.provider(parameter.parameter.key)
            if provider is None and not parameter.positional_only:
                by_position = False
                continue
            value = Constant(parameter.default) if provider is None else self.reference(provider, frame)
            named = not parameter.positional_only and (parameter.keyword_only or not by_position)
            arguments.append(Argument(parameter.parameter.name if named else "", value))
        return arguments

    def _symbol(self, binding: Binding[Key], frame: Frame) -> str:
        stem = identifier(key_name(binding.key))
        symbol, number = f"{frame.symbol}_{stem}", 2
        while symbol in self._symbols:
            symbol, number = f"{frame.symbol}_{stem}_{number}", number + 1
        self._symbols.add(symbol)
        return symbol


def identifier(text: str) -> str:
    """Return a Python identifier that reads like ``text``: ``Repo[User]`` becomes ``repo_user``."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", text)
    name = re.sub(r"\W+", "_", words).strip("_").lower() or "it"
    return f"{name}_" if keyword.iskeyword(name) else name


def _storage(frame: Frame, *, transient: bool) -> Storage:
    if transient:
        return Storage.NOWHERE
    return Storage.GLOBAL if frame.parent is None else Storage.SLOT


def _closing(on_close: Callable[[Any], object] | None) -> Closing:
    if on_close is None:
        return Closing.NOTHING
    return Closing.ASYNC if is_asynchronous(on_close) else Closing.SYNC
