"""Overloaded targets: the first overload is called whose parameters can all be provided."""

from typing import overload

from tests.wiring import broken, headlines
from wireproof import Container, Provider, provide


class Config:
    pass


class Clock:
    pass


class Engine:
    @overload
    def __init__(self, config: Config, /, size: int = ...) -> None: ...
    @overload
    def __init__(self, /, *, clock: Clock) -> None: ...
    def __init__(self, config: Config | None = None, /, size: int = 3, clock: Clock | None = None) -> None:
        self.parts = (config, size, clock)


class Parts(Provider):
    clock = provide(Clock)
    config = provide(Config)


def types_of(engine: Engine) -> list[str]:
    """Return what an engine was given."""
    return [type(part).__name__ for part in engine.parts]


def test_the_first_that_can_be_called_is_called() -> None:
    """By position or by name, as it says; what it does not mention keeps its default."""
    assert types_of(Container(provide(Engine), provide(Config), provide(Clock)).resolve(Engine)) == [
        "Config",
        "int",
        "NoneType",
    ]
    assert types_of(Container(provide(Engine), provide(Clock)).resolve(Engine)) == ["NoneType", "int", "Clock"]


def test_none_can_be_called() -> None:
    """The container is refused."""
    assert headlines(broken(provide(Engine))) == [
        'No overload of "Engine" can be called: each lacks something that it needs'
    ]


def test_an_override_may_change_which_one() -> None:
    """What is added makes an earlier overload possible, for as long as it is there."""
    container = Container(provide(Engine), provide(Clock))
    assert types_of(container.resolve(Engine)) == ["NoneType", "int", "Clock"]
    with container.override(Parts()):
        assert types_of(container.resolve(Engine)) == ["Config", "int", "NoneType"]
    assert types_of(container.resolve(Engine)) == ["NoneType", "int", "Clock"]


@overload
def make(config: Config) -> Engine: ...
@overload
def make(config: Clock, other: Clock | None = ...) -> Engine: ...
def make(config: Config | Clock, other: Clock | None = None) -> Engine:
    """Make an engine."""
    return Engine(config if isinstance(config, Config) else Config())


def test_functions() -> None:
    """They provide what all their overloads return."""
    assert types_of(Container(provide(make), provide(Clock)).resolve(Engine))[0] == "Config"
