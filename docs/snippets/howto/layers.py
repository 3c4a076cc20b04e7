from typing import Protocol

from wireproof import Container, Has, Provider, Scope, bind, require


# handlers.py: what the web layer needs; it imports nothing from where that is made.
class Users(Protocol):
    def name(self, number: int) -> str: ...


class Web(Provider[Scope.REQUEST]):
    users = require(Users)


def show_user(request: Container[Has[Web], Scope.REQUEST], number: int) -> str:
    return request.resolve(Users).name(number)


# storage.py: what fills the need; it knows nothing of the web layer.
class SqlUsers:
    def name(self, number: int) -> str:
        return f"user {number}"


class Storage(Provider[Scope.REQUEST]):
    users = bind(Users).to(SqlUsers)


# main.py: here both meet, and here it is proved that the need is filled.
container = Container(Storage(), Web())
with container.enter_scope() as request:
    print(show_user(request, 7))
