from collections.abc import Mapping
from typing import NewType

from wireproof import Container, ContextValueError, Provider, Scope, bind, provide


class Request:
    """What a web framework hands over."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self.headers = headers


Language = NewType("Language", str)


class Greeting:
    def __init__(self, language: Language) -> None:
        self.text = {"de": "Guten Tag", "en": "Good day"}[language]


class Web(Provider[Scope.REQUEST]):
    request = bind(Request).from_context()
    greeting = provide(Greeting)

    @provide()
    def language(self, request: Request) -> Language:
        return Language(request.headers["accept-language"])


container = Container(Web())
with container.enter_scope(Scope.REQUEST, context={Request: Request({"accept-language": "de"})}) as request:
    print(request.resolve(Greeting).text)

with container.enter_scope(Scope.REQUEST) as empty:
    try:
        empty.resolve(Request)  # type: ignore[wire-context]  # mypy has seen it
    except ContextValueError as error:
        print(str(error).splitlines()[0])
