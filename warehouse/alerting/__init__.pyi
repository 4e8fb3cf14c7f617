from .alerts import EVENTS, Ringing, raise_alerts
from .event_views import Candidate, articles_of_events, candidates, claims_seen_ahead, claims_since, claims_with_copies
from .leases import bound_leases, lease_owners, release_leases
from .notices import dead_letter, raise_notices
from .outbox import (
    AlertRow,
    NoticeRow,
    Parcel,
    Taker,
    alert_rows,
    notice_rows,
    revive_dead,
    settle_failed,
    settle_sent,
    take_parcel,
    told_alerts,
    waiting_channels,
)
from .silences import NewSilence, add_silence, lift_silence, scopes_of, silence_log, standing_silences
from .told import note_as_told

__all__ = [
    "EVENTS",
    "AlertRow",
    "Candidate",
    "NewSilence",
    "NoticeRow",
    "Parcel",
    "Ringing",
    "Taker",
    "add_silence",
    "alert_rows",
    "articles_of_events",
    "bound_leases",
    "candidates",
    "claims_seen_ahead",
    "claims_since",
    "claims_with_copies",
    "dead_letter",
    "lease_owners",
    "lift_silence",
    "note_as_told",
    "notice_rows",
    "raise_alerts",
    "raise_notices",
    "release_leases",
    "revive_dead",
    "scopes_of",
    "settle_failed",
    "settle_sent",
    "silence_log",
    "standing_silences",
    "take_parcel",
    "told_alerts",
    "waiting_channels",
]
