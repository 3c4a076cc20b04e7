# mypy: enable-error-code=wire-unused
from wireproof import Container, Provider, provide, require


class Clock:
    """The time of day."""


class Timer:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock


class Mailer:
    """Sends mail. It was needed once."""


class Web(Provider):
    timer = require(Timer)


container = Container(Web(), provide(Timer), provide(Clock), provide(Mailer))
container.resolve(Timer)
