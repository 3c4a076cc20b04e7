from typing import NewType

from wireproof import Container, bind, provide

Title = NewType("Title", str)


class Report:
    def __init__(self, title: Title) -> None:
        self.title = title


container = Container(provide(Report), bind(Title).instance(Title("Sales")))
