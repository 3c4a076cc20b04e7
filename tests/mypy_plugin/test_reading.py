"""Scopes, parameters and outcomes, read from mypy's types."""

import pytest
from mypy.types import CallableType

from tests.mypy_plugin.samples import sample, sample_class
from wireproof._model.scope_path import ScopePath
from wireproof.mypy_plugin.keys import NO_ANNOTATION, TypeKeys
from wireproof.mypy_plugin.outcome import outcome
from wireproof.mypy_plugin.parameters import first_positional, parameters_of, read_parameters
from wireproof.mypy_plugin.scopes import is_inherit, scope_class, scope_path
from wireproof.mypy_plugin.text import Style, text


def signature(name: str) -> CallableType:
    """Return the signature of a sample function."""
    typ = sample(name)
    assert isinstance(typ, CallableType)
    return typ


def test_a_scope_is_the_line_of_its_bases() -> None:
    """Root first and without BaseScope; built-in scopes are called by their last name."""
    assert scope_path(scope_class(sample("event"))) == ScopePath(("sample.Own", "sample.Event"), "Event", "Event")
    request = scope_path(scope_class(sample("request")))
    assert request is not None
    assert (request.name, request.code, len(request.line)) == ("REQUEST", "Scope.REQUEST", 4)


def test_scopes_form_a_tree() -> None:
    """APP holds a tenant, a tenant no request."""
    tenant, request = scope_path(scope_class(sample("tenant"))), scope_path(scope_class(sample("request")))
    assert tenant is not None
    assert request is not None
    assert not tenant.holds(request)
    assert tenant.line[:2] == request.line[:2]


@pytest.mark.parametrize("name", ["root", "explicit", "plain"])
def test_what_is_no_known_scope(name: str) -> None:
    """The root of all scopes, Any and other classes are no scopes that anything could live in."""
    assert scope_class(sample(name)) is None
    assert not is_inherit(sample(name))


def test_parameters() -> None:
    """Stars and builtin types with a default are left out, optional ones are kept as optional."""
    found = list(read_parameters(parameters_of(signature("parameters"))))
    assert [(one.name, one.optional) for one in found] == [
        ("#1", False),
        ("plain", False),
        ("untyped", False),
        ("optional", True),
        ("url", True),
        ("keyword", False),
    ]
    assert [one.untyped for one in found if one.key is None] == [NO_ANNOTATION]
    assert found[3].key is not None
    assert TypeKeys().short(found[3].key) == "User | None"


def test_parameters_that_are_not_known() -> None:
    """Of a callable with an ellipsis nothing is known, and nothing is read."""
    assert list(read_parameters(parameters_of(signature("anything")))) == []


def test_first_positional() -> None:
    """The first parameter that can be given by position, None if there is none."""
    found = first_positional(signature("parameters"))
    assert found is not None
    assert text(found, Style.SHORT) == "User"
    assert first_positional(signature("iterator")) is None


@pytest.mark.parametrize(
    ("name", "built", "declared", "asynchronous"),
    [
        ("iterator", "User", "Iterator[User]", False),
        ("generator", "User", "Generator[User, None, None]", False),
        ("function_of_rows", "Rows", "Rows", False),
        ("coroutine", "User", "User", True),
        ("asynchronous", "User", "AsyncIterator[User]", True),
        ("awaitable", "User", "User", True),
    ],
)
def test_outcome(name: str, built: str, declared: str, asynchronous: bool) -> None:  # noqa: FBT001  # a table's column
    """Only the standard iterator types are taken apart; a class that is an iterator is built itself."""
    found = outcome(signature(name))
    assert (text(found.built, Style.SHORT), text(found.declared, Style.SHORT)) == (built, declared)
    assert found.asynchronous is asynchronous


def test_the_name_of_a_class_in_a_stub_is_that_at_run_time() -> None:
    """In stubs the abstract collections are in typing."""
    assert text(sample("sequence"), Style.IDENTITY).startswith("typing.Sequence")
    assert sample_class("Rows").module_name == "sample"
