"""Single mistakes in the shop, of many kinds: each is one error, at the line that a reviewer would point at."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from examples.shop.mistakes import (
    JOB_WITH_REQUEST,
    LONG_LIVED_REPOSITORY,
    SHOP,
    SHORT_LIVED_SESSION,
    WRONG_YIELD,
    Mistake,
    run_mypy,
)

# One mypy run looks at all of the copies, so one worker should run all of these tests.
pytestmark = pytest.mark.xdist_group("shop places")

ERROR = re.compile(r"(\w+)[\\/](\w+\.py):(\d+): error: .*  \[([\w-]+)\]")


class Case(NamedTuple):
    """A mistake, and where it is to be found."""

    mistake: Mistake
    file: str
    line: str
    """The text of the line, which is there once."""


def case(name: str, code: str, place: tuple[str, str], *changes: tuple[str, str, str]) -> Case:
    """Return a case whose mistake consists of changes: in a file, a text that is there once by another."""
    return Case(Mistake(f"shop_{name}", f"wire-{code}", changes), *place)


def wiring(line: str) -> tuple[str, str]:
    """Return a place in the wiring."""
    return "wiring.py", line


LAST = "        Jobs(),\n"
IMPORTS = "from wireproof import Container, Provider, Scope, bind, provide\n"
JOB = "            sent = scope.resolve(SendReceipts)()\n"
CASES = [
    case(
        "forgotten_instance",
        "missing",
        wiring("Database(),"),
        ("wiring.py", "        bind(Settings).instance(settings),\n", ""),
    ),
    case("forgotten_provider", "missing", wiring("Services(),"), ("wiring.py", "        Checks(),\n", "")),
    case(
        "constructor_grows",
        "missing",
        wiring("Services(),"),
        ("services.py", "orders: OrderRepository, audit: Audit)", "orders: OrderRepository, audit: Audit, line: Line)"),
    ),
    case(
        "factory_grows",
        "missing",
        wiring("Database(),"),
        ("database.py", "def open_session(engine: Engine)", "def open_session(engine: Engine, product: Product)"),
    ),
    case(
        "requirement_grows",
        "missing",
        wiring("Web(),"),
        (
            "web.py",
            "    list_orders = require(ListOrders)\n",
            "    list_orders = require(ListOrders)\n    line = require(Line)\n",
        ),
    ),
    case(
        "endpoint_without_requirement",
        "missing",
        ("web.py", "return scope.resolve(ListOrders)()"),
        ("web.py", "    list_orders = require(ListOrders)\n", ""),
    ),
    case(
        "job_beyond_its_layer",
        "missing",
        ("jobs.py", "sent = len(scope.resolve(ListOrders)())"),
        ("jobs.py", "import SendReceipts", "import ListOrders, SendReceipts"),
        ("jobs.py", JOB, "            sent = len(scope.resolve(ListOrders)())\n"),
    ),
    Case(SHORT_LIVED_SESSION, *wiring("Mail(settings.outbox),")),
    Case(LONG_LIVED_REPOSITORY, *wiring("Repositories(),")),
    Case(JOB_WITH_REQUEST, *wiring("Services(),")),
    case(
        "job_outside_of_work",
        "scope",
        ("jobs.py", "sent = container.resolve(SendReceipts)()"),
        ("jobs.py", JOB, JOB.replace("scope.", "container.")),
    ),
    case(
        "required_too_early",
        "scope",
        wiring("Jobs(),"),
        ("jobs.py", "import Container, Has, Provider, require", "import Container, Has, Provider, Scope, require"),
        ("jobs.py", "Provider[Work]", "Provider[Scope.APP]"),
    ),
    case(
        "circle",
        "cycle",
        wiring("Http(),"),
        ("audit.py", "from .domain import Origin\n", "from .domain import Origin\nfrom .services import AddProduct\n"),
        ("audit.py", "origin: Origin)", "origin: Origin, add: AddProduct)"),
    ),
    case(
        "second_mailer",
        "duplicate",
        wiring("bind(Mailer).to(LogMailer),"),
        ("wiring.py", LAST, f"{LAST}        bind(Mailer).to(LogMailer),\n"),
    ),
    case(
        "second_repository",
        "duplicate",
        wiring("Repositories(),"),
        (
            "wiring.py",
            "    orders = bind(OrderRepository).to(SqlOrders)\n",
            "    orders = bind(OrderRepository).to(SqlOrders)\n    others = bind(OrderRepository).to(SqlOrders)\n",
        ),
    ),
    case(
        "replaced_nothing",
        "override",
        wiring("replacing(provide(Path)),"),
        ("wiring.py", IMPORTS, IMPORTS.replace("provide\n", "provide, replacing\n")),
        ("wiring.py", LAST, f"{LAST}        replacing(provide(Path)),\n"),
    ),
    case(
        "abstract_audit",
        "abstract",
        wiring("Http(),"),
        ("audit.py", "from .domain import Origin\n", "from .domain import Audit, Origin\n"),
        ("audit.py", "class LogAudit:", "class LogAudit(Audit):"),
        ("audit.py", "def note(", "def write("),
    ),
    case(
        "lambda_with_needs",
        "untyped",
        wiring("Database(),"),
        ("wiring.py", ".to(open_session, scope=Work)", ".to(lambda engine: Session(engine), scope=Work)"),
    ),
    case(
        "closed_as_another",
        "type",
        wiring("Http(),"),
        ("wiring.py", ".to(LogAudit)", ".to(LogAudit, on_close=Engine.dispose)"),
    ),
    Case(WRONG_YIELD, *wiring("Database(),")),
    case(
        "awaited_health",
        "async",
        wiring("Web(),"),
        (
            "wiring.py",
            "class Services(",
            "async def look() -> CheckHealth:\n    return CheckHealth([])\n\n\nclass Services(",
        ),
        ("wiring.py", "provide(CheckHealth)", "provide(look)"),
    ),
    case(
        "hidden_provider",
        "opaque",
        wiring("hidden(settings),"),
        ("wiring.py", "        Mail(settings.outbox),\n", "        hidden(settings),\n"),
        (
            "wiring.py",
            "def build(",
            "def hidden(settings: Settings) -> Provider[Scope.APP]:\n    return Mail(settings.outbox)\n\n\ndef build(",
        ),
    ),
    case(
        "unknown_container",
        "unchecked",
        ("jobs.py", "sent = scope.resolve(SendReceipts)()"),
        ("jobs.py", '"""Background jobs', '# mypy: enable-error-code=wire-unchecked\n"""Background jobs'),
        ("jobs.py", "(container: Container[Has[Jobs]])", "(container: Container)"),
    ),
    case(
        "left_over",
        "unused",
        wiring("provide(Path),"),
        ("wiring.py", '"""The wiring', '# mypy: enable-error-code=wire-unused\n"""The wiring'),
        ("wiring.py", LAST, f"{LAST}        provide(Path),\n"),
    ),
]


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return what mypy says about a copy of the shop for each mistake."""
    folder = tmp_path_factory.mktemp("shops")
    for one in CASES:
        one.mistake.copy_shop(folder)
    return run_mypy(folder, *(one.mistake.name for one in CASES), options=["--cache-dir", str(folder / ".cache")])


def errors(output: str, package: str) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and code of each error in a package."""
    for found, file, line, code in ERROR.findall(output):
        if found == package:
            yield file, int(line), code


def place(one: Case) -> int:
    """Return the number of the line that a case is to be reported at."""
    text = (SHOP / one.file).read_text(encoding="utf-8")
    for file, before, after in one.mistake.changes:
        text = text.replace(before, after) if file == one.file else text
    (number,) = (number for number, line in enumerate(text.splitlines(), start=1) if line.strip() == one.line)
    return number


@pytest.mark.parametrize("one", CASES, ids=lambda one: one.mistake.name)
def test_a_mistake_is_one_error_at_its_line(output: str, one: Case) -> None:
    """Nothing of mypy's own comes with it, and no consequence of it."""
    assert list(errors(output, one.mistake.name)) == [(one.file, place(one), one.mistake.code)]


def test_there_are_twenty_of_as_many_codes_as_can_be() -> None:
    """All codes but the one for context values, which endpoints are promised to be given."""
    assert len(CASES) >= 20
    assert len({one.mistake.code for one in CASES}) == 14
