"""The words a title has for a category."""

LABELS = {
    "THREAT_FORCE": "threat of force",
    "ULTIMATUM": "ultimatum",
    "THREAT_NONFORCE": "threat",
    "THREAT_UNSPEC": "threat",
    "WARN_CONSEQUENCE": "warning",
    "OPTION_OPEN": "option left open",
    "DEMAND": "demand",
    "ACCUSE": "accusation",
    "PROTEST_DIPL": "protest",
    "REJECT": "refusal",
    "SANCTION": "sanctions",
    "RELATIONS": "relations cut",
    "MOBILISE": "mobilisation",
    "ARMS_SUPPLY": "arms",
    "CALL_TO_ESCALATE": "call to escalate",
    "RESOLVE": "resolve",
    "USE_OF_FORCE": "use of force",
    "RULE_OUT": "ruled out",
    "OFFER_TALKS": "offer of talks",
    "CALL_RESTRAINT": "call for restraint",
    "CEASEFIRE_WITHDRAW": "ceasefire",
    "EASE": "easing",
    "STAND_DOWN": "standing down",
    "CONDITIONAL_OFFER": "conditional offer",
}


def label_of(category: str) -> str:
    """Return how a category reads in a title."""
    return LABELS.get(category, category.lower().replace("_", " "))
