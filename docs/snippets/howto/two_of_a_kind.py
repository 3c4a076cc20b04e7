from typing import NewType

from wireproof import Container, Provider, bind, provide


class Database:
    def __init__(self, name: str) -> None:
        self.name = name


Primary = NewType("Primary", Database)
Replica = NewType("Replica", Database)


class Storage(Provider):
    @provide()
    def primary(self) -> Primary:
        return Primary(Database("primary"))

    replica = bind(Replica).instance(Replica(Database("replica")))


class Sync:
    def __init__(self, source: Primary, target: Replica) -> None:
        self.plan = f"{source.name} -> {target.name}"


print(Container(Storage(), provide(Sync)).resolve(Sync).plan)
