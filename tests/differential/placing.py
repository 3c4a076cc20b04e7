"""Where registrations stand: among the arguments of a container, or in providers, which may inherit and hold others."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from tests.differential.application import Application, Attribute, Registrations, Source
from tests.differential.growth import Growth, Level


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


def placed(growth: Growth, *, default: bool) -> tuple[tuple[Registrations, ...], tuple[Source, ...]]:
    """Put each registration somewhere: among the arguments of the container, or into a provider."""
    shelves = [_Shelf(growth, number, default=default) for number in range(growth.one_of((1, 2, 3)))]
    given = _connected(growth, shelves)
    sources: list[Source] = []
    only = growth.chance(30)
    for number, (source, level) in enumerate(growth.sources):
        if source.how == "method" or only or growth.chance(60):
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


SCOPED = frozenset({"provide", "to", "contribute", "method", "from_context", "require", "provide_all"})


def redefined(growth: Growth, application: Application) -> Application:
    """Let a provider perhaps say something again that it inherits, in other words."""
    by_name = {provider.name: provider for provider in application.providers}
    providers = tuple(_redefining(growth, one, by_name.get(one.base)) for one in application.providers)
    return replace(application, providers=providers)


def _redefining(growth: Growth, provider: Registrations, base: Registrations | None) -> Registrations:
    inherited = [] if base is None else [one for one in base.attributes if one.source.how in {"provide", "to"}]
    inherited = [one for one in inherited if "enter=True" not in one.source.options]
    if not inherited or growth.chance(60):
        return provider
    chosen = growth.one_of(inherited)
    options = () if chosen.source.options else ("lifetime=Lifetime.TRANSIENT",)
    again = replace(chosen, source=replace(chosen.source, options=options))
    return replace(provider, attributes=(*provider.attributes, again))
