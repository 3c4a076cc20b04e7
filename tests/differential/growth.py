"""The state of an application that is being drawn: what there is so far, and random choices about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from tests.differential.application import (
    Class,
    Form,
    Function,
    Parameter,
    Passed,
    ScopeClass,
    Source,
)

T = TypeVar("T")

NAMES = (
    "Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliet", "Kilo", "Lima",
    "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango", "Uniform", "Victor", "Whiskey",
)  # fmt: skip


@dataclass(frozen=True)
class Level:
    """A scope that things may live in."""

    name: str
    line: tuple[str, ...]
    """The scopes around it and itself, outermost first."""

    def holds(self, inner: "Level") -> bool:
        """Whether what lives here can be reached from ``inner``."""
        return self.name in inner.line


@dataclass(frozen=True)
class Service:
    """Something that can be asked for."""

    key: str
    level: Level
    awaits: bool = False
    outside: bool = False
    """Whether it needs a value from outside, which may not be given."""

    collection: bool = False


class Needs(NamedTuple):
    """Some parameters, and what filling them comes to."""

    parameters: tuple[Parameter, ...] = ()
    awaits: bool = False
    outside: bool = False


NOTHING = Needs()


@dataclass
class Growth:
    """What has been drawn so far."""

    draw: st.DrawFn
    levels: tuple[Level, ...] = ()
    scopes: tuple[ScopeClass, ...] = ()
    classes: list[Class] = field(default_factory=list[Class])
    functions: list[Function] = field(default_factory=list[Function])
    services: list[Service] = field(default_factory=list[Service])
    sources: list[tuple[Source, Level]] = field(default_factory=list[tuple[Source, Level]])
    """Registrations that have no place yet, each with the scope that it is to have; an empty name for none."""

    names: int = 0

    def name(self) -> str:
        """Return a name that nothing has yet."""
        self.names += 1
        number, name = divmod(self.names - 1, len(NAMES))
        return NAMES[name] + (str(number + 1) if number else "")

    def chance(self, percent: int) -> bool:
        """Return true that often."""
        return self.draw(st.integers(1, 100)) > 100 - percent

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of some things."""
        return self.draw(st.sampled_from(choices))

    def define(self, name: str, *bases: str, parameters: tuple[Parameter, ...] = (), form: Form = Form.PLAIN) -> str:
        """Add a class and return its name."""
        self.classes.append(Class(name, bases, parameters, form))
        return name

    def level(self) -> Level:
        """Return a scope for something new."""
        return self.one_of(self.levels)

    def reachable(self, level: Level) -> list[Service]:
        """Return what a thing that lives in a scope may hold."""
        return [service for service in self.services if service.level.holds(level)]

    def needs(self, level: Level, most: int = 3) -> Needs:
        """Return some parameters for a thing that lives in a scope."""
        found = self.reachable(level)
        count = self.draw(st.integers(0, most)) if found else 0
        needs = [self.need(number, self.one_of(found)) for number in range(count)]
        if self.chance(15):
            needs.append(Needs((self.harmless(count, level),)))
        return Needs(
            tuple(parameter for one in needs for parameter in one.parameters),
            any(one.awaits for one in needs),
            any(one.outside for one in needs),
        )

    def need(self, number: int, service: Service) -> Needs:
        """Return a parameter for something there is.

        What needs a value from outside is not asked for later: mypy then says at once that it is not given.
        """
        key = service.key
        spelled = (key, key, key, f"{key} | None", f"Optional[{key}]", f'Annotated[{key}, "marked"]')
        now = tuple((one, service.awaits) for one in spelled)
        later = (
            (f"Callable[[], {'Awaitable[' + key + ']' if service.awaits else key}]", False),
            (f"Callable[[], Awaitable[{key}]]", False),
        )
        annotation, awaits = self.one_of(now if service.outside else now + later)
        passed = self.one_of((Passed.PLAIN, Passed.PLAIN, Passed.KEYWORD, Passed.POSITIONAL))
        default = ""
        if passed is not Passed.POSITIONAL and self.chance(15):
            default = "None" if annotation.endswith("None") or annotation.startswith("Optional") else "anything()"
        return Needs((Parameter(f"need_{number}", annotation, default, passed),), awaits, service.outside)

    def harmless(self, number: int, level: Level) -> Parameter:
        """Return a parameter that nobody has to provide anything for."""
        annotation, default = self.one_of(
            (
                ("int", "3"),
                ("str | None", "None"),
                ("list[int] | None", "None"),
                (f"{self.define(self.name())} | None", ""),
                (f"{self.define(self.name())}", "anything()"),
                ("Container", ""),
                (f"Container[Any, {level.name}]", ""),
                ("Callable[[int], str]", "str"),
            )
        )
        return Parameter(f"more_{number}", annotation, default, Passed.KEYWORD)

    def offer(
        self, source: Source, level: Level, needs: Needs = NOTHING, *, awaits: bool = False, key: str = ""
    ) -> None:
        """Add a registration and the service that it gives."""
        self.sources.append((source, level))
        name = key or source.key or source.target
        self.services.append(Service(name, level, awaits or needs.awaits, needs.outside))
