from .addresses import trouble_of
from .outbox import Delivered, Postman, deliver_due
from .rendering.clean import clean_line, clean_url
from .rendering.events import cloud_event, signature_headers, verify_signature
from .rendering.feed import atom_feed
from .rendering.labels import label_of
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
    "clean_line",
    "clean_url",
    "cloud_event",
    "deliver_due",
    "label_of",
    "log_line",
    "send_trial",
    "signature_headers",
    "template_problems",
    "trouble_of",
    "verify_signature",
]
