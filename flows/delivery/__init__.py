"""What an alert looks like on its way out: messages, the feed, events and log lines. Nothing here sends."""

from flows.delivery.rendering.events import CloudEvent, cloud_event, signature_headers, verify_signature
from flows.delivery.rendering.feed import atom_feed
from flows.delivery.rendering.lines import log_line
from flows.delivery.rendering.messages import AlertView, EvidenceView, Message
from flows.delivery.rendering.render import Renderer, template_problems

__all__ = [
    "AlertView",
    "CloudEvent",
    "EvidenceView",
    "Message",
    "Renderer",
    "atom_feed",
    "cloud_event",
    "log_line",
    "signature_headers",
    "template_problems",
    "verify_signature",
]
