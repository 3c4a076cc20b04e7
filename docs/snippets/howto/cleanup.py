from wireproof import CleanupError, Container, Lifetime, provide


class Socket:
    """Something that can be closed."""

    def close(self) -> None:
        print("close socket")


class Report:
    """Something that fails to be put away."""

    def save(self) -> None:
        message = "disk full"
        raise OSError(message)


container = Container(
    provide(Socket, on_close=Socket.close, lifetime=Lifetime.TRANSIENT),
    provide(Report, on_close=Report.save),
)
container.resolve(Socket)
container.resolve(Report)
container.resolve(Socket)
try:
    container.close()
except CleanupError as error:
    print(error.exceptions)
