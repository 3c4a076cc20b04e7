"""Values that a scope is given when it is entered."""

from collections.abc import Mapping
from typing import Any, NewType

import pytest

from tests.wiring import headlines, untyped, wire
from wireproof import (
    ContextValueError,
    GraphError,
    Provider,
    Scope,
    ScopeClosedError,
    ScopeNotActiveError,
    bind,
    provide,
)


class Request:
    pass


class SpecialRequest(Request):
    pass


class User:
    pass


Locale = NewType("Locale", str)


class Handler:
    def __init__(self, request: Request) -> None:
        self.request = request


class Optional:
    def __init__(self, user: User | None) -> None:
        self.user = user


REQUEST = bind(Request).from_context(scope=Scope.REQUEST)
USER = bind(User).from_context(scope=Scope.ACTION)


def test_value_is_what_the_scope_was_given() -> None:
    """A context value is the object itself, resolved or injected."""
    given = Request()
    request = wire(REQUEST, provide(Handler, scope=Scope.REQUEST)).enter_scope(Scope.REQUEST, context={Request: given})
    assert request.resolve(Request) is given
    assert request.resolve(Handler).request is given


async def test_value_is_there_for_asynchronous_resolution() -> None:
    """What is awaited sees the same value."""
    given = Request()
    request = wire(REQUEST, provide(Handler, scope=Scope.REQUEST)).enter_scope(Scope.REQUEST, context={Request: given})
    assert (await request.aresolve(Handler)).request is given
    assert await request.aresolve(Request) is given


def test_inner_scope_sees_the_value_of_the_scope_around_it() -> None:
    """An ACTION resolves what its REQUEST was given."""
    given = Request()
    request = wire(REQUEST).enter_scope(Scope.REQUEST, context={Request: given})
    assert request.enter_scope(Scope.ACTION).resolve(Request) is given


def test_sibling_is_given_nothing() -> None:
    """A value belongs to the scope that was given it, and to no other of its kind."""
    request = wire(REQUEST).enter_scope(Scope.REQUEST, context={Request: Request()})
    with pytest.raises(ContextValueError, match="Request"):
        request.enter_scope(Scope.REQUEST).resolve(Request)


def test_missing_value_is_reported_when_something_needs_it() -> None:
    """A declared value that was not given is an error with its key and scope, not before it is needed."""
    request = wire(REQUEST, provide(Handler, scope=Scope.REQUEST)).enter_scope(Scope.REQUEST)
    with pytest.raises(ContextValueError, match=r"REQUEST was not given(?s:.*)\[wire-context\]") as caught:
        request.resolve(Handler)
    assert caught.value.key is Request


def test_missing_optional_value_is_missing_too() -> None:
    """``T | None`` is None without a provider; a declared value is one, so it has to be given."""
    action = wire(USER, provide(Optional, scope=Scope.ACTION)).enter_scope(Scope.ACTION)
    with pytest.raises(ContextValueError, match="User"):
        action.resolve(Optional)


@pytest.mark.parametrize("value", [None, 0, ""])
def test_falsy_value_is_a_value(value: object) -> None:
    """What counts is that a value was given, also if it is nothing much."""
    key = type(value)
    request = wire(bind(untyped(key)).from_context()).enter_scope  # an APP value may not be given to a REQUEST
    with pytest.raises(ContextValueError):
        request(Scope.REQUEST, context={key: value})
    container = wire(bind(untyped(key)).from_context(), context={key: value})
    assert container.resolve(untyped(key)) is value


def test_container_takes_values_for_its_own_scopes() -> None:
    """``Container(context=...)`` gives values to APP, and to RUNTIME which is entered with it."""
    given, user = Request(), User()
    sources = (bind(Request).from_context(), bind(User).from_context(scope=Scope.RUNTIME))
    container = wire(*sources, context={Request: given, User: user})
    assert container.resolve(Request) is given
    assert container.enter_scope().resolve(User) is user


def test_values_for_scopes_that_are_passed_through() -> None:
    """Entering REQUEST may give values to the SESSION that is passed through."""
    given = Request()
    container = wire(bind(Request).from_context(scope=Scope.SESSION))
    assert container.enter_scope(Scope.REQUEST, context={Request: given}).resolve(Request) is given


def test_undeclared_key_is_refused_at_once() -> None:
    """A value that nobody declares is an error on entering, and leaves nothing open or current."""
    container = wire(REQUEST)
    with pytest.raises(ContextValueError, match='Nobody declares "User"'):
        container.enter_scope(Scope.REQUEST, context={Request: Request(), User: User()})
    with pytest.raises(ScopeNotActiveError):
        container.current(Scope.REQUEST)


