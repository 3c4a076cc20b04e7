# mypy: enable-error-code=wire-unchecked
from wireproof import Container, Has, Provider, provide


class Clock:
    """The time of day."""


class Time(Provider):
    clock = provide(Clock)


def now(container: Container[Has[Time]]) -> Clock:
    return container.resolve(Clock)


now(Container(Time()))
