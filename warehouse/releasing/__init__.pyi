from .contents import RELEASED, WITHHELD
from .dictionary import Described
from .writing import DATABASE, ReleaseFacts, TableCount, write_data

__all__ = [
    "DATABASE",
    "RELEASED",
    "WITHHELD",
    "Described",
    "ReleaseFacts",
    "TableCount",
    "write_data",
]
