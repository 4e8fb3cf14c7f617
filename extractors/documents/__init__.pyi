from .acts import join_acts
from .others import Said, choose, renumbered
from .scene import is_staged, set_scene, unstaged
from .voicing import give_voices

__all__ = ["Said", "choose", "give_voices", "is_staged", "join_acts", "renumbered", "set_scene", "unstaged"]
