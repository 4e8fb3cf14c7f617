"""A limit on the memory of this process, for what no library counts: results as Python values, one giant string."""

import contextlib
import resource
from collections.abc import Iterator
from pathlib import Path

STATUS = Path("/proc/self/status")


@contextlib.contextmanager
def memory_capped(n_bytes: int) -> Iterator[None]:
    """Let the block take ``n_bytes`` more than the process has now; beyond that allocations fail. Linux only."""
    taken = _data_bytes()
    if taken is None:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = taken + n_bytes
    known = [one for one in (soft, hard) if one != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min([wanted, *known]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_bytes() -> int | None:
    """Return the private memory this process has mapped, None where the system does not tell."""
    try:
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        return None
    return None
