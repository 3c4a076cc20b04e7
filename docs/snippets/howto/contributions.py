from collections.abc import Sequence
from typing import Protocol

from wireproof import Container, Provider, bind, provide


class Check(Protocol):
    def problem(self) -> str | None: ...


class DiskCheck:
    def problem(self) -> str | None:
        return "the disk is full"


class QueueCheck:
    def problem(self) -> str | None:
        return None


class Health:
    def __init__(self, checks: Sequence[Check]) -> None:
        self.checks = checks

    def problems(self) -> list[str]:
        return [problem for check in self.checks if (problem := check.problem()) is not None]


class Monitoring(Provider):
    checks = bind(Check).contributions()
    health = provide(Health)


class Storage(Provider):
    disk = bind(Check).contribute(DiskCheck)


class Jobs(Provider):
    queue = bind(Check).contribute(QueueCheck)


# Each part of the application brings its own.
container = Container(Monitoring(), Storage(), Jobs())
print(container.resolve(Health).problems())
print([type(check).__name__ for check in container.resolve(Sequence[Check])])

# Without any, what was declared is empty.
print(Container(Monitoring()).resolve(Health).problems())
