"""Hypothesis strategies for whole applications."""

from dataclasses import replace

from hypothesis import strategies as st

from tests.differential.application import Application, Asked, Entry, Question, ScopeClass, Source, Via
from tests.differential.generalising import generalised
from tests.differential.growth import Growth, Level
from tests.differential.placing import placed, redefined
from tests.differential.spoiling import spoiled
from tests.differential.undecided import undecided
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
    providers, sources = placed(growth, default=not start)
    count = draw(st.integers(0, len(sources))) if growth.chance(20) else 0
    given = tuple(key for key in _declared(growth, set(growth.levels[0].line)) if growth.chance(90))
    questions = tuple(_question(growth) for _ in range(draw(st.integers(3, 6))))
    application = Application(
        growth.scopes,
        tuple(growth.classes),
        tuple(growth.functions),
        providers,
        sources[count:],
        questions,
        start,
        () if count else given,  # a value has to be declared by what the container is made of
        draw(st.integers(0, 6)),
        growth.chance(50),
        growth.chance(20),
        sources[:count],
    )
    for _ in range(growth.one_of((0, 0, 0, 1, 1, 2))):
        application = spoiled(growth, application)
    application = redefined(growth, application)
    application = generalised(growth, application) if growth.chance(25) else application
    return undecided(growth, application) if growth.chance(25) else application


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


def _question(growth: Growth) -> Question:
    """Ask for something, mostly in a way that works."""
    how = growth.one_of((Asked.RESOLVE,) * 5 + tuple(Asked))
    services = [growth.one_of(growth.services) for _ in range(1 if how is Asked.RESOLVE else growth.one_of((1, 2)))]
    level = growth.level() if growth.chance(10) else max((one.level for one in services), key=lambda one: len(one.line))
    keys = tuple(growth.one_of((one.key,) * 4 + (f"{one.key} | None",)) for one in services)
    if growth.chance(4):
        keys = (*keys, growth.define(growth.name()))
    awaits = any(one.awaits for one in services) != growth.chance(5)
    entered = _given_to(growth, _way_to(growth, level))
    if how is Asked.INJECT and level != growth.levels[0] and growth.levels[0].holds(level) and growth.chance(50):
        return Question((), how, keys, awaits, fresh=level.name, via=_via(growth))
    if how not in ADDING:
        return Question(entered, how, keys, awaits, via=_via(growth), attached=growth.chance(50))
    added = _added(growth, level)
    again = _added(growth, level) if growth.chance(30) else ()
    if how is Asked.OVERRIDE and growth.chance(40):
        return Question(_given_also(growth, entered, (*added, *again)), how, keys, awaits, added, again, inside=True)
    return Question(entered, how, keys, awaits, added, again, via=_via(growth))


def _given_also(growth: Growth, entered: tuple[Entry, ...], added: tuple[Source, ...]) -> tuple[Entry, ...]:
    """Have the scopes that are entered given what only an override declares for them, and mostly nothing else."""
    declared = [one for one in added if one.how == "from_context"]
    return tuple(
        replace(
            entry,
            given=tuple(
                dict.fromkeys(
                    (*entry.given, *(one.key for one in declared if growth.chance(90) and one.scope == entry.scope))
                )
            ),
        )
        for entry in entered
    )


def _via(growth: Growth) -> Via:
    """Say how the container comes to where it is asked. What a scope was given mypy knows only of that very scope."""
    outside = any(source.how == "from_context" for source, _ in growth.sources)
    return growth.one_of((Via.DIRECTLY, *(one for one in Via if one is not Via.CURRENT or not outside)))


ADDING = frozenset({Asked.EXTEND, Asked.OVERRIDE})


def _added(growth: Growth, level: Level) -> tuple[Source, ...]:
    """Return some sources that take the place of others, or are new."""
    needs = growth.needs(level)
    new = Source("provide", target=growth.define(growth.name(), parameters=needs.parameters))
    there = [pair for pair in growth.sources if pair[0].how in REPLACEABLE]
    chosen = [growth.one_of((*there, (new, level))) for _ in range(growth.one_of((1, 1, 2)))]
    scoped = [replace(one, scope=home.name) if one.how in MOVABLE else one for one, home in chosen]
    scoped = [
        _from_outside(growth, one, home) if growth.chance(20) else one
        for one, (_, home) in zip(scoped, chosen, strict=True)
    ]
    return tuple(Source("replacing", members=(one,)) if growth.chance(25) else one for one in scoped)


def _from_outside(growth: Growth, source: Source, home: Level) -> Source:
    """Return what declares as a context value what is provided, if that is a class, else the source as it is.

    What a function would resolve later mypy misses where the function is asked for, so that there must be none.
    """
    key = source.target if source.how == "provide" else source.key
    later = "Callable[[]" in f"{growth.classes}{growth.functions}{growth.sources}"
    is_class = any(one.name == key for one in growth.classes)
    fits = source.how in DECLARABLE and is_class and not later
    return Source("from_context", key=key, scope=home.name) if fits else source


DECLARABLE = frozenset({"provide", "to", "instance"})
REPLACEABLE = frozenset({"provide", "to", "instance", "alias", "contribute"})
MOVABLE = frozenset({"provide", "to", "contribute"})


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
