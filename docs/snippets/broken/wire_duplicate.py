from wireproof import Container, Provider, bind


class Clock:
    """The time of day."""


class FixedClock(Clock):
    """Always noon."""


class Time(Provider):
    clock = bind(Clock).to(Clock)


container = Container(Time(), bind(Clock).to(FixedClock))
