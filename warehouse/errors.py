"""What can go wrong with a warehouse, as the user is told it.

WarehouseError
├── WarehouseBusyError   another process holds the file
├── WarehouseDiskError   the disk is full or failing
├── WarehouseDamagedError  commits or rows are missing, or the file cannot be read
├── MigrationError       the schema is not the one this version of Tocsin writes
├── QueryError           a user's query is wrong
└── QueryLimitError      a user's query takes more than it may have
"""


class WarehouseError(Exception):
    """The warehouse cannot be used; the message is one line for the user."""


class WarehouseBusyError(WarehouseError):
    """Another process held the file for longer than we wait."""


class WarehouseDiskError(WarehouseError):
    """The disk is full or failing: what was committed stays, and the same work may succeed later."""


class WarehouseDamagedError(WarehouseError):
    """Something that was stored is gone or cannot be read: somebody has to decide how to go on."""


class MigrationError(WarehouseError):
    """The schema is newer than this version, or an applied migration was edited."""


class QueryError(WarehouseError):
    """A query that a user wrote cannot be run: the call is wrong, not the warehouse."""


class QueryLimitError(WarehouseError):
    """A query that a user wrote was stopped: it takes more time or memory than it may have."""
