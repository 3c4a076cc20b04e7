"""Hypothesis strategies for whole applications."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from tests.differential.application import Application, Attribute, Entry, Question, Registrations, ScopeClass, Source
from tests.differential.growth import Growth, Level
from tests.differential.mistakes import MISTAKES
from tests.differential.ways import WAYS

BUILT_IN = ("Scope.RUNTIME", "Scope.APP", "Scope.SESSION", "Scope.REQUEST", "Scope.ACTION")
USUAL = tuple(Level(name, BUILT_IN[: number + 1]) for number, name in enumerate(BUILT_IN))


@st.composite
def applications(draw: st.DrawFn) -> Application:
    """Draw an application; about half of them have mistakes."""
    growth = Growth(draw)
    start = _choose_scopes(growth)
    for _ in range(draw(st.integers(3, 10))):
        growth.one_of(WAYS)(growth, growth.level())
    providers, sources = _placed(growth, default=not start)
    given = tuple(key for key in _declared(growth, set(growth.levels[0].line)) if growth.chance(90))
    questions = tuple(_question(growth) for _ in range(draw(st.integers(3, 6))))
    application = Application(
        growth.scopes,
        tuple(growth.classes),
        tuple(growth.functions),
        providers,
        sources,
        questions,
        start,
        given,
        draw(st.integers(0, 6)),
        growth.chance(50),
    )
    for _ in range(growth.one_of((0, 0, 0, 1, 1, 2))):
        application = _spoiled(growth, application)
    return application


def _spoiled(growth: Growth, application: Application) -> Application:
    """Return an application with one more mistake, of a kind that it offers an opportunity for."""
    for mistake in growth.draw(st.permutations(MISTAKES)):
        spoiled = mistake(growth, application)
        if spoiled != application:
            return spoiled
    return application


def _choose_scopes(growth: Growth) -> str:
    """Choose a tree of scopes; return the scope to start at if it is not the usual one."""
    tree = growth.one_of(("usual", "usual", "usual", "branch", "runtime", "own"))
    growth.levels = USUAL[1:]
    if tree == "branch":
        growth.scopes = (ScopeClass("Tenant", "Scope.APP"), ScopeClass("Job", "Tenant", growth.chance(30)))
        tenant = Level("Tenant", (*USUAL[1].line, "Tenant"))
        growth.levels = (*USUAL[1:], tenant, Level("Job", (*tenant.line, "Job")))
    if tree == "runtime":
        growth.levels = USUAL
        return "Scope.RUNTIME"
    if tree == "own":
        growth.scopes = (ScopeClass("Whole", "BaseScope"), ScopeClass("Part", "Whole"), ScopeClass("Side", "Whole"))
        whole = Level("Whole", ("Whole",))
        growth.levels = (whole, *(Level(name, ("Whole", name)) for name in ("Part", "Side")))
        return "Whole"
    return ""


class _Shelf:
    """A provider that is being filled."""

    def __init__(self, growth: Growth, number: int, *, default: bool) -> None:
        self.name = f"Provider{number}"
        self.level = growth.level() if not default or growth.chance(60) else growth.levels[0]
        self.base = "Provider" if default and growth.chance(50) else f"Provider[{self.level.name}]"
        if self.base == "Provider":
            self.level = Level("Scope.APP", ())
        self.attributes: list[Attribute] = []

    def finished(self) -> Registrations:
        return Registrations(self.name, self.base, tuple(self.attributes))


def _placed(growth: Growth, *, default: bool) -> tuple[tuple[Registrations, ...], tuple[Source, ...]]:
    """Put each registration somewhere: among the arguments of the container, or into a provider."""
    shelves = [_Shelf(growth, number, default=default) for number in range(growth.one_of((1, 2, 3)))]
    given = _connected(growth, shelves)
    sources: list[Source] = []
    for number, (source, level) in enumerate(growth.sources):
        if source.how == "method" or growth.chance(60):
            shelf = growth.one_of(shelves)
            scoped = _scoped(growth, source, level, shelf.level)
            by_constructor = source.how != "method" and growth.chance(15)
            name = source.method.name if source.method else f"{growth.one_of('abc')}{number}"
            shelf.attributes.append(Attribute(name, scoped, by_constructor))
        else:
            sources.append(_scoped(growth, source, level, Level("Scope.APP", ())))
    sources += [Source("provider", target=shelf.name) for shelf in given]
    return tuple(shelf.finished() for shelf in shelves), tuple(growth.draw(st.permutations(sources)))


def _connected(growth: Growth, shelves: list[_Shelf]) -> list[_Shelf]:
    """Let some of the providers inherit or hold the one before; return those that the container is given."""
    given = [*shelves[:1]]
    for before, shelf in pairwise(shelves):
        relation = growth.one_of(("none", "inherits", "holds"))
        if relation != "none":
            given.remove(before)
        if relation == "inherits":
            shelf.base, shelf.level = before.name, before.level
        elif relation == "holds":
            held = Source("provider", target=before.name)
            shelf.attributes.append(Attribute("held", held, growth.chance(50)))
        given.append(shelf)
    return given


def _scoped(growth: Growth, source: Source, level: Level, default: Level) -> Source:
    """Say the scope of a registration, unless it is the default of its place."""
    if not level.name or source.how not in SCOPED or (level.name == default.name and growth.chance(70)):
        return source
    return replace(source, scope=level.name)


SCOPED = frozenset({"provide", "to", "contribute", "method", "from_context", "require"})


def _question(growth: Growth) -> Question:
    """Ask for something, mostly in a way that works."""
    services = [service for service in growth.services if not service.collection] or growth.services
    if not services or growth.chance(4):
        return Question(_given_to(growth, _way_to(growth, growth.level())), growth.define(growth.name()))
    service = growth.one_of(growth.services)
    key = growth.one_of((service.key,) * 4 + (f"{service.key} | None",))
    level = growth.level() if growth.chance(10) else service.level
    return Question(_given_to(growth, _way_to(growth, level)), key, service.awaits != growth.chance(5))


def _way_to(growth: Growth, level: Level) -> list[Level]:
    """Return scopes to enter; never one that the container has started in or around, which depends on that start."""
    inner = [one for one in growth.levels if one.name != growth.levels[0].name and growth.levels[0].holds(one)]
    if level not in inner:
        return [growth.one_of(inner)] if growth.chance(40) else []
    before, outside = growth.one_of(inner), any(source.how == "from_context" for source, _ in growth.sources)
    # A sibling keeps values of scopes that were entered by name on the way, which mypy cannot see.
    if growth.chance(20) and (not outside or (before.holds(level) and before != level)):
        return [before, level]
    return [level]


def _given_to(growth: Growth, way: list[Level]) -> tuple[Entry, ...]:
    """Say how scopes are entered, and what they are given: mostly all that is declared for them."""
    entries: list[Entry] = []
    opened = set(growth.levels[0].line)
    for level in way:
        given = tuple(key for key in _declared(growth, set(level.line) - opened) if growth.chance(90))
        is_next = level.name == "Scope.REQUEST" and growth.levels[0].name == "Scope.APP" and len(way) == 1
        entries.append(Entry("" if is_next and growth.chance(50) else level.name, given))
        opened |= set(level.line)
    return tuple(entries)


def _declared(growth: Growth, levels: set[str]) -> list[str]:
    return [source.key for source, level in growth.sources if source.how == "from_context" and level.name in levels]
