"""`require` and `replacing`."""

import pytest

from tests.wiring import broken, headlines, untyped, wire
from wireproof import Container, Provider, Scope, bind, provide, replacing, require
from wireproof.sources import AwaitedRequirement, Requirement


class Mail:
    pass


class FakeMail(Mail):
    pass


class Clock:
    pass


async def _fetch_mail() -> Mail:
    return Mail()


class Mails(Provider[Scope.APP]):
    mail = provide(Mail)
    clock = provide(Clock)


class FakeMails(Provider[Scope.APP]):
    mail = bind(Mail).to(FakeMail)


class Web(Provider[Scope.REQUEST]):
    mail = require(Mail)


def test_require_keeps_what_was_said() -> None:
    """A requirement keeps its key and scope, and whether it is awaited."""
    plain, awaited = require(Mail, scope=Scope.STEP), require(Mail, awaited=True)
    assert (type(plain), plain.key, plain.scope, plain.awaited) == (Requirement, Mail, Scope.STEP, False)
    assert (type(awaited), awaited.awaited) == (AwaitedRequirement, True)
    assert repr(plain) == "require(Mail)"


def test_requirement_that_is_filled() -> None:
    """A requirement adds nothing to a container in which another source fills it."""
    with Container(Web(), provide(Mail, scope=Scope.REQUEST)) as container:
        assert isinstance(container.enter_scope().resolve(Mail), Mail)


def test_requirement_that_nobody_fills() -> None:
    """A requirement that nobody fills is a missing key, required by its name in the provider."""
    assert headlines(broken(Web())) == ['No provider for "Mail", required by "Web.mail"']


def test_requirement_at_the_default_scope_of_its_provider() -> None:
    """A requirement without a scope is at the default of the provider that holds it, at top level at APP."""
    mail = provide(Mail, scope=Scope.REQUEST)
    assert Mail in wire(mail, Web())
    assert broken(mail, require(Mail)).codes == ("wire-scope",)


def test_requirement_without_await() -> None:
    """A requirement of what awaits is a problem unless it says that it will be awaited."""
    assert broken(provide(_fetch_mail), require(Mail)).codes == ("wire-async",)
    assert Mail in wire(provide(_fetch_mail), require(Mail, awaited=True))


@pytest.mark.parametrize("first", [True, False])
def test_replacing_wins_wherever_it_stands(first: bool) -> None:  # noqa: FBT001
    """The replacing source serves the key, before or behind the one it replaces."""
    sources = [replacing(bind(Mail).to(FakeMail)), provide(Mail)]
    assert type(wire(*(sources if first else reversed(sources))).resolve(Mail)) is FakeMail


def test_replacing_a_whole_provider() -> None:
    """A provider that is marked replaces the keys it provides, and leaves the others alone."""
    container = Container(Mails(), replacing(FakeMails()))
    assert type(container.resolve(Mail)) is FakeMail
    assert type(container.resolve(Clock)) is Clock


def test_replacing_inside_of_a_provider() -> None:
    """A source that a provider holds may be marked as well."""

    class Fakes(Provider[Scope.APP]):
        mail = replacing(bind(Mail).to(FakeMail))

    assert type(Container(Mails(), Fakes()).resolve(Mail)) is FakeMail


def test_replacing_twice_is_replacing() -> None:
    """A source that is marked twice is marked."""
    assert type(Container(provide(Mail), replacing(replacing(bind(Mail).to(FakeMail)))).resolve(Mail)) is FakeMail


def test_replacing_what_is_not_there() -> None:
    """Replacing nothing is a problem, and two that replace the same key are a duplicate."""
    fake = replacing(bind(Mail).to(FakeMail))
    assert broken(fake).codes == ("wire-override",)
    assert broken(provide(Mail), fake, replacing(provide(Mail))).codes == ("wire-duplicate",)


def test_requirement_is_not_replaced() -> None:
    """A requirement provides nothing that could be replaced."""
    assert broken(require(Mail), replacing(provide(Mail))).codes == ("wire-override",)


def test_repr_of_replacing() -> None:
    """A mark is shown as it was written."""
    assert repr(replacing(provide(Mail))) == "replacing(provide(Mail))"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Mails, r"that is the provider class; make an instance: Mails\(\.\.\.\)"),
        (bind(Mail), r"that is an unfinished registration; end it with \.to"),
        (Mail, r"wrap it in a source: provide\(Mail\)"),
        (_fetch_mail, r"wrap it in a source: provide\(_fetch_mail\)"),
        (3, r"not a source; a source is a provider instance"),
        (None, r"not a source"),
    ],
)
def test_what_is_no_source(given: object, words: str) -> None:
    """What is no source is refused by each call that takes one, with what may have been meant."""
    with pytest.raises(TypeError, match=rf"replacing\(.*\): {words}"):
        untyped(replacing)(given)
    with pytest.raises(TypeError, match=rf"Container\(.*\): {words}"):
        wire(provide(Clock), given)


@pytest.mark.parametrize("given", ["Mail", 3, None])
def test_require_takes_types_and_scopes(given: object) -> None:
    """A requirement of what is no type, or at what is no scope, is refused with the call named."""
    if given is not None:
        with pytest.raises(TypeError, match=r"require\(.*\): a key is a type"):
            untyped(require)(given)
    with pytest.raises(TypeError, match=r"require\(scope=.*\): a scope is a class"):
        untyped(require)(Mail, scope=given)
