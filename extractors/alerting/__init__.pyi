from .follow_ups import Told, follow_up, reached_level
from .judgement import judge, missing
from .rule import EventView, QuietHours, Rest, Rule, Step, Verdict
from .silence import Kind, Scope, Silence, silence_for

__all__ = [
    "EventView",
    "Kind",
    "QuietHours",
    "Rest",
    "Rule",
    "Scope",
    "Silence",
    "Step",
    "Told",
    "Verdict",
    "follow_up",
    "judge",
    "missing",
    "reached_level",
    "silence_for",
]
