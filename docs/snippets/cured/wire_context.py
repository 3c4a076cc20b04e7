from wireproof import Container, Scope, bind


class Request:
    """What a web framework hands over."""


container = Container(bind(Request).from_context(scope=Scope.REQUEST))
with container.enter_scope(Scope.REQUEST, context={Request: Request()}) as request:
    request.resolve(Request)
