"""The shop over real HTTP, with a real database."""

import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import HTTPException

from examples.shop.domain import Mailer, Product
from examples.shop.services import AddProduct
from examples.shop.serving import serving
from examples.shop.settings import Settings
from examples.shop.web import ShopContainer, WithScope, create_app
from examples.shop.wiring import build
from wireproof import bind

TEA = {"name": "tea", "price": 450, "stock": 10}
POT = {"name": "pot", "price": 2500, "stock": 1}


def order(*lines: tuple[int, int]) -> dict[str, Any]:
    """Return the body of an order: numbers of products and how many of each."""
    return {"customer": "ada@example.com", "lines": [{"product_id": id_, "quantity": n} for id_, n in lines]}


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what happens in the background."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def stock(client: httpx.Client) -> list[int]:
    """Return how many there are of each product."""
    return [product["stock"] for product in client.get("/products").json()]


def test_products_are_created_and_listed(client: httpx.Client) -> None:
    """What was put up for sale is listed."""
    created = client.post("/products", json=TEA)
    assert (created.status_code, created.json()) == (201, {"id": 1, **TEA})
    assert client.get("/products").json() == [{"id": 1, **TEA}]


def test_an_order_lowers_the_stock(client: httpx.Client) -> None:
    """An order is taken from the stock and listed with its total."""
    client.post("/products", json=TEA)
    placed = client.post("/orders", json=order((1, 3)))
    assert (placed.status_code, placed.json()["total"]) == (201, 1350)
    assert stock(client) == [7]
    assert [placed["lines"] for placed in client.get("/orders").json()] == [order((1, 3))["lines"]]


@pytest.mark.parametrize(("second_line", "status"), [((2, 2), 409), ((3, 1), 404)], ids=["out of stock", "unknown"])
def test_an_order_that_fails_is_rolled_back(client: httpx.Client, second_line: tuple[int, int], status: int) -> None:
    """If one line cannot be had, the lines before it are back in stock, though FastAPI made a response of the error."""
    client.post("/products", json=TEA)
    client.post("/products", json=POT)
    assert client.post("/orders", json=order((1, 3), second_line)).status_code == status
    assert stock(client) == [10, 1]
    assert client.get("/orders").json() == []


@pytest.mark.parametrize(
    ("error", "status"), [(HTTPException(418), 418), (ZeroDivisionError(), 500)], ids=["HTTPException", "any other"]
)
def test_an_endpoint_that_raises_is_rolled_back(container: ShopContainer, error: Exception, status: int) -> None:
    """Any exception that leaves an endpoint reaches the scope, whatever FastAPI makes of it."""
    app = create_app(container)

    @app.post("/failing")
    def fail(scope: WithScope) -> Product:
        scope.resolve(AddProduct)("tea", 450, 10)
        raise error

    with serving(app) as client:
        assert client.post("/failing", headers={"Connection": "close"}).status_code == status
        assert client.get("/products").json() == []


def test_the_transaction_ends_before_the_response(client: httpx.Client, settings: Settings) -> None:
    """As long as a reader keeps the database from committing, there is no response that says it is done."""
    with closing(sqlite3.connect(settings.database)) as reader, ThreadPoolExecutor() as pool:
        client.get("/products")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM products").fetchall()
        posted = pool.submit(client.post, "/products", json=TEA)
        with pytest.raises(TimeoutError):
            posted.result(timeout=0.5)
        reader.rollback()
        assert posted.result().status_code == 201


def test_a_receipt_is_sent_in_the_background(client: httpx.Client, tmp_path: Path) -> None:
    """After an order the job sends the receipt, once, in a transaction of its own."""
    client.post("/products", json=TEA)
    client.post("/orders", json=order((1, 2)))
    wait_until(lambda: bool(client.get("/orders").json()[0]["receipt_sent"]))
    assert (tmp_path / "outbox.txt").read_text() == "shop@example.com -> ada@example.com: order 1, 9.00 in all\n"


def test_concurrent_orders_never_sell_a_piece_twice(client: httpx.Client, tmp_path: Path) -> None:
    """Of many simultaneous orders as many succeed as there are pieces, and each gets one receipt."""
    client.post("/products", json=TEA)
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(client.post, "/orders", json=order((1, 1))) for _ in range(16)]
    assert sorted(answer.result().status_code for answer in answers) == [201] * 10 + [409] * 6
    assert stock(client) == [0]
    wait_until(lambda: all(order["receipt_sent"] for order in client.get("/orders").json()))
    assert len(set((tmp_path / "outbox.txt").read_text().splitlines())) == 10


