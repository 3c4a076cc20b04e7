from wireproof import BaseScope, Container, Scope, provide


# A scope inside APP, beside REQUEST.
class Tenant(Scope.APP):
    """As long as one customer's part of the application."""


class Catalogue:
    """What one customer sells."""


shop = Container(provide(Catalogue, scope=Tenant))
with shop.enter_scope(Tenant) as first, shop.enter_scope(Tenant) as second:
    assert first.resolve(Catalogue) is first.resolve(Catalogue)
    assert first.resolve(Catalogue) is not second.resolve(Catalogue)
shop.close()


# A tree of its own: nothing of the built-in chain is in it.
class Simulation(BaseScope):
    """The whole run."""


class Round(Simulation):
    """One of its rounds."""


class Score:
    """What was reached in a round."""


simulation = Container(provide(Score, scope=Round), start_scope=Simulation)
one_round = simulation.enter_scope(Round)
one_round.resolve(Score)
one_round.close()
simulation.close()
