"""What an editor shows: a real language server, over its standard streams, with mypy and the plugin behind it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from textwrap import dedent
from threading import Thread
from typing import Any

import pytest

# The extra dev has them; the client is made of the library that the server itself is made of.
pytest.importorskip("pylsp_mypy", reason="pylsp-mypy is not installed")
endpoints: Any = pytest.importorskip("pylsp_jsonrpc.endpoint")
streams: Any = pytest.importorskip("pylsp_jsonrpc.streams")

CONFIGURATION = """
[tool.mypy]
plugins = ["wireproof.mypy_plugin"]
strict = true
"""
PROGRAM = dedent("""
    from wireproof import Container, bind, provide

    class Config: ...
    class Engine:
        def __init__(self, config: Config) -> None: ...

    container = Container(
        provide(Engine),
    )
""").lstrip()
CURED = PROGRAM.replace("provide(Engine),", "provide(Engine), bind(Config).instance(Config()),")
SETTINGS = {"pylsp": {"plugins": {"pylsp_mypy": {"enabled": True, "live_mode": True}}}}
TIMEOUT = 120


class Editor:
    """An editor with one file open, which is never saved."""

    def __init__(self, folder: Path) -> None:
        """Start the server, with the environment that the tests run in."""
        path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
        command = [sys.executable, "-m", "pylsp"]
        pipe = subprocess.PIPE
        self._server = subprocess.Popen(command, cwd=folder, env={**os.environ, "PATH": path}, stdin=pipe, stdout=pipe)
        self._uri = (folder / "main.py").as_uri()
        self._published: Queue[dict[str, Any]] = Queue()
        published = {"textDocument/publishDiagnostics": self._published.put}
        self._endpoint = endpoints.Endpoint(published, streams.JsonRpcStreamWriter(self._server.stdin).write)
        reader = streams.JsonRpcStreamReader(self._server.stdout)
        self._listener = Thread(target=reader.listen, args=(self._endpoint.consume,))
        self._listener.start()
        self._ask("initialize", rootUri=folder.as_uri(), capabilities={}, initializationOptions=SETTINGS)
        self._endpoint.notify("initialized", {})

    def open(self, text: str) -> list[dict[str, Any]]:
        """Open the file with a text, and return what is said about it."""
        document = {"uri": self._uri, "languageId": "python", "version": 1, "text": text}
        self._endpoint.notify("textDocument/didOpen", {"textDocument": document})
        return self._diagnostics()

    def edit(self, text: str) -> list[dict[str, Any]]:
        """Put another text in its place, and return what is said about that."""
        document = {"uri": self._uri, "version": 2}
        self._endpoint.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return self._diagnostics()

    def quit(self) -> None:
        """End the server."""
        self._ask("shutdown")
        self._endpoint.notify("exit")
        self._server.wait(TIMEOUT)
        self._listener.join(TIMEOUT)
        self._endpoint.shutdown()
        self._server.communicate()

    def _ask(self, method: str, **parameters: Any) -> None:
        self._endpoint.request(method, parameters or None).result(TIMEOUT)

    def _diagnostics(self) -> list[dict[str, Any]]:
        diagnostics: list[dict[str, Any]] = self._published.get(timeout=TIMEOUT)["diagnostics"]
        return diagnostics


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    """Return an editor in a project of one file."""
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "main.py").write_text(PROGRAM, encoding="utf-8")
    editor = Editor(tmp_path)
    yield editor
    editor.quit()


def span(diagnostic: dict[str, Any]) -> tuple[int, int, int, int]:
    """Return line and column of start and end, from 0."""
    start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
    return start["line"], start["character"], end["line"], end["character"]


def test_a_mistake_is_underlined_and_goes_with_its_cure(editor: Editor) -> None:
    """Exactly the argument to change, with the code; nothing after it is cured; and again where an edit moves it."""
    error, *notes = editor.open(PROGRAM)
    assert (error["code"], error["severity"], span(error)) == ("wire-missing", 1, (7, 4, 7, 19))
    assert error["message"] == 'No provider for "Config", required by "Engine" (parameter "config")'
    assert [note["message"] for note in notes][:2] == ["path: Engine (APP) -> Config", "defined at: main.Engine"]
    assert editor.edit(CURED) == []
    moved, *_ = editor.edit(f"\n{PROGRAM}")
    assert (moved["code"], span(moved)) == ("wire-missing", (8, 4, 8, 19))
