"""The process of a run on a schedule (`-m flows.serving.cycle_process`): Prefect's engine, tied to who asked for it.

Prefect takes seconds to import; by then the one who asked may be gone, and the engine would ask a dead server for long.
"""

import runpy

from flows.workers import end_with_who_asked

if __name__ == "__main__":
    end_with_who_asked()
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)
