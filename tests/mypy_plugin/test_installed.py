"""Providers from installed packages with ``py.typed`` are read like one's own."""

import os
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from tests.mypy_plugin.modes import Project
from wireproof import Container, GraphError

SOURCE = """
    from collections.abc import Iterator
    from wireproof import Provider, Scope, provide
    class Endpoint: ...
    class Clock: ...
    class Span: ...
    class Exporter: ...
    def lend(clock: Clock) -> Iterator[Exporter]:
        yield Exporter()
    class Telemetry(Provider[Scope.APP]):
        clock = provide(Clock)
        spans = provide(Span, scope=Scope.REQUEST)
        @provide()
        def exporter(self, clock: Clock, endpoint: Endpoint) -> Iterator[Exporter]:
            yield Exporter()
"""
STUB = """
    from collections.abc import Iterator
    from wireproof import Provider, Scope, provide
    from wireproof.sources import Factory, Inherit
    class Endpoint: ...
    class Clock: ...
    class Span: ...
    class Exporter: ...
    def lend(clock: Clock) -> Iterator[Exporter]: ...
    class Telemetry(Provider[Scope.APP]):
        clock: Factory[[], Clock, Inherit]
        spans: Factory[[], Span, Scope.REQUEST]
        @provide()
        def exporter(self, clock: Clock, endpoint: Endpoint) -> Iterator[Exporter]: ...
"""
MAIN = """
    from wireproof import Container, bind, provide
    from {package} import Clock, Endpoint, Span, Telemetry, lend
    Container(provide(lend), provide(Clock))
    Container(Telemetry())
    container = Container(Telemetry(), bind(Endpoint).instance(Endpoint()))
    container.resolve(Span)
"""
SAID = """\
main.py:4:11:4:21: error: No provider for "Endpoint", required by "Telemetry.exporter" (parameter "endpoint")  [wire-missing]
main.py:4:11:4:21: note: path: Exporter (APP) -> Endpoint
main.py:4:11:4:21: note: defined at: {package}.Telemetry.exporter
main.py:4:11:4:21: note: add a source for it, for example: bind(Endpoint).instance(endpoint)
main.py:6:19:6:22: error: "Span" lives in REQUEST and cannot be resolved at APP  [wire-scope]
main.py:6:19:6:22: note: defined at: {package}.Telemetry.spans
main.py:6:19:6:22: note: enter that scope first, for example: with container.enter_scope(Scope.REQUEST) as scope: ...
"""  # noqa: E501  # as mypy prints it
PACKAGES = {"telemetry": {"__init__.py": SOURCE}, "compiled": {"__init__.py": SOURCE, "__init__.pyi": STUB}}


@pytest.fixture(params=PACKAGES)
def installed(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Install a package, of which mypy sees the sources or only a stub, and return its name."""
    name: str = request.param
    folder = tmp_path / "site" / name
    folder.mkdir(parents=True)
    for file, text in {**PACKAGES[name], "py.typed": ""}.items():
        (folder / file).write_text(dedent(text), encoding="utf-8")
    monkeypatch.setattr(sys, "path", [str(folder.parent), *sys.path])
    paths = [str(folder.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    return name


def test_mypy_reads_it(installed: str, project: Project) -> None:
    """With its sources at hand, or only a stub, and in the second run from the cache."""
    for more in ("", "\n"):
        project.write({"main.py": dedent(MAIN.format(package=installed)) + more})
        assert project.warm("main.py").output.startswith(SAID.format(package=installed))


def test_the_container_reads_it(installed: str) -> None:
    """In the same words."""
    telemetry = __import__(installed)
    with pytest.raises(GraphError) as caught:
        Container(telemetry.Telemetry())
    headline, *notes = [line.split(": ", 2)[2] for line in SAID.format(package=installed).splitlines()[:4]]
    (report,) = caught.value.reports
    assert (f"{report.headline}  [wire-missing]", list(report.notes)) == (headline, notes)
