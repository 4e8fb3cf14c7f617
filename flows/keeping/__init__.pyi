from .backing_up import BackedUp, back_up
from .pruning import prune, pruned_line
from .restoring import Restored, restore

__all__ = ["BackedUp", "Restored", "back_up", "prune", "pruned_line", "restore"]
