from .bounds import READERS, Bounds, Setup
from .ending import Abandoned, Done, Ended, Fault, UnavailableError
from .guarded import Crew, run_guarded, run_twice
from .lifeline import PARENT, end_with, end_with_who_asked, keep_interrupts_to_ourselves
from .process_memory import memory_capped

__all__ = [
    "PARENT",
    "READERS",
    "Abandoned",
    "Bounds",
    "Crew",
    "Done",
    "Ended",
    "Fault",
    "Setup",
    "UnavailableError",
    "end_with",
    "end_with_who_asked",
    "keep_interrupts_to_ourselves",
    "memory_capped",
    "run_guarded",
    "run_twice",
]
