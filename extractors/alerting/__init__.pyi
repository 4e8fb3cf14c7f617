from .follow_ups import follow_up
from .judgement import judge, missing
from .rule import ClaimView, QuietHours, Rest, Rule, Step, Verdict
from .silence import Kind, Scope, Silence, silence_for

__all__ = [
    "ClaimView",
    "Kind",
    "QuietHours",
    "Rest",
    "Rule",
    "Scope",
    "Silence",
    "Step",
    "Verdict",
    "follow_up",
    "judge",
    "missing",
    "silence_for",
]