def test_what_was_opened_is_closed_in_reverse(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """The sessions end with their requests, the rest with the container, the last opened first."""
    caplog.set_level(logging.INFO, "shop")
    with build(settings) as container, serving(create_app(container)) as client:
        client.post("/products", json=TEA)
        client.post("/orders", json=order((1, 11)))
        client.post("/orders", json=order((1, 1)))
        wait_until(lambda: "receipts sent: 1" in caplog.messages)
    session = ["session opened", "POST /products: sell tea", "session committed"]
    refused = ["session opened", "POST /orders: order for ada@example.com", "session rolled back"]
    taken = [*refused[:2], "session committed"]
    job = ["session opened", "outbox opened", "session committed", "receipts sent: 1"]
    assert caplog.messages == [
        "engine opened", *session, *refused, *taken, *job, "outbox closed", "engine closed"
    ]  # fmt: skip


def test_data_outlives_the_container(settings: Settings) -> None:
    """A shop that is built again over the same file has what the first one stored."""
    for stored in ([], [{"id": 1, **TEA}]):
        with build(settings) as container, serving(create_app(container)) as client:
            assert client.get("/products").json() == stored
            client.post("/products", json=TEA)


def test_without_an_outbox_mail_is_logged(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """The other mailer does its work."""
    caplog.set_level(logging.INFO, "shop")
    with build(replace(settings, outbox=None)) as container, serving(create_app(container)) as client:
        client.post("/products", json=TEA)
        client.post("/orders", json=order((1, 1)))
        wait_until(lambda: "receipts sent: 1" in caplog.messages)
    assert "mail shop@example.com -> ada@example.com: order 1, 4.50 in all" in caplog.messages


def test_a_job_that_fails_is_tried_again(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """If the outbox cannot be opened, the order stands, and the next run opens it and sends both receipts."""
    caplog.set_level(logging.INFO, "shop")
    outbox = settings.database.parent / "later" / "outbox.txt"
    settings = replace(settings, outbox=outbox)
    with build(settings) as container, serving(create_app(container)) as client:
        client.post("/products", json=TEA)
        client.post("/orders", json=order((1, 1)))
        wait_until(lambda: "receipts could not be sent" in caplog.messages)
        assert [order["receipt_sent"] for order in client.get("/orders").json()] == [False]
        outbox.parent.mkdir()
        client.post("/orders", json=order((1, 1)))
        wait_until(lambda: "receipts sent: 2" in caplog.messages)
    assert len(outbox.read_text().splitlines()) == 2


class FakeMailer:
    """Keeps the mails instead of sending them."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, sender: str, recipient: str, text: str) -> None:
        """Keep the mail."""
        self.sent.append(f"{sender} -> {recipient}: {text}")


def test_a_running_shop_can_be_given_another_mailer(
    container: ShopContainer, client: httpx.Client, tmp_path: Path
) -> None:
    """The override reaches the job of the running application, and after it the real mailer is back."""
    client.post("/products", json=TEA)
    fake = FakeMailer()
    with container.override(bind(Mailer).instance(fake)):
        client.post("/orders", json=order((1, 1)))
        wait_until(lambda: bool(client.get("/orders").json()[0]["receipt_sent"]))
    assert fake.sent == ["shop@example.com -> ada@example.com: order 1, 4.50 in all"]
    assert not (tmp_path / "outbox.txt").exists()
    client.post("/orders", json=order((1, 2)))
    wait_until(lambda: bool(client.get("/orders").json()[1]["receipt_sent"]))
    assert (tmp_path / "outbox.txt").read_text() == "shop@example.com -> ada@example.com: order 2, 9.00 in all\n"


def test_a_shop_that_is_well_says_so(client: httpx.Client) -> None:
    """Each contributed check is made, in the order in which they were contributed."""
    answer = client.get("/health")
    assert (answer.status_code, list(answer.json().items())) == (200, [("database", True), ("outbox", True)])


def test_a_shop_that_is_not_well_says_what(settings: Settings) -> None:
    """If one check fails, the others are made, and the status tells a machine."""
    settings = replace(settings, outbox=settings.database.parent / "nowhere" / "outbox.txt")
    with build(settings) as container, serving(create_app(container)) as client:
        answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "outbox": False})
