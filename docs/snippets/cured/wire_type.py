from collections.abc import Iterator

from wireproof import Container, bind


class Row:
    """A line of a table."""


class Rows(Iterator[Row]):
    """The lines of a table, one after the other."""

    def __next__(self) -> Row:
        return Row()


container = Container(bind(Rows).to(Rows))
