"""What is installed under an entry-point group, loaded by name and with the culprit named when it fails."""

import inspect
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from kg.model.errors import KgError, PluginError, SettingsError, UsageError

_MANY = (list, tuple, set, frozenset, Sequence)


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


def parameters(build: Callable[..., object]) -> Mapping[str, inspect.Parameter]:
    """Return the settings that a class takes: the arguments of its constructor that can be given by name."""
    named = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    return {name: p for name, p in _signature(build).items() if p.kind in named}


def _signature(build: Callable[..., object]) -> Mapping[str, inspect.Parameter]:
    try:
        return inspect.signature(build, eval_str=True).parameters
    except NameError:  # a type that is only imported for type checkers
        return inspect.signature(build).parameters


def built(what: str, build: Callable[..., object], settings: Mapping[str, object], *, where: str) -> object:
    """Return what a class makes of settings.

    Args:
        what: What is built, as messages name it: `extractor 'llm'`.
        where: File and table of the settings.

    Raises:
        SettingsError: The class does not take a key, lacks one, or refuses a value; the message names table and key.
        PluginError: Building it fails for another reason.
    """
    taken = parameters(build)
    takes_any = any(p.kind is p.VAR_KEYWORD for p in _signature(build).values())
    for key, value in settings.items():
        if key not in taken and not takes_any:
            raise SettingsError(f"{where}: {what} takes no {key}; it takes {', '.join(taken) or 'no settings'}")
        if key in taken and not _fits(value, taken[key].annotation):
            raise SettingsError(f"{where} {key}: {what} wants {_told(taken[key].annotation)}, not {value!r}")
    needed = (name for name, p in taken.items() if p.default is p.empty)
    if missing := [name for name in needed if name not in settings]:
        raise SettingsError(f"{where}: {what} needs {', '.join(missing)}")
    try:
        return build(**settings)
    except SettingsError as error:
        raise SettingsError(f"{where}: {error}") from error
    except KgError:
        raise
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{where}: {what} does not take that: {error}") from error
    except Exception as error:
        raise PluginError(f"{what} cannot be built: {type(error).__name__}: {error}") from error


def _fits(value: object, wanted: object) -> bool:
    """Whether a value of TOML is of a type; whatever goes beyond plain types and lists of them is left to the class."""
    origin, inner = typing.get_origin(wanted), typing.get_args(wanted)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, one) for one in inner)
    if origin in _MANY:
        return isinstance(value, list | tuple | frozenset) and all(_fits(item, inner[0]) for item in value)
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool)
    if wanted in (str, bool, list, dict, types.NoneType):
        return isinstance(value, typing.cast("type", wanted))
    return True


def _told(wanted: object) -> str:
    return wanted.__name__ if isinstance(wanted, type) and not typing.get_args(wanted) else str(wanted)


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist else "an unknown distribution"
