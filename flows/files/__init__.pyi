from .atomic import replace_file
from .private import heed_sharing, private_files, set_sharing, settle_modes, users_own_files

__all__ = ["heed_sharing", "private_files", "replace_file", "set_sharing", "settle_modes", "users_own_files"]
