"""Mistakes: small functions, each of which spoils an application in one way, or leaves it if it cannot."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.differential.application import (
    Application,
    Attribute,
    Class,
    Form,
    Function,
    How,
    Parameter,
    Passed,
    Source,
)
from tests.differential.expressions import words
from tests.differential.growth import Growth

Mistake = Callable[[Growth, Application], Application]
Change = Callable[[Source], Source | None]


def rewritten(application: Application, change: Change) -> Application:
    """Return an application whose registrations are changed one by one; those changed to None are left out."""
    providers = tuple(
        replace(provider, attributes=tuple(_attributes(provider.attributes, change)))
        for provider in application.providers
    )
    sources = tuple(new for old in application.sources if (new := change(old)) is not None)
    added = tuple(new for old in application.added if (new := change(old)) is not None)
    return replace(application, providers=providers, sources=sources, added=added)


def _attributes(attributes: tuple[Attribute, ...], change: Change) -> Iterator[Attribute]:
    for one in attributes:
        new = change(one.source)
        if new is not None:
            yield replace(one, source=new)


def registrations(application: Application) -> list[Source]:
    """Return all registrations, wherever they stand."""
    held = [one.source for provider in application.providers for one in provider.attributes]
    return [*application.sources, *application.added, *held]


def one(growth: Growth, application: Application, *hows: str) -> Source | None:
    """Return one of the registrations of some kinds, if there are any."""
    fitting = [source for source in registrations(application) if source.how in hows]
    return growth.one_of(fitting) if fitting else None


def changed(growth: Growth, application: Application, change: Change, *hows: str) -> Application:
    """Return an application in which one registration of some kinds is changed."""
    chosen = one(growth, application, *hows)
    return rewritten(application, lambda source: change(source) if source is chosen else source)


PROVIDING = ("provide", "to", "instance", "alias", "method", "from_context")
CALLING = ("provide", "to", "contribute", "method", "provide_all")


def forget(growth: Growth, application: Application) -> Application:
    """Leave a registration out."""
    return changed(growth, application, lambda _: None, *PROVIDING, "contribute", "provider")


def repeat(growth: Growth, application: Application) -> Application:
    """Register something twice."""
    chosen = one(growth, application, "provide", "to", "instance", "alias", "provider")
    return application if chosen is None else replace(application, sources=(*application.sources, chosen))


def move(growth: Growth, application: Application) -> Application:
    """Let something live in another scope."""
    scope = growth.level().name
    return changed(growth, application, lambda source: replace(source, scope=scope), *CALLING, "require")


def replace_(growth: Growth, application: Application) -> Application:
    """Mark a registration as replacing, which often it does not; sometimes beside another one of the same key."""
    chosen = one(growth, application, "provide", "to", "instance", "alias", "provider")
    if chosen is None:
        return application
    marked = Source("replacing", members=(chosen,))
    if growth.chance(50):
        return replace(application, sources=(*application.sources, marked))
    return rewritten(application, lambda source: marked if source is chosen else source)


def need_more(growth: Growth, application: Application) -> Application:
    """Add a parameter for something that may come later, live shorter or not be there."""
    keys = [service.key for service in growth.services if not service.outside] or ["int"]
    key = growth.one_of([*keys, *keys, "int", "str"])
    form = growth.one_of(("{}", "{}", "{}", "{} | None", "Callable[[], {}]", "Sequence[{}]"))
    parameter = Parameter(growth.name().lower(), form.format(key), passed=growth.one_of((Passed.PLAIN, Passed.KEYWORD)))
    return _with_parameters(growth, application, lambda old: (*old, parameter))


def go_round(growth: Growth, application: Application) -> Application:
    """Let a registered class need another one, which needs it."""
    plain = {one.name: one for one in application.classes if one.form is Form.PLAIN and one.otherwise is None}
    fitting = [one for one in registrations(application) if one.how == "provide" and one.target in plain]
    if not fitting:
        return application
    source = growth.one_of(fitting)
    chosen, name = plain[source.target], growth.name()
    there = Parameter(name.lower(), name, passed=Passed.KEYWORD)
    needing = replace(chosen, parameters=(*chosen.parameters, there))
    other = Class(name, parameters=(Parameter("back", source.target),))
    classes = (*(needing if one is chosen else one for one in application.classes), other)
    return replace(
        application, classes=classes, sources=(*application.sources, Source("provide", target=name, scope=source.scope))
    )


def unannotate(growth: Growth, application: Application) -> Application:
    """Leave an annotation out, or let it say nothing."""
    annotation = growth.one_of(("", "Any"))

    def change(old: tuple[Parameter, ...]) -> tuple[Parameter, ...]:
        chosen = growth.one_of(range(len(old))) if old else 0
        return tuple(replace(one, annotation=annotation) if number == chosen else one for number, one in enumerate(old))

    return _with_parameters(growth, application, change)


def _with_parameters(
    growth: Growth, application: Application, change: Callable[[tuple[Parameter, ...]], tuple[Parameter, ...]]
) -> Application:
    """Change the parameters of a class or a function that are registered somewhere."""
    used = words(" ".join(source.target for source in registrations(application)))
    # Python does not build what takes something else by its own __init__ than by the __new__ of its base.
    created = {one.name for one in application.classes if one.form in {Form.CREATED, Form.NAMED}}
    # A class with a constructor of its own would not be called with what it decorates any more.
    inheriting = {one.name for one in application.classes if f"{one.name}Base[Other]" in one.bases}
    whole = [one for one in application.classes if one.name not in inheriting]
    plain = [one for one in whole if one.form in {Form.PLAIN, Form.CREATED}]
    classes = [one for one in plain if one.name in used and not created.union(["Protocol"]).intersection(one.bases)]
    functions = [one for one in application.functions if one.name in used]
    methods = [one.method for one in registrations(application) if one.method is not None]
    candidates: list[Class | Function] = [*classes, *functions, *methods]
    if not candidates:
        return application
    # What a partial still takes has been got wrong more often, and there are few of them.
    partly = words(" ".join(source.target for source in registrations(application) if "partial(" in source.target))
    chosen = growth.one_of([*candidates, *[one for one in candidates if one.name in partly] * 3])
    spoiled = replace(chosen, parameters=change(chosen.parameters))
    if isinstance(spoiled, Class):
        classes = [spoiled if one is chosen else one for one in application.classes]
        return replace(application, classes=tuple(classes))
    return with_function(application, chosen, spoiled)


def with_function(application: Application, old: object, new: Function) -> Application:
    """Put another function in the place of one, be it a method or not."""
    functions = tuple(new if one is old else one for one in application.functions)
    changed = rewritten(application, lambda one: replace(one, method=new) if one.method is old else one)
    return replace(changed, functions=functions)


def _changed_function(
    growth: Growth, application: Application, hows: tuple[How, ...], change: Callable[[Function], Function]
) -> Application:
    methods = [one.method for one in registrations(application) if one.method is not None]
    fitting = [one for one in (*application.functions, *methods) if one.how in hows]
    if not fitting:
        return application
    chosen = growth.one_of(fitting)
    return with_function(application, chosen, change(chosen))


def unreturned(growth: Growth, application: Application) -> Application:
    """Leave a return annotation out."""
    hows = (How.PLAIN, How.GENERATOR, How.COROUTINE, How.ASYNC_GENERATOR)
    return _changed_function(growth, application, hows, lambda one: replace(one, returns=""))


def make_async(growth: Growth, application: Application) -> Application:
    """Let a function be a coroutine function, unless it pretends to be a generator function."""

    def change(function: Function) -> Function:
        return function if "ator[" in function.returns else replace(function, how=How.COROUTINE)

    return _changed_function(growth, application, (How.PLAIN,), change)


def yield_nothing(growth: Growth, application: Application) -> Application:
    """Let a function that says that it yields return instead."""
    if any("Iterator[" in one.returns and "[T]" in one.returns for one in application.functions) and application.added:
        return application  # of a generic one mypy itself says that add_factory does not take it
    return _changed_function(growth, application, (How.GENERATOR,), lambda one: replace(one, how=How.PLAIN))


def yield_another(growth: Growth, application: Application) -> Application:
    """Let a function yield something else than it did."""
    other = Class(growth.name())
    application = replace(application, classes=(*application.classes, other))
    returns = f"Iterator[{other.name}]"
    return _changed_function(growth, application, (How.GENERATOR,), lambda one: replace(one, returns=returns))


def unfinish(growth: Growth, application: Application) -> Application:
    """Make a registered class abstract."""
    fixed = words(" ".join(source.target for source in registrations(application) if source.how == "instance"))
    fixed |= {word for one in application.questions for entry in one.entered for word in words(" ".join(entry.given))}
    fixed |= set(application.given)
    # Of a partial mypy itself says that its class is abstract.
    fixed |= words(" ".join(source.target for source in registrations(application) if "partial(" in source.target))
    used = words(" ".join(source.target for source in registrations(application))) - fixed
    plain = [one for one in application.classes if one.name in used and one.form is Form.PLAIN and not one.bases]
    if not plain:
        return application
    chosen = growth.one_of(plain)
    spoiled = replace(chosen, bases=("ABC",), form=Form.UNFINISHED)
    return replace(application, classes=tuple(spoiled if one is chosen else one for one in application.classes))


def iterate(growth: Growth, application: Application) -> Application:
    """Bind a class that iterates over what it is bound to: a class always provides itself."""
    key = Class(growth.name())
    rows = Class(f"{key.name}Rows", (f"Iterator[{key.name}]",), form=growth.one_of((Form.ITERATOR, Form.PLAIN)))
    source = Source("to", key.name, rows.name)
    classes, sources = (*application.classes, key, rows), (*application.sources, source)
    return replace(application, classes=classes, sources=sources)


def give_wrongly(growth: Growth, application: Application) -> Application:
    """Give a value that nobody declares, or for another scope, or of another type."""
    entering = [question for question in application.questions if question.entered]
    if not entering:
        return application
    chosen = growth.one_of(entering)
    *outer, last = chosen.entered
    keys = [source.key for source in registrations(application) if source.how == "from_context"]
    plain = [one.name for one in application.classes if one.form is Form.PLAIN and not one.bases]
    wrong = [key for key in (*keys, *plain) if key not in last.given]
    given = (*last.given, growth.one_of(wrong)) if wrong else last.given
    if last.given and plain and growth.chance(40):
        given = (f"{last.given[0]}={growth.one_of(plain)}", *last.given[1:])
    spoiled = replace(chosen, entered=(*outer, replace(last, given=given)))
    return replace(application, questions=tuple(spoiled if one is chosen else one for one in application.questions))


MISTAKES: tuple[Mistake, ...] = (
    forget, forget, repeat, move, move, replace_, need_more, need_more, go_round, unannotate, unreturned, make_async,
    yield_nothing, yield_nothing, yield_another, yield_another, unfinish, iterate, give_wrongly, give_wrongly,
)  # fmt: skip
