"""The parts of a message that templates name: who, at whom, by whom, when."""

from flows.delivery.rendering.messages import AlertView, ClaimView

_ABOUT = {"week": "in the week of", "month": "in the month of", "year": "in the year of", "publication": "reported on"}


def side_of(alert: AlertView) -> str:
    """Return the side that speaks: its country, else the speaker."""
    return alert.speaker_country or alert.speaker_name or "somebody"


def aim_of(alert: AlertView) -> str:
    """Return whom it is aimed at: the other country, else the first target, else nothing."""
    others = [name for name in alert.target_countries if name != alert.speaker_country]
    return next(iter((*others, *alert.targets)), "")


def speaker_of(alert: AlertView) -> str:
    """Return the speaker with role and country as far as known."""
    known = [part for part in (alert.speaker_role, alert.speaker_country) if part and part != alert.speaker_name]
    return f"{alert.speaker_name or 'an unnamed source'}" + (f" ({', '.join(known)})" if known else "")


def said_of(alert: AlertView) -> str:
    """Return when it was said, as exactly as known."""
    if alert.said_on is None:
        return ""
    return f"{_ABOUT.get(alert.said_on_precision or 'day', 'on')} {alert.said_on.isoformat()}"


def trust_of(alert: AlertView) -> str:
    """Return what the label rests on and how sure it is; nothing for labels older than that is recorded."""
    rests = {"rule": "rules", "network": "the network alone", "both": "rules and network"}.get(alert.method or "")
    if rests is None:
        return ""
    return rests if alert.confidence is None else f"{rests}, confidence {alert.confidence:.0%}"


def words_of(claim: AlertView | ClaimView) -> str:
    """Return the words, in quotation marks only where they were said so."""
    return f"“{claim.quote}”" if claim.form == "direct" else claim.quote
