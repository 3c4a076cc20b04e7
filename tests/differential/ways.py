"""The ways in which something can be provided: a table of small functions, each of which adds one to an application."""

from collections.abc import Callable
from dataclasses import replace

from tests.differential.application import Class, Form, Function, How, Parameter, Passed, Source
from tests.differential.generic_ways import generic_decorator, generic_target
from tests.differential.growth import Growth, Level, Needs, Service

ITERATORS = {
    How.PLAIN: ("{}",),
    How.GENERATOR: ("Iterator[{}]", "Generator[{}, None, None]"),
    How.COROUTINE: ("{}",),
    How.ASYNC_GENERATOR: ("AsyncIterator[{}]", "AsyncGenerator[{}, None]"),
    How.MANAGER: ("Iterator[{}]",),
    How.ASYNC_MANAGER: ("AsyncIterator[{}]",),
}
AWAITED = frozenset({How.COROUTINE, How.ASYNC_GENERATOR, How.ASYNC_MANAGER})
ENTERED = frozenset({How.MANAGER, How.ASYNC_MANAGER})
INHERITED = (Form.DATA, Form.CREATED)
"""The forms of constructors that a class with bases may have, besides the plain one."""

POLICIES = ((), (), (), ("lifetime=Lifetime.TRANSIENT",), ("on_close=closed",))


def own_class(growth: Growth, level: Level) -> None:
    """A class that provides itself."""
    needs = growth.needs(level)
    form = growth.one_of((Form.PLAIN, Form.PLAIN, Form.NAMED, *INHERITED))
    name = growth.define(growth.name(), parameters=needs.parameters, form=form)
    target = partly_called(growth, name, needs.parameters) if form is Form.PLAIN and growth.chance(10) else name
    growth.offer(Source("provide", target=target, options=growth.one_of(POLICIES)), level, needs, key=name)


def implementation(growth: Growth, level: Level) -> None:
    """A class bound to an abstract one, or to a Protocol."""
    base = growth.one_of(("ABC", "Protocol", ""))
    key = growth.define(growth.name(), *([base] if base else []), form=Form.UNFINISHED if base == "ABC" else Form.PLAIN)
    needs = growth.needs(level)
    inherits = [key] if base != "Protocol" or growth.chance(50) else []
    form = growth.one_of((Form.PLAIN, *INHERITED))
    target = growth.define(f"{key}Impl", *inherits, parameters=needs.parameters, form=form)
    growth.offer(Source("to", key, target, options=growth.one_of(POLICIES)), level, needs)


def function(growth: Growth, level: Level) -> None:
    """A function of any kind, by itself or bound to what it builds."""
    key = growth.define(growth.name())
    how = growth.one_of(tuple(How))
    made, needs = _function(growth, level, f"make_{key.lower()}", key, how)
    growth.functions.append(made)
    options = ("enter=True",) if how in ENTERED else growth.one_of(POLICIES)
    verb = growth.one_of(("provide", "to"))
    target = partly_called(growth, made.name, made.parameters) if growth.chance(20) else made.name
    source = Source(verb, "" if verb == "provide" else key, target, options=options)
    growth.offer(source, level, needs, awaits=how in AWAITED, key=key)


def partly_called(growth: Growth, name: str, parameters: tuple[Parameter, ...]) -> str:
    """Return a partial, which is given some of what a function or class takes."""
    first = [one for one in parameters if one.passed is Passed.POSITIONAL and not one.default]
    named = [one for one in parameters if one.passed is not Passed.POSITIONAL]
    arguments = ["anything()"] * growth.one_of(range(len(first) + 1))
    arguments += [f"{one.name}=anything()" for one in named if growth.chance(40)]
    made = f"partial({', '.join((name, *arguments[:1]))})"
    if growth.chance(30):  # the rest is given to a partial of that
        return f"partial({', '.join((made, *arguments[1:]))})"
    return f"partial({', '.join((name, *arguments))})"


def maker(growth: Growth, level: Level) -> None:
    """A class with a method that makes it, its own or one that it inherits."""
    needs = growth.needs(level)
    name, static = growth.name(), growth.chance(30)
    made = Function("make", needs.parameters, f'"{name}"' if static else growth.one_of(("Self", "Self", f'"{name}"')))
    growth.classes.append(Class(name, maker=made, static=static))
    heir = growth.define(growth.name(), name) if made.returns == "Self" and growth.chance(40) else name
    target = f"{heir}.make"
    if growth.chance(10):
        target = partly_called(growth, target, needs.parameters)
    verb = growth.one_of(("provide", "to"))
    growth.offer(
        Source(verb, "" if verb == "provide" else name, target), level, needs, key=heir if verb == "provide" else name
    )


