from typing import Protocol

from wireproof import Container, Provider, bind, provide


class Storage(Protocol):
    def name(self) -> str: ...


class Bucket:
    """Somewhere far away."""


class S3Storage:
    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket

    def name(self) -> str:
        return "bucket"


class LocalStorage:
    def name(self) -> str:
        return "folder"


class S3(Provider):
    bucket = provide(Bucket)
    storage = bind(Storage).to(S3Storage)


class Local(Provider):
    storage = bind(Storage).to(LocalStorage)


def uploads_go_to(*, production: bool) -> str:
    container = Container(S3() if production else Local())
    return container.resolve(Storage).name()


print(uploads_go_to(production=True), uploads_go_to(production=False))
