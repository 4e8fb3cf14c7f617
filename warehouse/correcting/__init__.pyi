from .making import Change, apply_change, record_change, statements_by, undo_change
from .reidentification import Changes

__all__ = ["Change", "Changes", "apply_change", "record_change", "statements_by", "undo_change"]
