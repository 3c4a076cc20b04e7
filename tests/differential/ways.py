"""The ways in which something can be provided: a table of small functions, each of which adds one to an application."""

from collections.abc import Callable

from tests.differential.application import Form, Function, How, Parameter, Passed, Source
from tests.differential.growth import Growth, Level, Service

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
POLICIES = ((), (), (), ("lifetime=Lifetime.TRANSIENT",), ("on_close=closed",))


def own_class(growth: Growth, level: Level) -> None:
    """A class that provides itself."""
    parameters, awaits = growth.parameters(level)
    form = growth.one_of((Form.PLAIN, Form.DATA))
    name = growth.define(growth.name(), parameters=parameters, form=form)
    growth.offer(Source("provide", target=name, options=growth.one_of(POLICIES)), level, awaits=awaits)


def implementation(growth: Growth, level: Level) -> None:
    """A class bound to an abstract one, or to a Protocol."""
    base = growth.one_of(("ABC", "Protocol", ""))
    key = growth.define(growth.name(), *([base] if base else []), form=Form.UNFINISHED if base == "ABC" else Form.PLAIN)
    parameters, awaits = growth.parameters(level)
    inherits = [key] if base != "Protocol" or growth.chance(50) else []
    target = growth.define(f"{key}Impl", *inherits, parameters=parameters)
    growth.offer(Source("to", key, target, options=growth.one_of(POLICIES)), level, awaits=awaits)


def function(growth: Growth, level: Level) -> None:
    """A function of any kind, by itself or bound to what it builds."""
    key = growth.define(growth.name())
    how = growth.one_of(tuple(How))
    made, awaits = _function(growth, level, f"make_{key.lower()}", key, how)
    growth.functions.append(made)
    options = ("enter=True",) if how in ENTERED else growth.one_of(POLICIES)
    verb = growth.one_of(("provide", "to"))
    source = Source(verb, "" if verb == "provide" else key, made.name, options=options)
    growth.offer(source, level, awaits=awaits or how in AWAITED, key=key)


def method(growth: Growth, level: Level) -> None:
    """A method of a provider."""
    key = growth.define(growth.name())
    how = growth.one_of((How.PLAIN, How.GENERATOR, How.COROUTINE, How.ASYNC_GENERATOR))
    made, awaits = _function(growth, level, key.lower(), key, how)
    source = Source("method", options=growth.one_of(POLICIES), method=made)
    growth.offer(source, level, awaits=awaits or how in AWAITED, key=key)


def _function(growth: Growth, level: Level, name: str, key: str, how: How) -> tuple[Function, bool]:
    parameters, awaits = growth.parameters(level)
    return Function(name, parameters, growth.one_of(ITERATORS[how]).format(key), how), awaits


def new_type(growth: Growth, level: Level) -> None:
    """A type that only type checkers tell apart from another."""
    key = growth.define(growth.name(), form=Form.NEW_TYPE)
    if growth.chance(50):
        growth.offer(Source("instance", key, f'{key}("")'), growth.levels[0])
        return
    made, awaits = _function(growth, level, f"make_{key.lower()}", key, How.PLAIN)
    growth.functions.append(made)
    growth.offer(Source(growth.one_of(("provide", "to")), key, made.name), level, awaits=awaits, key=key)


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
    return growth.offer(Source("alias", key, other.key), other.level, awaits=other.awaits)


def collection(growth: Growth, level: Level) -> None:
    """Several things that are given together."""
    key = growth.define(growth.name(), "Protocol")
    count = growth.one_of((0, 1, 2, 3))
    awaits = False
    for number in range(count):
        parameters, needs_await = growth.parameters(level, most=2)
        target = growth.define(f"{key}{number}", parameters=parameters)
        growth.sources.append((Source("contribute", key, target), level))
        awaits = awaits or needs_await
    if not count or growth.chance(30):
        growth.sources.append((Source("contributions", key), Level("", ())))
    growth.services.append(Service(f"Sequence[{key}]", level, awaits, collection=True))


def open_generic(growth: Growth, level: Level) -> None:
    """A generic class that serves every argument."""
    name = growth.name()
    wanted = (Parameter("about", "type[T]"),) if growth.chance(40) else ()
    parameters, awaits = growth.parameters(level, most=2)
    if growth.chance(50):
        growth.define(name, "Generic[T]", parameters=(*wanted, *parameters))
        source = Source("provide", target=name)
    else:
        growth.define(name, "ABC", "Generic[T]", form=Form.UNFINISHED)
        target = growth.define(f"{name}Impl", f"{name}[T]", parameters=(*wanted, *parameters))
        source = Source("to", f"{name}[Any]", target)
    growth.sources.append((source, level))
    plain = [one.name for one in growth.classes if not one.bases]
    for argument in ("int", *([growth.one_of(plain)] if plain else [])):
        growth.services.append(Service(f"{name}[{argument}]", level, awaits))


def exact_generic(growth: Growth, level: Level) -> None:
    """One parametrisation of a generic class."""
    argument = growth.define(growth.name())
    name = growth.define(growth.name(), "Generic[T]")
    parameters, awaits = growth.parameters(level)
    target = growth.define(f"{argument}{name}", f"{name}[{argument}]", parameters=parameters)
    growth.offer(Source("to", f"{name}[{argument}]", target), level, awaits=awaits)


def decorated(growth: Growth, level: Level) -> None:
    """Something around what there is."""
    others = [one for one in growth.services if not one.collection and "[" not in one.key]
    if not others:
        return own_class(growth, level)
    other = growth.one_of(others)
    parameters, awaits = growth.parameters(other.level, most=2)
    inner = Parameter("inner", other.key, passed=Passed.POSITIONAL)
    how = growth.one_of((How.PLAIN, How.PLAIN, How.COROUTINE))
    name = f"around_{other.key.lower()}_{len(growth.functions)}"
    parameters = tuple(one for one in parameters if not mentions(one.annotation, other.key))
    growth.functions.append(Function(name, (inner, *parameters), other.key, how))
    growth.sources.append((Source("decorate", other.key, name), Level("", ())))
    if awaits or how is How.COROUTINE:
        number = growth.services.index(other)
        growth.services[number] = Service(other.key, other.level, awaits=True)
    return None


def mentions(annotation: str, key: str) -> bool:
    """Whether an annotation asks for a key."""
    return key in annotation


def requirement(growth: Growth, level: Level) -> None:
    """A need for something there is."""
    if not growth.services:
        return own_class(growth, level)
    other = growth.one_of(growth.services)
    options = ("awaited=True",) if other.awaits or growth.chance(20) else ()
    return growth.sources.append((Source("require", other.key, options=options), other.level))


WAYS: tuple[Callable[[Growth, Level], None], ...] = (
    own_class, own_class, own_class, implementation, implementation, function, function, method, method, new_type,
    instance, alias, collection, open_generic, exact_generic, decorated, requirement,
)  # fmt: skip
