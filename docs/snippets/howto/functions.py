import inspect

from wireproof import INJECTED, Container, Injected, Scope, provide


class Users:
    def name(self, number: int) -> str:
        return f"user {number}"


container = Container(provide(Users, scope=Scope.REQUEST))


@container.inject(scope=Scope.REQUEST)
def show(number: int, users: Injected[Users] = INJECTED) -> str:
    return users.name(number)


# Each call runs in a request of its own.
print(show(7))
# Whoever looks at the function, for instance a web framework, sees what callers have to pass.
print(inspect.signature(show))


def rename(number: int, *, users: Injected[Users] = INJECTED) -> str:
    return f"{users.name(number)}, renamed"


# One call, without a decorator, and in a scope that is there already.
with container.enter_scope() as request:
    print(request.call(rename, 7))
    # What is passed wins.
    print(request.call(rename, 7, users=Users()))
