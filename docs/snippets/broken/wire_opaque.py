from wireproof import Container, Provider, provide


class Clock:
    """The time of day."""


class Time(Provider):
    clock = provide(Clock)


def build(extra: Provider) -> Clock:
    return Container(extra).resolve(Clock)


build(Time())
