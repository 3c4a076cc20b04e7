"""Alternatives: registrations of which the program decides when it runs, by asking `chosen`."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from tests.differential.application import Application, Class, Form, Registrations, Source
from tests.differential.containers import container_text
from tests.differential.expressions import WORD, provider_text
from tests.differential.growth import Growth
from tests.differential.mistakes import registrations, rewritten

Other = Callable[[Growth, Application, Source], tuple[Source | None, Application]]
"""Returns what there is if a registration is not there, None for nothing, and the application with what that takes."""


def undecided(growth: Growth, application: Application) -> Application:
    """Return an application in which some registrations are one of two, or are perhaps not there."""
    for number in range(growth.one_of((1, 1, 2))):
        fitting = _fitting(application)
        if fitting:
            chosen = growth.one_of(fitting)
            others = OTHERS if chosen.how != "either" else (_different,)
            other, application = growth.one_of(others)(growth, application, chosen)
            members = (chosen,) if other is None else growth.one_of(((chosen, other), (other, chosen)))
            made = Source("perhaps" if other is None else "either", target=str(number), members=members)
            application = _with(application, chosen, made)
    return application


def _fitting(application: Application) -> list[Source]:
    """Return the registrations that there may be alternatives to.

    What is evaluated twice would be decided once, but mypy takes it for two decisions. What is added decides nothing
    about what is there before, of which mypy and the container speak first.
    """
    if application.added:
        every = list(application.added)
    elif _each_once(application):
        every = registrations(application)
    else:
        every = list(application.sources)
    seen = Counter(map(id, every))
    return [one for one in every if seen[id(one)] == 1 and one.how not in {"method", "perhaps"}]


def _each_once(application: Application) -> bool:
    """Whether each provider is used once at most, and says nothing again that it inherits."""
    text = "\n".join((container_text(application), *map(provider_text, application.providers)))
    uses = Counter(WORD.findall(text))
    attributes = Counter(one.name for provider in application.providers for one in provider.attributes)
    return max(uses[one.name] for one in application.providers) <= 2 and max(attributes.values(), default=0) <= 1


def _with(application: Application, old: Source, new: Source | None) -> Application:
    return rewritten(application, lambda source: new if source is old else source)


def _similar(growth: Growth, application: Application, source: Source) -> tuple[Source | None, Application]:
    """Return something else of the same kind: a provider with nearly the same registrations, a class for the key."""
    providers = {one.name: one for one in application.providers}
    if source.how == "provider" and source.target in providers:
        alike = _alike(growth, providers[source.target])
        both = {source.target: (providers[source.target], alike)}
        more = tuple(one for name in providers for one in both.get(name, (providers[name],)))
        return replace(source, target=alike.name), replace(application, providers=more)
    key = source.key or source.target
    plain = {one.name for one in application.classes if one.form in DERIVABLE and "Generic[T]" not in one.bases}
    if source.how not in CLASSES or key not in plain:
        return _different(growth, application, source)
    heir = Class(growth.name(), (key,))
    return Source("to", key, heir.name, source.scope), replace(application, classes=(*application.classes, heir))


CLASSES = frozenset({"provide", "to", "instance", "alias", "from_context"})
DERIVABLE = frozenset({Form.PLAIN, Form.DATA, Form.CREATED, Form.UNFINISHED, Form.NAMED})


def _alike(growth: Growth, provider: Registrations) -> Registrations:
    kept = tuple(one for one in provider.attributes if growth.chance(85))
    return replace(provider, name=f"Other{provider.name}", attributes=kept)


def _different(growth: Growth, application: Application, source: Source) -> tuple[Source | None, Application]:
    """Return another registration of the application, which is then there only where this one is not."""
    others = [one for one in application.sources if one is not source and one.how not in {"provider", "perhaps"}]
    if not others or application.added:
        return Source("provider", target="Nothing"), application
    other = growth.one_of(others)
    return other, _with(application, other, None)


def _nothing(growth: Growth, application: Application, source: Source) -> tuple[Source | None, Application]:
    """Return nothing."""
    return None, application


OTHERS: tuple[Other, ...] = (_similar, _similar, _different, _nothing)
