"""What part a name plays in the words around it: who acts, whom the act hits, where it happens, who is helped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

# doer: acts · hit: the act falls on him · owner: the thing is his · place: where · to, for: whom it goes to ·
# with: his company · voice: he is quoted in the words · bearer: a cost, blame or concern is for or over him · other
Role: TypeAlias = Literal["doer", "hit", "owner", "place", "to", "for", "with", "voice", "bearer", "other"]

AGAINST = frozenset({"against", "on", "upon", "at", "toward", "towards", "versus", "of"})
PLACES = frozenset(
    {"in", "inside", "near", "into", "from", "across", "over", "through", "within", "off", "around"}
) | frozenset(
    {"outside", "along", "throughout", "beside", "onto", "via", "under", "beyond", "about", "after", "before", "since"}
)
OTHERS: dict[str, Role] = {
    "to": "to",
    "for": "for",
    "with": "with",
    "alongside": "with",
    "between": "with",
    "by": "doer",
}
MODIFIERS = frozenset({"compound", "amod", "nmod", "poss", "nummod"})
SAYING = frozenset({"say", "tell", "report", "believe", "claim", "think", "argue", "suggest", "propose", "ask"})
# Of these the name after "of" is the whole, not what they are done to: "the government of Peru".
PARTS = frozenset(
    {"government", "president", "minister", "ministry", "people", "republic", "city", "state", "army", "head", "leader"}
) | frozenset({"forces", "navy", "side", "part", "capital", "port", "north", "south", "east", "west", "regime", "king"})
QUARRELS = frozenset({"war", "conflict", "dispute", "tension", "tie", "relation", "confrontation", "clash"})
# "the Peruvian crisis", "the war in Peru": what it is about or where, not who acts in it
MATTERS = frozenset(
    {"crisis", "issue", "question", "conflict", "war", "settlement", "problem", "file", "front", "theatre"}
)
# what befalls whom it is "for": "repercussions for Peru"
COSTS = frozenset(
    {"repercussion", "consequence", "cost", "price", "punishment", "ramification", "penalty", "implication", "outcome"}
) | frozenset({"blow", "warning", "message", "lesson", "ultimatum", "disaster", "catastrophe", "setback", "threat"})
# "concern over Peru's drills"
CONCERNS = frozenset(
    {
        "concern",
        "alarm",
        "anger",
        "outrage",
        "protest",
        "objection",
        "criticism",
        "complaint",
        "worry",
        "regret",
        "dismay",
    }
) | frozenset({"displeasure", "indignation", "frustration", "disappointment", "unease", "condemnation"})
# "missiles fired at Peru"; elsewhere "at" is where something is
SHOOTING = frozenset(
    {"fire", "shoot", "strike", "aim", "direct", "launch", "point", "throw", "lash", "hit", "anger", "fury", "missile"}
)
# "the blame lies with Peru"
BLAMES = frozenset({"blame", "responsibility", "fault", "guilt", "onus", "liability"})
CLIMB = 5  # bounds the walk up the tree


def role_of(tokens: TokenSpan) -> tuple[Role, Token, bool]:
    """Return the part a name plays, the word that gives it, and whether it is his only who is named: "Peru's ships"."""
    token = tokens.root
    is_owner = False
    for _ in range(CLIMB):
        head = token.head
        if token.dep_ in MODIFIERS and head.i != token.i:
            is_owner, token = is_owner or token.dep_ in {"poss", "amod", "compound"}, head
        elif token.dep_ in {"conj", "appos"} and head.i != token.i and head.pos_ in {"NOUN", "PROPN", "PRON"}:
            token = head
        elif token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in PARTS:
            token = head.head
        else:
            break
    role, giver = _direct_role(token)
    if is_owner and token.lemma_.lower() in MATTERS:
        return "place", giver, is_owner
    if is_owner and role in {"with", "other", "for"}:
        role = "owner"
    return role, giver, is_owner


def _direct_role(token: Token) -> tuple[Role, Token]:
    head = token.head
    if token.dep_ in {"nsubj", "csubj"}:
        return ("voice" if head.lemma_ in SAYING else "doer"), head
    if token.dep_ in {"dobj", "dative", "nsubjpass", "oprd"}:
        return "hit", head
    if token.dep_ != "pobj":
        return "other", head
    if _is_borne(head):
        return "bearer", head.head
    if head.lower_ == "at" and head.head.lemma_.lower() not in SHOOTING:
        return "place", head.head
    quarrels = head.lower_ in {"with", "between"} and head.head.lemma_.lower() in QUARRELS
    return ("hit" if quarrels else _role_after(head.lower_)), head.head


def _is_borne(preposition: Token) -> bool:
    """Tell "repercussions for Peru", "concern over Peru", "the blame lies with Peru"."""
    word, giver = preposition.lower_, preposition.head
    before = preposition.doc[preposition.i - 1] if preposition.i else giver
    nouns = {giver.lemma_.lower(), before.lemma_.lower()}
    if word in {"for", "to"}:
        return bool(nouns & COSTS)
    if word in {"over", "about", "regarding"}:
        return bool(nouns & CONCERNS)
    is_blamed = any(child.dep_ == "nsubj" and child.lemma_.lower() in BLAMES for child in giver.lefts)
    return word in {"with", "on", "upon"} and (is_blamed or giver.lemma_.lower() in BLAMES)


def _role_after(preposition: str) -> Role:
    if preposition in AGAINST:
        return "hit"
    return "place" if preposition in PLACES else OTHERS.get(preposition, "other")


def leader(tokens: TokenSpan) -> Token:
    """Return the first of the names that a conjunction sets beside this one."""
    token = tokens.root
    for _ in range(CLIMB):
        if token.dep_ != "conj" or token.head.i == token.i:
            break
        token = token.head
    return token
