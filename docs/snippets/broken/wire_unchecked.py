# mypy: enable-error-code=wire-unchecked
from wireproof import Container, provide


class Clock:
    """The time of day."""


def now(container: Container) -> Clock:
    return container.resolve(Clock)


now(Container(provide(Clock)))
