from .addresses import trouble_of
from .outbox import Delivered, Postman, deliver_due
from .rendering.events import cloud_event, signature_headers, verify_signature
from .rendering.feed import atom_feed
from .rendering.lines import log_line
from .rendering.messages import AlertView, EvidenceView
from .rendering.render import Renderer, template_problems
from .trial import send_trial
from .tries import Failed

__all__ = [
    "AlertView",
    "Delivered",
    "EvidenceView",
    "Failed",
    "Postman",
    "Renderer",
    "atom_feed",
    "cloud_event",
    "deliver_due",
    "log_line",
    "send_trial",
    "signature_headers",
    "template_problems",
    "trouble_of",
    "verify_signature",
]
