"""The errors of kg, as a tree.

KgError
├── UsageError        what was asked for does not exist or is malformed (exit 2)
│   └── SettingsError     kg.toml: file, table and key are named
├── SourceError       a source cannot be read at all: the run of that source stops (exit 3)
├── DocumentError     one document cannot be read: it is reported and the run goes on (exit 4)
├── StoreError        the ledger or the graph store cannot be opened, read or written (exit 5)
│   ├── StoreLockedError  another process holds the folder (exit 75, as for a job that runs already)
│   └── RefusedQueryError a query that is not a plain read (exit 6)
├── PluginError       an entry point cannot be loaded or is claimed twice (exit 7)
└── BusyError         the job runs already (exit 75, EX_TEMPFAIL: try again later)
"""


class KgError(Exception):
    """Any error that kg raises on purpose; its text names the thing, the value and the way out.

    Attributes:
        exit_code: What the command line ends with, documented in the README.
    """

    exit_code = 1


class UsageError(KgError):
    """What was asked for does not exist or is malformed."""

    exit_code = 2


class SettingsError(UsageError):
    """A setting is wrong; the message names file, table and key."""


class SourceError(KgError):
    """A source cannot be read; its run stops and nothing of it is retired."""

    exit_code = 3


class DocumentError(KgError):
    """One document cannot be read; it is reported and the run goes on."""

    exit_code = 4


class StoreError(KgError):
    """The ledger or the graph store cannot be opened, read or written."""

    exit_code = 5


class StoreLockedError(StoreError):
    """Another process holds the store folder and does not share it."""

    exit_code = 75


class RefusedQueryError(StoreError):
    """A query that is not a plain read was refused before it ran."""

    exit_code = 6


class PluginError(KgError):
    """An entry point cannot be loaded, or two distributions claim one name."""

    exit_code = 7


class WeightsError(KgError):
    """Trained weights are missing, broken or of another version."""

    exit_code = 7


class BusyError(KgError):
    """The job runs already."""

    exit_code = 75
