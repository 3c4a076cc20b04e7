from wireproof import Container, Lifetime, Scope, provide


class Counter:
    """Something that each asker gets an own one of."""


class Basket:
    """Something that a request has one of."""


container = Container(
    provide(Counter, lifetime=Lifetime.TRANSIENT),
    provide(Basket, scope=Scope.REQUEST),
)
assert Basket in container
assert container.resolve(Counter) is not container.resolve(Counter)
with container.enter_scope() as request:
    assert request.resolve(Basket) is request.resolve(Basket)
