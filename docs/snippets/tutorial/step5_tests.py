from step4_providers import Database, Session, Storage, Users
from wireproof import Container, Scope, bind, replacing


class FakeUsers:
    def name(self, number: int) -> str:
        return f"test user {number}"


def test_with_a_fake() -> None:
    sources = (Storage("people.db"), replacing(bind(Users).to(FakeUsers, scope=Scope.REQUEST)))
    with Container(*sources) as container, container.enter_scope() as request:
        assert request.resolve(Users).name(7) == "test user 7"


def test_a_registration_by_itself() -> None:
    database = Database("test.db")
    (session,) = Storage("people.db").session(database)
    assert isinstance(session, Session)
    assert session.database is database


if __name__ == "__main__":
    test_with_a_fake()
    test_a_registration_by_itself()
