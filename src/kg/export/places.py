"""Where actors stood on an earlier drawing of a map, kept in a file, so that tomorrow's map looks like today's."""

import json
from collections.abc import Iterable
from pathlib import Path

from kg.export.files import write_whole
from kg.export.layout import Places
from kg.export.map_values import MapActor
from kg.export.options import ExportOptions
from kg.model.errors import UsageError


def places_before(told: ExportOptions) -> Places:
    """Return where actors stood before, as far as they shall stand there again.

    Raises:
        UsageError: The file holds something else.
    """
    return read_places(told.places) if told.places and told.layout == "kept" else {}


def keep_places(told: ExportOptions, before: Places, actors: Iterable[MapActor]) -> None:
    """Keep where actors stand now, unless no file is named or they stand on a circle.

    Raises:
        UsageError: The file cannot be written.
    """
    if told.places and told.layout != "circle":
        write_places(told.places, before, actors)


def read_places(path: Path) -> Places:
    """Return the places in a file by actor_id; none when there is no file.

    Raises:
        UsageError: The file holds something else.
    """
    try:
        told = json.loads(path.read_bytes())
        return {str(key): (int(a), int(b), int(c), int(d)) for key, (a, b, c, d) in told.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(
            f"the places of the map in {str(path)!r} cannot be read ({error}); delete the file to have them found anew"
        ) from error


def write_places(path: Path, kept: Places, actors: Iterable[MapActor]) -> None:
    """Write the places of some actors, those of others kept, sorted by actor_id.

    Raises:
        UsageError: The file cannot be written.
    """
    places = {**kept, **{a.actor_id: (a.x, a.y, a.narrow_x, a.narrow_y) for a in actors}}
    write_whole(path, (json.dumps(places, sort_keys=True, indent=0) + "\n").encode("utf-8"))
