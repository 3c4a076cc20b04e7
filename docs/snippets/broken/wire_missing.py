from wireproof import Container, provide


class Config:
    """What the application is told from outside."""


class Engine:
    def __init__(self, config: Config) -> None:
        self.config = config


container = Container(provide(Engine))
container.resolve(Engine)
