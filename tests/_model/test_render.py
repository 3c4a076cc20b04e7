"""Problems in words, letter by letter."""

from tests._model.strings import APP, REQUEST, STEP, alias, bound, found, graph, required, words
from wireproof._model.binding import Abstract, Binding, Origin, Parameter, WrongYield
from wireproof._model.checks import asynchronous, missing, scope
from wireproof._model.graph import Graph
from wireproof._model.problems import Code


def text(*bindings: Binding[str], code: Code | None = None) -> list[str]:
    """Return the lines of the only problem of a graph, or of the only one of a code."""
    of = graph(*bindings)
    (problem,) = found(of, code)
    return words(of, problem).text().splitlines()


def headline(*bindings: Binding[str]) -> str:
    """Return the first line of the only problem of a graph."""
    return text(*bindings)[0]


def asked(of: Graph[str], key: str) -> list[str]:
    """Return the lines about resolving a key that is not provided."""
    (problem,) = missing.at_resolve(of, key)
    return words(of, problem).text().splitlines()


ENGINE = Origin("Database.engine", "app.database.Database.engine", 0)


def test_missing() -> None:
    """A missing key: who needs it, the path, where that is defined, and code to add."""
    engine = bound("Engine", "app.Config", origin=ENGINE)
    assert text(bound("Users", "Engine", scope=REQUEST), engine) == [
        'No provider for "Config", required by "Database.engine" (parameter "config")',
        "    path: Users (REQUEST) -> make_users.engine -> Engine (APP) -> Config",
        "    defined at: app.database.Database.engine",
        "    add a source for it, for example: bind(Config).instance(config)",
    ]


def test_missing_counts_and_near_misses() -> None:
    """Others that need the key are counted, and what looks like it is shown in full where names collide."""
    of = [bound("A", "new.Config"), bound("B", "new.Config"), bound("C", "new.Config"), bound("old.Config")]
    assert text(*of) == [
        'No provider for "new.Config", required by "make_a" (parameter "config")',
        "    path: A (APP) -> new.Config",
        "    also required by 2 others",
        "    defined at: app.make_a",
        '    provided are, however: "old.Config" (by "make_config")',
        "    add a source for it, for example: bind(new.Config).instance(value)",
    ]


def test_missing_for_an_alias_and_a_requirement() -> None:
    """Where there is no parameter, none is named."""
    assert headline(alias("Reader", "Users")) == 'No provider for "Users", required by "make_reader"'
    assert headline(required("Users")) == 'No provider for "Users", required by "require(Users)"'


def test_missing_when_asked_for() -> None:
    """Resolving a key that is not provided says so, with near misses and the fix."""
    assert asked(graph(bound("Clock")), "SmtpMailer") == [
        'No provider for "SmtpMailer"',
        "    add a source for it, for example: bind(SmtpMailer).instance(smtp_mailer)",
    ]


def test_fix_does_not_shadow_a_lower_case_name() -> None:
    """The code to type does not use the key's own name as a variable."""
    assert asked(graph(), "config")[-1] == "    add a source for it, for example: bind(config).instance(value)"


def test_scope() -> None:
    """A requirement at the wrong scope: where it lives and where it is required."""
    assert text(required("Session", APP), bound("Session", scope=REQUEST)) == [
        '"Session" lives in REQUEST, but "require(Session)" requires it at APP',
        "    defined at: app.Web.needs, app.make_session",
        "    require it where it lives: require(Session, scope=Scope.REQUEST)",
    ]


def test_scope_when_asked_for() -> None:
    """Resolving at the wrong scope: the scope to enter."""
    of = graph(bound("Session", scope=REQUEST))
    (problem,) = scope.at_resolve(of, "Session", APP)
    assert words(of, problem).text().splitlines() == [
        '"Session" lives in REQUEST and cannot be resolved at APP',
        "    defined at: app.make_session",
        "    enter that scope first, for example: with container.enter_scope(Scope.REQUEST) as scope: ...",
    ]


def test_scope_of_an_alias_is_that_of_its_target() -> None:
    """An alias is said to live where its target does."""
    of = graph(alias("Reader", "Users"), bound("Users", scope=REQUEST), required("Reader", APP))
    (problem,) = scope.at_resolve(of, "Reader", APP)
    (required_problem,) = found(of)
    assert words(of, problem).headline == '"Reader" lives in REQUEST and cannot be resolved at APP'
    assert words(of, problem).notes[-1].endswith("with container.enter_scope(Scope.REQUEST) as scope: ...")
    assert words(of, required_problem).headline.startswith('"Reader" lives in REQUEST, but ')
    assert words(of, required_problem).notes[-1] == ("require it where it lives: require(Reader, scope=Scope.REQUEST)")


def test_captive() -> None:
    """A captive dependency: both with their scopes, the parameter, and the scope to give."""
    assert text(bound("Cache", "Session"), bound("Session", scope=STEP)) == [
        '"Cache" (APP) would hold the shorter-lived "Session" (STEP) (parameter "session" of "make_cache")',
        "    path: Cache (APP) -> Session (STEP)",
        "    defined at: app.make_cache, app.make_session",
        '    let "Cache" live as briefly: scope=Scope.STEP',
    ]


def test_cycle() -> None:
    """A cycle: the whole round, from the smallest name back to it."""
    assert text(bound("B", "A"), bound("A", "B")) == [
        'Dependency cycle: "A" needs itself',
        "    path: A (APP) -> make_a.b -> B (APP) -> make_b.a -> A (APP)",
        "    defined at: app.make_a",
        "    break it: let one of them take what it needs from outside, or split it in two",
    ]


