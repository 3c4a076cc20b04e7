"""What ``demo.py`` shows: mypy proves the wiring, mypy finds two mistakes in it, and the shop at work."""

import json
import logging
import tempfile
from pathlib import Path
from threading import Condition

import httpx

from .mistakes import LONG_LIVED_REPOSITORY, ROOT, Mistake, refusals, removed_sources, run_mypy
from .serving import serving
from .settings import Settings
from .web import create_app
from .wiring import build

WITHOUT_SESSION = next(mistake for mistake in removed_sources() if mistake.name == "shop_without_Database_session")

# One cache for all three runs, and for nobody else.
CACHE = ("--cache-dir", str(ROOT / ".mypy_cache" / "demo"))


class Journal(logging.Handler):
    """Prints what is built and closed, and remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[str] = []
        self._changed = Condition()

    def emit(self, record: logging.LogRecord) -> None:
        """Print an entry and keep it."""
        with self._changed:
            self.entries.append(record.getMessage())
            print(f"        {record.getMessage()}")
            self._changed.notify_all()

    def wait_for(self, entry: str) -> None:
        """Wait until something happens in another thread."""
        with self._changed:
            if not self._changed.wait_for(lambda: entry in self.entries, timeout=30):
                message = f"did not happen: {entry}"
                raise TimeoutError(message)


def main() -> None:
    """Show everything; an assertion fails if anything is not as it should be."""
    show_proof()
    with tempfile.TemporaryDirectory() as folder:
        show_mistake(Path(folder), WITHOUT_SESSION, "without the source of the session")
        show_mistake(Path(folder), LONG_LIVED_REPOSITORY, "with a repository that outlives its session")
    with tempfile.TemporaryDirectory() as folder:
        show_shop_at_work(Path(folder))
    print("\nAll as it should be.")


def show_proof() -> None:
    """Check the shop with mypy and the plugin: clean."""
    title("The shop, checked by mypy with the plugin")
    output = run_mypy(ROOT, "examples/shop", options=CACHE)
    print(output, end="")
    assert output.startswith("Success"), output


def show_mistake(folder: Path, mistake: Mistake, what: str) -> None:
    """Check a copy with a mistake: one error, and the container refuses the same."""
    title(f"The same shop {what}")
    mistake.copy_shop(folder)
    for line in mistake.diff():
        print(line)
    print(flush=True)
    output = run_mypy(folder, mistake.name, options=CACHE)
    print(output, end="")
    assert output.count(": error: ") == output.count(f"[{mistake.code}]") == 1, output
    print("\nand as the container says when it is built:")
    refused = refusals(folder, mistake.name)
    print("\n".join(f"    {line}" for line in refused))
    assert refused, f"{mistake.name} was not refused"


def show_shop_at_work(folder: Path) -> None:
    """Serve the shop, send it requests, and look at what was built and closed."""
    title("The shop at work (indented: what is built and closed)")
    journal = Journal()
    logging.getLogger("shop").addHandler(journal)
    logging.getLogger("shop").setLevel(logging.INFO)
    settings = Settings(folder / "shop.sqlite", "shop@example.com", folder / "outbox.txt", port=0)
    with build(settings) as container, serving(create_app(container)) as client:
        visit(client, journal)
    print(f"the outbox: {(folder / 'outbox.txt').read_text(encoding='utf-8').strip()}")
    assert journal.entries == expected_journal()


def visit(client: httpx.Client, journal: Journal) -> None:
    """Put two products up for sale, order one of them, and order more of the other than there is."""
    send(client, "POST", "/products", {"name": "tea", "price": 450, "stock": 10}, status=201)
    send(client, "POST", "/products", {"name": "pot", "price": 2500, "stock": 1}, status=201)
    order = {"customer": "ada@example.com", "lines": [{"product_id": 1, "quantity": 2}]}
    send(client, "POST", "/orders", order, status=201)
    journal.wait_for("receipts sent: 1")
    order["lines"] = [{"product_id": 1, "quantity": 3}, {"product_id": 2, "quantity": 2}]
    send(client, "POST", "/orders", order, status=409)
    products = send(client, "GET", "/products", None, status=200).json()
    assert [product["stock"] for product in products] == [8, 1], "the failing order was rolled back"
    orders = send(client, "GET", "/orders", None, status=200).json()
    assert [order["receipt_sent"] for order in orders] == [True], "one order, and its receipt is sent"
    send(client, "GET", "/health", None, status=200)


def send(client: httpx.Client, method: str, path: str, body: object, status: int) -> httpx.Response:
    """Send a request, show it, and check its status."""
    print(f"{method} {path}{'' if body is None else f' {json.dumps(body)}'}")
    response = client.request(method, path, json=body)
    print(f"    {response.status_code} {response.text}")
    assert response.status_code == status
    return response


def expected_journal() -> list[str]:
    """Return what has to happen, in this order: what uses the database has a session of its own, the rest is shared."""
    opened, committed, sell, order = (
        "session opened",
        "session committed",
        "POST /products: sell",
        "POST /orders: order",
    )
    products = [opened, f"{sell} tea", committed, opened, f"{sell} pot", committed]
    ordered = [opened, f"{order} for ada@example.com"]
    job = [opened, "outbox opened", committed, "receipts sent: 1"]
    seen = [opened, committed, opened, committed]
    shop = [*products, *ordered, committed, *job, *ordered, "session rolled back", *seen]
    return ["engine opened", *shop, "outbox closed", "engine closed"]


def title(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


if __name__ == "__main__":
    main()
