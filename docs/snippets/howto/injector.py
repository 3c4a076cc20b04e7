import asyncio
from typing import Protocol

from wireproof import INJECTED, Container, Has, Injected, Injector, Provider, Scope, bind, require


# handlers.py: it knows what it needs, and no container.
class Users(Protocol):
    def name(self, number: int) -> str: ...


class Inbound(Provider[Scope.REQUEST]):
    users = require(Users)


inject = Injector[Has[Inbound], Scope.REQUEST]()


@inject
async def show(number: int, users: Injected[Users] = INJECTED) -> str:
    await asyncio.sleep(0)
    return users.name(number)


# storage.py
class SqlUsers:
    def name(self, number: int) -> str:
        return f"user {number}"


# main.py: the container that handlers are to use.
container = Container(Inbound(), bind(Users).to(SqlUsers, scope=Scope.REQUEST))
inject.attach(container)


async def main() -> None:
    async with container.enter_scope():
        print(await show(7))


asyncio.run(main())
