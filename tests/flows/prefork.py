"""A fork server of multiprocessing that has imported what its workers need before anybody asks for one."""

import fcntl
import json
import os
import socket
from collections.abc import Sequence
from multiprocessing import util

ABOVE = 100  # where descriptors stand that are not in the way of those to come
MAX_MESSAGE = 1 << 17


def prepare_fork_server() -> None:
    """Fork what becomes the fork server when this process, which has no thread yet, starts its first one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        ours.close()
        _become_fork_server(theirs)
    theirs.close()
    spawn = util.spawnv_passfds

    def hand_over(path: bytes, words: Sequence[str], handles: Sequence[int]) -> int:
        if "forkserver" not in words[-1] or ours.fileno() < 0:
            return spawn(path, words, handles)
        message = {"code": words[-1], "numbers": list(handles), "env": dict(os.environ)}
        socket.send_fds(ours, [json.dumps(message).encode()], list(handles))
        ours.close()
        return pid

    vars(util)["spawnv_passfds"] = hand_over


def _become_fork_server(told: socket.socket) -> None:
    """Wait until it is wanted, then run what a new interpreter would be told to; ends with who could ask."""
    message, handles, _, _ = socket.recv_fds(told, MAX_MESSAGE, 4)
    if not message:
        os._exit(0)
    told.close()
    wanted = json.loads(message)
    high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, ABOVE) for one in handles]
    for one in handles:
        os.close(one)
    for one, number in zip(high, wanted["numbers"], strict=True):
        os.dup2(one, number, inheritable=False)
        os.close(one)
    os.environ.clear()
    os.environ.update(wanted["env"])
    exec(wanted["code"], {"__name__": "__main__"})
    os._exit(0)
