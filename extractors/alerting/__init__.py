"""Which claims ring, by which rule, when and why: decisions alone, nothing is stored or sent here."""

from extractors.alerting.follow_ups import follow_up
from extractors.alerting.judgement import judge
from extractors.alerting.rule import Action, ClaimView, QuietHours, Rest, Rule, Step, Verdict
from extractors.alerting.silence import Silence, silence_for

__all__ = [
    "Action",
    "ClaimView",
    "QuietHours",
    "Rest",
    "Rule",
    "Silence",
    "Step",
    "Verdict",
    "follow_up",
    "judge",
    "silence_for",
]