def method(growth: Growth, level: Level) -> None:
    """A method of a provider."""
    key = growth.define(growth.name())
    how = growth.one_of((How.PLAIN, How.GENERATOR, How.COROUTINE, How.ASYNC_GENERATOR))
    made, needs = _function(growth, level, key.lower(), key, how)
    source = Source("method", options=growth.one_of(POLICIES), method=made)
    growth.offer(source, level, needs, awaits=how in AWAITED, key=key)


def _function(growth: Growth, level: Level, name: str, key: str, how: How) -> tuple[Function, Needs]:
    needs = growth.needs(level)
    return Function(name, needs.parameters, growth.one_of(ITERATORS[how]).format(key), how), needs


def new_type(growth: Growth, level: Level) -> None:
    """A type that only type checkers tell apart from another."""
    key = growth.define(growth.name(), form=Form.NEW_TYPE)
    if growth.chance(50):
        growth.offer(Source("instance", key, f'{key}("")'), growth.levels[0])
        return
    made, needs = _function(growth, level, f"make_{key.lower()}", key, How.PLAIN)
    growth.functions.append(made)
    growth.offer(Source(growth.one_of(("provide", "to")), key, made.name), level, needs, key=key)


def instance(growth: Growth, level: Level) -> None:
    """An object that exists already."""
    key = growth.define(growth.name())
    options = growth.one_of(((), ("on_close=closed",)))
    growth.offer(Source("instance", key, f"stand_in({key})", options=options), growth.levels[0])


def alias(growth: Growth, level: Level) -> None:
    """Another key for something there is."""
    classes = {one.name for one in growth.classes if one.form is not Form.NEW_TYPE}
    others = [service for service in growth.services if service.key.partition("[")[0] in classes]
    if not others:
        return own_class(growth, level)
    other = growth.one_of(others)
    key = growth.define(growth.name(), "Protocol")
    growth.sources.append((Source("alias", key, other.key), other.level))
    return growth.services.append(replace(other, key=key))


def collection(growth: Growth, level: Level) -> None:
    """Several things that are given together."""
    key = growth.define(growth.name(), "Protocol")
    count = growth.one_of((0, 1, 2, 3))
    every = [growth.needs(level, most=2) for _ in range(count)]
    for number, needs in enumerate(every):
        target = growth.define(f"{key}_{number}", parameters=needs.parameters)
        growth.sources.append((Source("contribute", key, target), level))
    if not count or growth.chance(30):
        growth.sources.append((Source("contributions", key), Level("", ())))
    awaits, outside = any(one.awaits for one in every), any(one.outside for one in every)
    growth.services.append(Service(f"Sequence[{key}]", level, awaits, outside, collection=True))


def open_generic(growth: Growth, level: Level) -> None:
    """A generic class that serves every argument."""
    name = growth.name()
    wanted = (Parameter("about", "type[T]"),) if growth.chance(40) else ()
    needs = growth.needs(level, most=2)
    if growth.chance(50):
        form = growth.one_of((Form.PLAIN, Form.NAMED, *INHERITED))
        growth.define(name, "Generic[T]", parameters=(*wanted, *needs.parameters), form=form)
        source = Source("provide", target=name)
    else:
        growth.define(name, "ABC", "Generic[T]", form=Form.UNFINISHED)
        target = growth.define(f"{name}Impl", f"{name}[T]", parameters=(*wanted, *needs.parameters))
        source = Source("to", f"{name}[Any]", target)
    growth.sources.append((source, level))
    plain = [one.name for one in growth.classes if not one.bases]
    for argument in ("int", *([growth.one_of(plain)] if plain else [])):
        growth.services.append(Service(f"{name}[{argument}]", level, needs.awaits, needs.outside))


def exact_generic(growth: Growth, level: Level) -> None:
    """One parametrisation of a generic class."""
    argument = growth.define(growth.name())
    name = growth.define(growth.name(), "Generic[T]")
    needs = growth.needs(level)
    target = growth.define(f"{argument}{name}", f"{name}[{argument}]", parameters=needs.parameters)
    growth.offer(Source("to", f"{name}[{argument}]", target), level, needs)


