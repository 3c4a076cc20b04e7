"""Serve an application from a thread of this process, on a free port of the loopback interface."""

import socket
import time
from collections.abc import Generator
from contextlib import contextmanager
from threading import Thread

import httpx
import uvicorn
from fastapi import FastAPI


@contextmanager
def serving(app: FastAPI) -> Generator[httpx.Client]:
    """Serve as long as the ``with`` block runs, and give a client that talks to the server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="critical"))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            _wait_for_start(server, thread)
            with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", trust_env=False) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


def _wait_for_start(server: uvicorn.Server, thread: Thread) -> None:
    while not server.started:
        if not thread.is_alive():
            message = "the server did not start"
            raise RuntimeError(message)
        time.sleep(0.01)
