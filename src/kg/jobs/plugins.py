"""What is installed under an entry-point group, loaded by name and with the culprit named when it fails."""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from kg.model.errors import PluginError, UsageError


@cache
def installed(group: str) -> dict[str, EntryPoint]:
    """Return the entry points of a group by name, sorted; nothing is imported.

    Raises:
        PluginError: Two distributions claim one name.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=lambda p: (p.name, p.value)):
        other = found.get(point.name)
        if other is not None and other.value != point.value:
            raise PluginError(
                f"{group} {point.name!r} is claimed twice: {_distribution(other)} ({other.value}) and "
                f"{_distribution(point)} ({point.value}); uninstall one of them"
            )
        found[point.name] = point
    return found


def load(group: str, name: str) -> object:
    """Return the object behind an entry point.

    Raises:
        UsageError: Nothing of that name is installed; the message lists what is.
        PluginError: Its package cannot be imported.
    """
    points = installed(group)
    if name not in points:
        kind = group.removeprefix("kg.").removesuffix("s")
        raise UsageError(f"no {kind} is called {name!r}; installed are: {', '.join(points)}")
    point = points[name]
    try:
        return point.load()
    except Exception as error:
        raise PluginError(
            f"{group} {name!r} from {_distribution(point)} does not load: {type(error).__name__}: {error}"
        ) from error


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "an unknown distribution"