def decorated(growth: Growth, level: Level) -> None:
    """Something around what there is."""
    others = [one for one in growth.services if not one.collection]
    if not others:
        return own_class(growth, level)
    other = growth.one_of(others)
    how = growth.one_of((How.PLAIN, How.PLAIN, How.COROUTINE))
    found = [one for one in growth.reachable(other.level) if other.key not in one.key and not one.outside]
    needs = [growth.need(number, growth.one_of(found)) for number in range(growth.one_of((0, 1, 2)) if found else 0)]
    inner = Parameter("inner", other.key, passed=Passed.POSITIONAL)
    parameters = (inner, *(parameter for one in needs for parameter in one.parameters))
    name = f"around_{len(growth.functions)}"
    growth.functions.append(Function(name, parameters, other.key, how))
    growth.sources.append((Source("decorate", other.key, name), Level("", ())))
    if how is How.COROUTINE or any(one.awaits for one in needs):
        growth.services[growth.services.index(other)] = replace(other, awaits=True)
    return None


def from_outside(growth: Growth, level: Level) -> None:
    """A value that is given when its scope is entered."""
    key = growth.define(growth.name())
    growth.offer(Source("from_context", key), level, Needs(outside=True))


def requirement(growth: Growth, level: Level) -> None:
    """A need for something there is."""
    if not growth.services:
        return own_class(growth, level)
    other = growth.one_of(growth.services)
    options = ("awaited=True",) if other.awaits or growth.chance(20) else ()
    return growth.sources.append((Source("require", other.key, options=options), other.level))


def left_out(growth: Growth, level: Level) -> None:
    """A class that nobody registers, and that is built all the same."""
    needs = growth.needs(level)
    name = growth.define(growth.name(), parameters=needs.parameters)
    growth.services.append(Service(name, level, needs.awaits, needs.outside))
    if not any(source.how == "autowire" for source, _ in growth.sources):
        options = growth.one_of(((), ("lifetime=Lifetime.SCOPED",)))
        growth.sources.append((Source("autowire", options=options), Level("", ())))


def odd_key(growth: Growth, level: Level) -> None:
    """A key that is no class: one of those that mean something by their form, provided all the same, or another."""
    inner = growth.define(growth.name())
    key = growth.one_of(ODD_KEYS).format(inner)
    if any(key == service.key for service in growth.services):
        return
    how = growth.one_of((How.PLAIN, How.PLAIN, How.GENERATOR, How.COROUTINE))
    made, needs = _function(growth, level, f"find_{inner.lower()}", key, how)
    growth.functions.append(made)
    source = growth.one_of((Source("provide", target=made.name), Source("to", key, made.name)))
    growth.offer(source, level, needs, awaits=how in AWAITED, key=key)


ODD_KEYS = (
    "dict[str, {}]", "tuple[{}, int]", "{} | int", "{} | None", "Callable[[int], {}]", "Callable[[], {}]",
    "Callable[[], Awaitable[{}]]", "Sequence[{}]", "type[{}]", "int", "str",
)  # fmt: skip


def heir(growth: Growth, level: Level) -> None:
    """A class that inherits its constructor."""
    needs = growth.needs(level)
    form = growth.one_of((Form.PLAIN, Form.NAMED, *INHERITED))
    base = growth.define(growth.name(), parameters=needs.parameters, form=form)
    name = growth.define(growth.name(), base)
    growth.offer(growth.one_of((Source("provide", target=name), Source("to", base, name))), level, needs)


def overloaded(growth: Growth, level: Level) -> None:
    """A class whose constructor can be called in two ways, the first of which may lack something."""
    first, second = growth.needs(level, most=2), growth.needs(level, most=1)
    there = [one for one in growth.reachable(level) if not one.awaits and not one.outside]
    lacks = not there or growth.chance(50)
    # Only the first overload has this one, so that it is never broader than the second.
    own = Parameter("own", growth.define(growth.name()) if lacks else growth.one_of(there).key, passed=Passed.KEYWORD)
    name = growth.name()
    growth.classes.append(Class(name, (), (*first.parameters, own), otherwise=second.parameters))
    growth.offer(Source("provide", target=name), level, second if lacks else first)


def several(growth: Growth, level: Level) -> None:
    """Classes that are registered together."""
    every = [(growth.name(), growth.needs(level, most=2)) for _ in range(2)]
    for name, needs in every:
        growth.define(name, parameters=needs.parameters)
        growth.services.append(Service(name, level, needs.awaits, needs.outside))
    names = ", ".join(name for name, _ in every)
    growth.sources.append((Source("provide_all", target=names, options=growth.one_of(POLICIES)), level))


WAYS: tuple[Callable[[Growth, Level], None], ...] = (
    own_class, own_class, own_class, implementation, implementation, function, function, method, method, new_type,
    instance, alias, collection, open_generic, exact_generic, decorated, requirement,
    from_outside, from_outside, left_out, overloaded, several, odd_key, odd_key, heir, maker, generic_target,
    generic_decorator, generic_decorator,
)  # fmt: skip