def test_undeclared_key_is_refused_by_the_container_at_once() -> None:
    """The container refuses it where it is made."""
    with pytest.raises(ContextValueError, match='Nobody declares "User"'):
        wire(context={User: User()})


def test_value_of_a_scope_that_is_not_opened_is_refused() -> None:
    """A value for ACTION is not given to a REQUEST, and one for REQUEST not to the ACTION in it."""
    container = wire(REQUEST, USER)
    with pytest.raises(ContextValueError, match="ACTION"):
        container.enter_scope(Scope.REQUEST, context={User: User()})
    with pytest.raises(ContextValueError, match="REQUEST"):
        container.enter_scope(Scope.REQUEST).enter_scope(Scope.ACTION, context={Request: Request()})


def test_value_of_another_type_is_refused() -> None:
    """An object of a class that the key does not fit is refused; one of a subclass is accepted."""
    container = wire(REQUEST)
    with pytest.raises(ContextValueError, match='of type "User"'):
        container.enter_scope(Scope.REQUEST, context={Request: User()})
    special = SpecialRequest()
    assert container.enter_scope(Scope.REQUEST, context={Request: special}).resolve(Request) is special


@pytest.mark.parametrize("context", [None, 3, [(Request, Request())]])
def test_context_has_to_be_a_mapping(context: object) -> None:
    """What is no mapping is refused, by the container as well."""
    with pytest.raises(TypeError, match="mapping"):
        wire(REQUEST, context=context)
    container = wire(REQUEST)
    with pytest.raises(TypeError, match="mapping"):
        container.enter_scope(Scope.REQUEST, context=untyped([context]))


def test_keys_have_to_be_types() -> None:
    """A string is no key."""
    with pytest.raises(TypeError, match="not a string"):
        wire(REQUEST).enter_scope(Scope.REQUEST, context={untyped("Request"): Request()})


def test_keys_may_be_spelled_in_any_way() -> None:
    """A mapping of any kind may be given, and its keys are canonicalised like all others."""

    class Values(Mapping[Any, object]):
        def __getitem__(self, key: object) -> object:
            return {"a": 1}

        def __iter__(self) -> Any:
            return iter([untyped(dict)[str, int]])

        def __len__(self) -> int:
            return 1

    key = untyped(dict[str, int])
    container = wire(bind(key).from_context(), context=Values())
    assert container.resolve(key) == {"a": 1}


def test_new_type_as_a_key() -> None:
    """Values of one class are told apart by `NewType`."""
    request = wire(bind(Locale).from_context(scope=Scope.REQUEST)).enter_scope(context={Locale: Locale("de")})
    assert request.resolve(Locale) == "de"


def test_default_scope_is_that_of_the_defining_provider() -> None:
    """``from_context()`` in a provider of REQUEST is for REQUEST."""

    class Web(Provider[Scope.REQUEST]):
        request = bind(Request).from_context()

    given = Request()
    assert wire(Web()).enter_scope(Scope.REQUEST, context={Request: given}).resolve(Request) is given


def test_alias_of_a_value() -> None:
    """A value may be resolved by an alias, but it is given by the key that was declared."""
    alias = bind(Request).alias(SpecialRequest)
    container = wire(bind(SpecialRequest).from_context(scope=Scope.REQUEST), alias)
    given = SpecialRequest()
    assert container.enter_scope(Scope.REQUEST, context={SpecialRequest: given}).resolve(Request) is given
    with pytest.raises(ContextValueError, match='Nobody declares "Request"'):
        container.enter_scope(Scope.REQUEST, context={Request: Request()})


def test_decorated_value() -> None:
    """A value can be decorated like anything else."""

    def special(request: Request) -> Request:
        inner.append(request)
        return SpecialRequest()

    inner: list[Request] = []
    given = Request()
    container = wire(REQUEST, bind(Request).decorate(special))
    request = container.enter_scope(Scope.REQUEST, context={Request: given})
    assert type(request.resolve(Request)) is SpecialRequest
    assert inner == [given]


def test_captive_value_is_a_problem_at_construction() -> None:
    """What lives in APP cannot need a value of REQUEST."""
    with pytest.raises(GraphError) as caught:
        wire(REQUEST, provide(Handler))
    assert caught.value.codes == ("wire-captive",)
    assert "Request" in headlines(caught.value)[0]


def test_value_goes_with_its_scope() -> None:
    """A closed scope holds its values no longer."""
    request = wire(REQUEST).enter_scope(Scope.REQUEST, context={Request: Request()})
    action = request.enter_scope(Scope.ACTION)
    request.close()
    with pytest.raises(ScopeClosedError):
        action.resolve(Request)
