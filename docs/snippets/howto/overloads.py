from typing import overload

from wireproof import Container, provide


class Database:
    """Where reports may be kept."""


class Folder:
    """Where they may be kept instead."""


class Reports:
    @overload
    def __init__(self, place: Database) -> None: ...
    @overload
    def __init__(self, place: Folder) -> None: ...
    def __init__(self, place: Database | Folder) -> None:
        self.place = place


container = Container(provide(Reports), provide(Folder))
print(type(container.resolve(Reports).place).__name__)
