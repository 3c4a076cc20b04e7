import asyncio

from wireproof import BaseScope, Container, Scope, ScopeNotActiveError, provide


# The built-in chain has SESSION; this one lies between the request and its actions.
class Batch(Scope.REQUEST):
    """Several messages that are handled in one transaction."""


class Session:
    """One for each request."""


class Transaction:
    """One for each batch."""


container = Container(provide(Session, scope=Scope.REQUEST), provide(Transaction, scope=Batch))


def deep_inside() -> Session:
    # No container was passed here.
    return container.current(Scope.REQUEST).resolve(Session)


def is_active(scope: type[BaseScope]) -> bool:
    try:
        container.current(scope)
    except ScopeNotActiveError:
        return False
    return True


async def handle() -> Session:
    async with container.enter_scope(Scope.REQUEST):
        await asyncio.sleep(0)
        return deep_inside()


async def main() -> None:
    # Two tasks at the same time, each with a current request of its own.
    first, second = await asyncio.gather(handle(), handle())
    assert first is not second
    assert not is_active(Scope.REQUEST)


asyncio.run(main())

# Scopes may be entered and closed without `with`, where they have to outlive a function.
container.enter_scope(Scope.REQUEST)
container.enter_scope(Scope.REQUEST).enter_scope(Batch)
assert is_active(Batch)
container.close_scope(Scope.REQUEST)  # the inner of the two requests, and before it the batch in it
assert not is_active(Batch)
assert is_active(Scope.REQUEST)
container.close_scope(Scope.REQUEST)
assert not is_active(Scope.REQUEST)
container.close_scope(Scope.APP)  # the container itself
