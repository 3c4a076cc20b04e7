"""The bodies of the application: ordinary code, of ordinary length."""

SERVICE = '''
@dataclass(frozen=True)
class {name}Entry:
    """What a `{name}` keeps."""

    number: int
    title: str
    tags: tuple[str, ...] = ()

    def label(self) -> str:
        """Return how it is shown."""
        return f"{{self.number}}: {{self.title}} [{{', '.join(self.tags)}}]"


class {name}:
    """Keeps entries and counts what it has seen."""

    def __init__(self{parameters}) -> None:{assignments}
        self._entries: dict[int, {name}Entry] = {{}}
        self._seen = 0

    def add(self, title: str, *tags: str) -> {name}Entry:
        """Keep one more."""
        entry = {name}Entry(len(self._entries) + 1, title.strip(), tuple(sorted(tags)))
        self._entries[entry.number] = entry
        return entry

    def find(self, tag: str | None = None) -> list[{name}Entry]:
        """Return what carries a tag."""
        self._seen += 1
        found = [entry for entry in self._entries.values() if tag is None or tag in entry.tags]
        return sorted(found, key=lambda entry: (entry.title, -entry.number))

    def summary(self) -> Mapping[str, int]:
        """Count by title, here and in what this needs."""
        counts: dict[str, int] = {{}}
        for entry in self.find():
            counts[entry.title] = counts.get(entry.title, 0) + len(entry.tags)
        if self._seen > 100:
            counts["seen"] = self._seen{calls}
        return counts
'''

HANDLER = '''
def handle_{number}(container: App, titles: Sequence[str]) -> dict[str, int]:
    """Do in a request what this handler is for."""
    with container.enter_scope(Scope.REQUEST) as request:
        service = request.resolve({service})
        for title in titles:
            if not title:
                raise ValueError(title)
            service.add(title, "handled", "{number}")
        result = dict(service.summary())
        result["total"] = sum(result.values())
        return result
'''
