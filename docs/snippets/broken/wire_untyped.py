from typing import Any

from wireproof import Container, provide


class Report:
    def __init__(self, title: Any) -> None:
        self.title = title


container = Container(provide(Report))
