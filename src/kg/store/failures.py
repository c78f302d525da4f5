"""Errors of the driver and the server, told in one line with the way out."""

from collections.abc import Iterator
from contextlib import contextmanager

from kg.model.errors import StoreError, UsageError

MAX_MESSAGE_CHARS = 300
_REMEDIES = (
    (("is full", "No space left", "disk I/O error"), "free the disk"),
    (
        ("readonly database", "Read-only file system", "unable to open database file", "Permission denied"),
        "let the user of kg write there, or name another folder with --home or --store",
    ),
    (("is locked",), "another process is writing; try again later"),
)


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what the driver raises inside the block into errors of kg.

    Raises:
        StoreError: The store does not answer, refuses the password, or refuses what it was sent.
        UsageError: The address is no address.
    """
    from neo4j import exceptions

    try:
        yield
    except exceptions.AuthError as error:
        raise StoreError(
            f"{name} refuses the user or the password; set KG_NEO4J_USER (neo4j unless set) and KG_NEO4J_PASSWORD"
        ) from error
    except (exceptions.ServiceUnavailable, exceptions.SessionExpired) as error:
        raise StoreError(
            f"{name} does not answer ({one_line(error)}); start it, or name another store with --store or KG_STORE"
        ) from error
    except exceptions.ConfigurationError as error:
        raise UsageError(f"{name} is no address of a store: {one_line(error)}") from error
    except exceptions.Neo4jError as error:
        if "TimedOut" in (error.code or ""):
            raise StoreError(f"{name} stopped a query that took too long; narrow it, or add a LIMIT") from error
        raise StoreError(f"{name}: {one_line(error)}") from error
    except exceptions.DriverError as error:
        raise StoreError(f"{name}: {one_line(error)}") from error


def way_out(error: Exception, otherwise: str) -> str:
    """Return what helps against an error of the disk or of SQLite.

    Args:
        otherwise: What helps when neither the disk is full nor the file closed to us nor another process writing.
    """
    told = str(error)
    for signs, remedy in _REMEDIES:
        if any(sign in told for sign in signs):
            return remedy
    return otherwise


def one_line(error: Exception) -> str:
    """Return what an error of the driver says, its first line, at most 300 characters."""
    text = str(getattr(error, "message", None) or error).strip() or type(error).__name__
    return " ".join(text.splitlines()[0].split())[:MAX_MESSAGE_CHARS]
