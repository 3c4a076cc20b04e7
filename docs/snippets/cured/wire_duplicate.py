from wireproof import Container, Provider, bind, replacing


class Clock:
    """The time of day."""


class FixedClock(Clock):
    """Always noon."""


class Time(Provider):
    clock = bind(Clock).to(Clock)


container = Container(Time(), replacing(bind(Clock).to(FixedClock)))
