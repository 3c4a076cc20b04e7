"""Ways of providing one parametrisation of a generic class, by something generic: a class, a function, a method."""

import re
from collections.abc import Callable
from typing import NamedTuple

from tests.differential.application import Class, Function, How, Parameter, Passed, Source
from tests.differential.growth import NOTHING, Growth, Level

EXACT = re.compile(r"\w+\[\w+\]")
MAKING = (How.PLAIN, How.PLAIN, How.GENERATOR, How.COROUTINE)


class Wanted(NamedTuple):
    """What something generic is to build."""

    generic: str
    argument: str
    parameters: tuple[Parameter, ...]

    @property
    def key(self) -> str:
        """Return the parametrisation."""
        return f"{self.generic}[{self.argument}]"


Target = Callable[[Growth, Wanted, str], tuple[str, bool]]
"""Adds something of the given name that builds what is wanted; returns what to call and whether that is awaited."""


def generic_target(growth: Growth, level: Level) -> None:
    """Something generic that is bound to one parametrisation."""
    argument = growth.define(growth.name())
    generic = growth.define(growth.name(), "Generic[T]")
    needs = growth.needs(level, most=2)
    more = _open(growth, level, argument)
    wanted = Wanted(generic, argument, (*needs.parameters, *more))
    target, awaits = growth.one_of(TARGETS)(growth, wanted, f"{generic}Impl")
    growth.offer(Source("to", wanted.key, target), level, needs, awaits=awaits)


def generic_decorator(growth: Growth, level: Level) -> None:
    """Something generic around one parametrisation."""
    own = {one.name for one in growth.classes}
    there = [pair for pair in growth.sources if pair[0].how == "to" and _is_exact(pair[0].key, own)]
    if not there:
        return generic_target(growth, level)
    source, home = growth.one_of(there)
    generic, _, argument = source.key.rstrip("]").partition("[")
    found = growth.needs(home, most=1) if growth.chance(50) else NOTHING
    needs = found if source.key not in str(found) and not found.outside and not found.awaits else NOTHING
    inner = Parameter("inner", f"{generic}[T]", passed=Passed.POSITIONAL)
    more = _open(growth, home, argument)
    wanted = Wanted(generic, argument, (inner, *needs.parameters, *more))
    target, _ = growth.one_of(DECORATORS)(growth, wanted, f"Around{len(growth.sources)}")
    return growth.sources.append((Source("decorate", source.key, target), Level("", ())))


def _is_exact(key: str, own: set[str]) -> bool:
    """Whether a key is a parametrisation of one of the application's own classes."""
    return EXACT.fullmatch(key) is not None and key.partition("[")[0] in own and not key.endswith("[Any]")


def _open(growth: Growth, level: Level, argument: str) -> tuple[Parameter, ...]:
    """Return parameters that mention the type variable; mostly there is something for them."""
    parameters: list[Parameter] = []
    if growth.chance(60):
        other = growth.define(growth.name(), "Generic[T]")
        parameters.append(Parameter("codec", f"{other}[T]", passed=growth.one_of((Passed.PLAIN, Passed.KEYWORD))))
        if growth.chance(95):
            source = growth.one_of((Source("to", f"{other}[{argument}]", other), Source("provide", target=other)))
            growth.sources.append((source, level))
    if growth.chance(25):
        parameters.append(Parameter("about", "type[T]", passed=Passed.KEYWORD))
    return tuple(parameters)


def _class(growth: Growth, wanted: Wanted, name: str) -> tuple[str, bool]:
    growth.define(name, f"{wanted.generic}[T]", parameters=wanted.parameters)
    return growth.one_of((name, f"{name}[{wanted.argument}]")), False


def _turned(growth: Growth, wanted: Wanted, name: str) -> tuple[str, bool]:
    """Add a class with one more type variable, before the one that counts."""
    growth.define(name, f"{wanted.generic}[T]", "Generic[Other, T]", parameters=wanted.parameters)
    return growth.one_of((name, f"{name}[int, {wanted.argument}]")), False


def _inherited(growth: Growth, wanted: Wanted, name: str) -> tuple[str, bool]:
    """Add a class that inherits its constructor, and calls the type variable by another name."""
    base = growth.define(f"{name}Base", f"{wanted.generic}[T]", parameters=wanted.parameters)
    growth.define(name, f"{base}[Other]")
    return growth.one_of((name, f"{name}[{wanted.argument}]")), False


def _function(growth: Growth, wanted: Wanted, name: str) -> tuple[str, bool]:
    decorates = any(one.name == "inner" for one in wanted.parameters)
    how = growth.one_of(tuple(one for one in MAKING if not decorates or one is not How.GENERATOR))
    returns = f"Iterator[{wanted.generic}[T]]" if how is How.GENERATOR else f"{wanted.generic}[T]"
    growth.functions.append(Function(f"make_{name.lower()}", wanted.parameters, returns, how))
    return f"make_{name.lower()}", how is How.COROUTINE


def _method(growth: Growth, wanted: Wanted, name: str) -> tuple[str, bool]:
    returns, static = growth.one_of((("Self", False), (f'"{name}[T]"', False), (f'"{name}[T]"', True)))
    maker = Function("make", wanted.parameters, returns)
    growth.classes.append(Class(name, (f"{wanted.generic}[T]",), maker=maker, static=static))
    return growth.one_of((f"{name}.make", f"{name}[{wanted.argument}].make")), False


def _anything(growth: Growth, wanted: Wanted, name: str) -> tuple[str, bool]:
    """Add a function that returns whatever it is given."""
    first, *others = wanted.parameters
    parameters = [first, *(one for one in others if "T]" not in one.annotation)]
    kept = tuple(Parameter("inner", "T", passed=Passed.POSITIONAL) if one is first else one for one in parameters)
    growth.functions.append(Function(f"pass_{name.lower()}", kept, "T"))
    return f"pass_{name.lower()}", False


TARGETS: tuple[Target, ...] = (_class, _class, _turned, _inherited, _function, _function, _method)
DECORATORS: tuple[Target, ...] = (*TARGETS, _anything)
