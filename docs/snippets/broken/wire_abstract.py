from abc import ABC, abstractmethod

from wireproof import Container, bind


class Users(ABC):
    @abstractmethod
    def name(self, number: int) -> str: ...


class SqlUsers(Users):
    """Still to be written."""


container = Container(bind(Users).to(SqlUsers))