def test_duplicate() -> None:
    """A duplicate: both by name, where both are, and the mark for the winner."""
    first, second = bound("Users", origin=ENGINE), bound("Users")
    assert text(first, second, bound("Users")) == [
        'Two providers for "Users": "Database.engine" and "make_users"',
        "    also provided by 1 other",
        "    defined at: app.database.Database.engine, app.make_users",
        "    if one is meant to win, mark it: replacing(...)",
    ]


def test_duplicate_of_itself() -> None:
    """The same source twice is not called two."""
    assert headline(bound("Users"), bound("Users")) == '"Users" is provided twice by "make_users"'


def test_type() -> None:
    """A wrong type: what is built and what is bound, in full where the short names collide."""
    assert (
        headline(bound("Users", built="Clock"))
        == '"make_users" builds "Clock", which is not the "Users" it is bound to'
    )
    assert text(bound("new.Users", built="old.Users")) == [
        '"make_users" builds "old.Users", which is not the "new.Users" it is bound to',
        "    defined at: app.make_users",
        "    bind what it builds, or build what is bound",
    ]


def test_type_of_on_close() -> None:
    """An on_close that takes something else: what is built, what it takes, and whose on_close is to be changed."""
    assert text(bound("Users", closes="Clock")) == [
        '"make_users" builds "Users", but its on_close takes "Clock"',
        "    defined at: app.make_users",
        "    give an on_close that takes what is built",
    ]


def test_yield_of_a_wrong_type() -> None:
    """A generator that yields something else."""
    assert text(bound("Users", built="Clock", yields=True)) == [
        '"make_users" yields "Clock", which is not the "Users" it is bound to',
        "    defined at: app.make_users",
        '    yield an instance of it and declare "-> Iterator[Users]"',
    ]


def test_yield_that_is_not_declared() -> None:
    """A generator function that is declared to return the instance."""
    assert text(bound("Users", wrong_yield=WrongYield("Users", generator=True))) == [
        '"make_users" is a generator function but is declared to return "Users"',
        "    defined at: app.make_users",
        '    declare what it yields, as in "-> Iterator[...]"',
    ]


def test_yield_that_is_only_declared() -> None:
    """A function that is declared to yield and does not."""
    assert text(bound("Users", wrong_yield=WrongYield("Iterator[Users]", generator=False))) == [
        '"make_users" is declared to return "Iterator[Users]" but is not a generator function',
        "    defined at: app.make_users",
        '    yield the instance, or return it and declare "-> Users"',
    ]


def test_async_requirement() -> None:
    """A requirement without await: who awaits, and what to say."""
    pool = bound("Pool", asynchronous=True)
    assert text(required("Users"), bound("Users", "Pool"), pool) == [
        'Building "Users" awaits "make_pool", but "require(Users)" requires it without await',
        "    defined at: app.Web.needs, app.make_pool",
        "    say that it is awaited: require(Users, awaited=True)",
    ]


def test_async_when_asked_for() -> None:
    """Resolving without await: the call to make instead."""
    of = graph(bound("Pool", asynchronous=True))
    (problem,) = asynchronous.at_resolve(of, "Pool")
    assert words(of, problem).text().splitlines() == [
        'Building "Pool" awaits "make_pool" and cannot be done without await',
        "    defined at: app.make_pool",
        "    await it: await container.aresolve(Pool)",
    ]


def test_abstract() -> None:
    """A Protocol, and an abstract class with what it leaves open."""
    protocol = Abstract("Users", protocol=True, members=("find",))
    abstract = Abstract("Users", protocol=False, members=("add", "find"))
    assert headline(bound("Users", abstract=protocol)) == '"Users" is a Protocol and cannot be built'
    assert text(bound("Users", abstract=abstract)) == [
        '"Users" is abstract and cannot be built: "add", "find" not implemented',
        "    defined at: app.make_users",
        "    register a class that implements it, for example: bind(Users).to(Implementation)",
    ]


def test_untyped_parameter() -> None:
    """A parameter that cannot be filled: why, and what to write."""
    assert text(bound("Users", Parameter("config", None, untyped="it has no annotation"))) == [
        'Parameter "config" of "make_users" cannot be filled: it has no annotation',
        "    defined at: app.make_users",
        "    annotate it, for example: config: Config",
    ]


def test_untyped_return() -> None:
    """A factory whose return cannot be read: why, and the two ways out."""
    assert text(bound(None, untyped="it has no annotation")) == [
        'What "make_none" provides cannot be read: it has no annotation',
        "    defined at: app.make_none",
        "    annotate what it returns, or state the key: bind(Key).to(...)",
    ]


def test_override() -> None:
    """Replacing what is not there."""
    assert text(bound("Users", replaces=1)) == [
        '"make_users" is to replace a provider of "Users", but there is none',
        "    defined at: app.make_users",
        "    leave out replacing(...), or add the source that it is to replace",
    ]


def test_every_line_is_one_line() -> None:
    """No code has a line break inside of a headline or a note, for tools that read line by line."""
    broken = [
        bound("A", "X", "B"),
        bound("B", "A", scope=REQUEST, built="C"),
        bound("B", wrong_yield=WrongYield("B", generator=True)),
        required("P"),
        bound("P", asynchronous=True, replaces=1, untyped="x"),
    ]
    of = graph(*broken)
    reports = [words(of, problem) for problem in found(of)]
    assert len(reports) >= 6
    assert not [line for one in reports for line in (one.headline, *one.notes) if "\n" in line]
