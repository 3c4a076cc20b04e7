from typing import Protocol

from wireproof import Container, Provider, bind, provide, replacing


class Mailer(Protocol):
    def send(self, to: str) -> str: ...


class SmtpMailer:
    def send(self, to: str) -> str:
        return f"sent to {to}"


class FakeMailer:
    def send(self, to: str) -> str:
        return f"pretended to send to {to}"


class Clock:
    """Nothing here depends on the mailer."""


class Signup:
    def __init__(self, mailer: Mailer) -> None:
        self.mailer = mailer

    def run(self, address: str) -> str:
        return self.mailer.send(address)


class App(Provider):
    clock = provide(Clock)
    signup = provide(Signup)

    @provide()
    def mailer(self) -> Mailer:
        return SmtpMailer()


# A container that is in use: replace something in it for the length of a block.
container = Container(App())
clock, signup = container.resolve(Clock), container.resolve(Signup)
with container.override(bind(Mailer).to(FakeMailer)):
    print(container.resolve(Signup).run("ada@example.org"))
    assert container.resolve(Clock) is clock
print(container.resolve(Signup).run("ada@example.org"))
assert container.resolve(Signup) is signup

# Another container, made from one: it has more in it, and shares no instances.
wider = container.extend(bind(Mailer).to(FakeMailer))
print(wider.resolve(Signup).run("bob@example.org"))
assert wider.resolve(Clock) is not clock

# A container of its own for each test.
fresh = Container(App(), replacing(bind(Mailer).to(FakeMailer)))
print(fresh.resolve(Signup).run("eve@example.org"))

# And no container at all.
print(App().mailer().send("eve@example.org"))
