"""Targets: the actors a statement is aimed at, and the pairs of countries that follow from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from extractors.escalation.beneficiaries import is_helped, is_wished_well
from extractors.escalation.grammar.roles import MODIFIERS, Role, leader, role_of
from extractors.escalation.grammar.sides import FIRST_PERSON, THIRD_PERSON
from extractors.escalation.grammar.statement import countries_in
from extractors.escalation.lexicon import Conflict
from extractors.escalation.rules.arms import enemies_of
from extractors.language import ParsedParagraph
from extractors.model import Actor, Mention, Span, Statement, Target

if TYPE_CHECKING:
    from spacy.tokens import Token

ActorLookup = Callable[[str], Actor | None]

PRONOUNS = re.compile(
    r"\b(?:you|your|they|them|their|the (?:authorities|regime|enemy|enemies|aggressors?|occupiers?|other side))\b",
    re.IGNORECASE,
)
# of two countries one is the speaker's, whoever reports it
PAIRS = re.compile(
    r"\b(?:(?:our|both|the)(?: two| both)? (?:countries|nations|peoples|neighbours)|bilateral)\b", re.IGNORECASE
)
# bodies that a demonym before them makes a state's: "the Chilean authorities"
BODIES = re.compile(r"\b(?:authorities|government|regime|side|leadership|administration|army|military|forces|troops)\b")
DEMONYM_WORDS = 3
DEMONYM_REACH = 120  # characters that hold them
# whoever hears the news is no party to it; nor is the place where he hears it
HEARERS = re.compile(
    r"\b(?:reporters?|journalists?|correspondents?|newspapers?|daily|news|television|tv|radio|audience|lawmakers?|"
    r"parliament|congress|senators?|committee|crowds?|supporters?|students?|viewers|interviewers?)\b",
    re.IGNORECASE,
)
WHEREABOUTS = re.compile(r"\s(?:in|at|near|outside|from|aboard|on|during|after)\s", re.IGNORECASE)
AIMING = frozenset({"warn", "threat", "accuse", "condemn", "demand", "urge", "deny", "refuse"})
BLAMING = frozenset({"accuse", "condemn", "describe", "deny"})
MILITIAS = frozenset({"militia", "group", "movement", "faction", "rebel", "militant", "fighter", "insurgent"})
CONDEMNING = frozenset({"condemn", "denounce", "deplore", "decry", "protest", "criticise", "criticize", "reject"})
BYSTANDERS = frozenset({"international", "media", "company", "organisation", "party"})
WEIGHTS: Mapping[Role, float] = MappingProxyType(
    {
        "doer": 3,
        "hit": 3,
        "owner": 2,
        "to": 1.5,
        "for": 0.5,
        "with": 0.8,
        "place": 0.4,
        "voice": 0.2,
        "bearer": 3,
        "other": 1.5,
    }
)
VICTIM = 0.6  # weight of him whom another side's deed hits
ADDRESSED, SPOKEN_TO = 6.0, 4.0
ENEMY, ALLY = 2.0, -3.0
BESIDE = frozenset({"place", "with", "for", "voice"})  # parts in which being the enemy says little
BESIDE_ENEMY = 0.5
DIRECTED = 2.0  # added to who "must" or "should" do something
DIRECTIVES = frozenset({"must", "should", "ought", "shall"})
CLUBBED = frozenset({"doer", "with", "place", "other", "voice", None})  # parts in which an alliance is its members'
OBLIGED = frozenset({"need", "have"})
# what somebody is said to do in these is what others allege
ALLEGATIONS = frozenset({"accusation", "allegation", "rumor", "rumour", "insinuation"})
DENIABLE = frozenset({"claim", "report", "charge", "suggestion", "assertion"})
ALLEGED = 0.2  # what the weight is multiplied by
HOME = -2.0  # the country an armed group is in
ONE_BODY = -99
BYSTANDER, UNPLACED, NOBODY = -2.5, -2.5, -1.5
OWNING = -0.5  # "Peru's ships", "the Peruvian plan"
UNSURE, PLANNED = 1.8, 0.9
PLANS = frozenset({"will", "shall", "would", "'ll", "’ll"})
ENEMIES_OF_HELPED = -2
PREFERRED = 1.2  # what the article's quarrel adds to a name
LEAST = 1.0  # weight below which a name is only mentioned


class Dyad(NamedTuple):
    """The speaker's country and the country he aims at (alpha-3)."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Aim:
    """An actor whom the words may be aimed at; ``group`` is the word that leads the names set beside his.

    ``is_friend`` marks one who is helped, or who acts side by side with the speaker.
    """

    actor: Actor
    weight: float
    group: int
    is_friend: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What targets are read from: the text, the wars, the names of countries, the armed ``groups``.

    ``named_in`` gives the actors that a stretch of the text names.
    """

    find_actor: ActorLookup
    text: str = ""
    conflicts: Sequence[Conflict] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None
    groups: Container[str] = ()
    named_in: Callable[[Span], Iterable[str]] = lambda _: ()
    members: Mapping[str, Container[str]] = field(default_factory=dict)

    def side_of(self, actor: Actor) -> str:
        """Return the side an actor stands for: his country; an armed group is a side of its own."""
        return actor.actor_id if actor.country is None or self.is_group(actor) else actor.country

    def is_group(self, actor: Actor) -> bool:
        """Tell an armed side that is no state."""
        return actor.kind == "group" or actor.actor_id in self.groups

    def is_bystander(self, actor: Actor) -> bool:
        """Tell what stands outside of quarrels as a rule: the United Nations, a newspaper, an institute."""
        return actor.kind in BYSTANDERS and actor.actor_id not in self.groups

    def enemies(self, side: str) -> frozenset[str]:
        """Return the other side of each war that the side fights on that day."""
        return frozenset(one for war in self.conflicts if war.is_on(self.on) for one in enemies_of(war, side))

    def allies(self, side: str) -> frozenset[str]:
        """Return those who fight on the side's own side."""
        wars = [war.sides for war in self.conflicts if war.is_on(self.on)]
        return frozenset(one for sides in wars for own in sides if side in own for one in own) - {side}


def own_side(statement: Statement, view: View) -> str | None:
    """Return the speaker's side, None where neither he nor the words for him name one."""
    one = statement.speaker
    speaker = view.find_actor(one.actor_id) if one.actor_id else None
    if speaker is not None and view.is_group(speaker):
        return speaker.actor_id
    if one.country is not None:
        return one.country
    named = [view.find_actor(actor_id) for actor_id in view.named_in(one.span)] if one.span else []
    sides = [view.side_of(actor) for actor in named if actor is not None and actor.kind != "person"]
    told = sides or countries_in(f"{one.text or ''} {one.role or ''}", view.places)
    return told[0] if told else None


def find_targets(
    statement: Statement,
    mentions: Sequence[Mention],
    find_actor: ActorLookup,
    *,
    text: str = "",
    conflicts: Sequence[Conflict] = (),
    places: Mapping[str, str] = MappingProxyType({}),
    on: date | None = None,
    paragraph: ParsedParagraph | None = None,
) -> tuple[Target, ...]:
    """Return whom the statement is aimed at: the cue's addressee, else whom its words are about as another side.

    Of the sides named, the one with the weightiest part in the words is meant, with those set beside it: who is to
    suffer the speaker's act, or who did what he blames. Who is helped is none; where nobody else is named, it is his
    enemy in a war of ``conflicts`` fought ``on`` that day. "You", "they" and "our two countries" are the last actor of
    another side that ``text`` named before, so ``mentions`` may hold those of the text before the statement too; so is
    whom an enemy warns of helping the other side. ``places`` tells whose "the Chilean authorities" are, ``paragraph``
    holds the parse of the words.
    """
    view = View(find_actor, text, conflicts, places, on)
    return chosen(aims_of(statement, mentions, view, paragraph), view) or targets_before(statement, mentions, view)


def aims_of(
    statement: Statement, mentions: Sequence[Mention], view: View, paragraph: ParsedParagraph | None
) -> list[Aim]:
    """Return whom the cue or the words name, each with the weight of his part."""
    named = _actors_in(statement.attribution.spans, mentions, view.find_actor)
    helped = _helped(statement, mentions, view)
    aims = [*_addressed(statement, mentions, view), *_named(statement, named, mentions, helped, paragraph, view)]
    if helped and all(one.weight < LEAST for one in aims) and not _warns_of_help(statement, helped, view):
        aims += [Aim(actor, LEAST, ENEMIES_OF_HELPED) for actor in _enemies(helped, mentions, view)]
    return aims


def chosen(aims: Sequence[Aim], view: View, preferred: str | None = None) -> tuple[Target, ...]:
    """Return the weightiest actor with those set beside him, one of each side; ``preferred`` is a side to favour."""
    able = [one for one in aims if one.weight >= LEAST]
    meant = {one.group for one in able if preferred is not None and view.side_of(one.actor) == preferred}
    found = _chosen([replace(one, weight=one.weight + PREFERRED) if one.group in meant else one for one in able], view)
    return tuple(target_of(actor) for actor in found)


def target_of(actor: Actor) -> Target:
    """Return the actor as one aimed at."""
    return Target(actor.actor_id, actor.name, actor.country)


def _helped(statement: Statement, mentions: Sequence[Mention], view: View) -> set[str]:
    named = _actors_in(statement.attribution.spans, mentions, view.find_actor)
    return {one for actor, span in named if is_helped(view.text, span) for one in (actor.actor_id, view.side_of(actor))}


def _warns_of_help(statement: Statement, helped: set[str], view: View) -> bool:
    """Tell whether the speaker is at war with who is helped: then he means the helper."""
    own = {own_side(statement, view), statement.speaker.actor_id}
    return any(side in view.enemies(one) for one in own if one is not None for side in helped)


def _actors_in(spans: Iterable[Span], mentions: Sequence[Mention], find_actor: ActorLookup) -> list[tuple[Actor, Span]]:
    return [
        (actor, mention.span)
        for span in spans
        for mention in mentions
        if span.covers(mention.span) and (actor := find_actor(mention.actor_id)) is not None
    ]


def _addressed(statement: Statement, mentions: Sequence[Mention], view: View) -> list[Aim]:
    """Return whom the cue's object names: nobody in "told reporters in Rome"."""
    span = statement.attribution.addressee
    if span is None or HEARERS.search(span.of(view.text)):
        return []
    place = WHEREABOUTS.search(span.of(view.text))
    head = Span(span.start, span.start + place.start()) if place else span
    own = own_side(statement, view)
    weight = ADDRESSED if statement.attribution.cue_class in AIMING else SPOKEN_TO
    found = [actor for actor, _ in _actors_in([head], mentions, view.find_actor)]
    return [
        Aim(actor, weight + (BYSTANDER if view.is_bystander(actor) else 0), -1)
        for actor in found
        if (weight == ADDRESSED or not view.is_bystander(actor)) and not _is_own_side(actor, statement, own, view)
    ]


def _named(
    statement: Statement,
    named: Sequence[tuple[Actor, Span]],
    mentions: Sequence[Mention],
    helped: set[str],
    paragraph: ParsedParagraph | None,
    view: View,
) -> list[Aim]:
    """Return the actors of other sides in the words, each with the weight of his part in them."""
    own = own_side(statement, view)
    enemies = view.enemies(own) if own else frozenset()
    allies = view.allies(own) if own else frozenset()
    own_names = [span for actor, span in named if _is_own_side(actor, statement, own, view)]
    beside = _beside_own(own_names, paragraph)
    aims: list[Aim] = []
    groups = [
        actor for one in mentions if (actor := view.find_actor(one.actor_id)) is not None and view.is_group(actor)
    ]
    for actor, span, body in [
        *((_militia(actor, span, paragraph, groups), span, False) for actor, span in named),
        *((actor, span, True) for actor, span in _bodies_in(statement.attribution.spans, view)),
    ]:
        side = view.side_of(actor)
        if _is_own_side(actor, statement, own, view):
            continue
        if side in helped:
            is_ours = is_wished_well(view.text, span) or not _is_others_help(statement, span, own_names, paragraph)
            aims.append(Aim(actor, ALLY, span.start, is_friend=is_ours and side not in enemies))
            continue
        weight, group, role = _weight(statement, actor, span, paragraph, own_names, view)
        if body and role not in BESIDE:
            weight = max(weight, WEIGHTS["doer"])
        weight += BESIDE_ENEMY if side in enemies and role in BESIDE else ENEMY if side in enemies else 0
        is_friend = side in allies or _is_partner(span, role, beside, paragraph)
        is_clubbed = role in CLUBBED and weight < WEIGHTS["doer"] + DIRECTED
        is_friend = is_friend or (is_clubbed and own in view.members.get(actor.actor_id, ()))
        weight += ALLY if is_friend else 0
        weight += HOME if own is not None and side == home_of(own, view) else 0
        aims.append(Aim(actor, weight, ONE_BODY - len(aims) if body and paragraph is None else group, is_friend))
    return aims


def _militia(actor: Actor, span: Span, paragraph: ParsedParagraph | None, groups: Sequence[Actor]) -> Actor:
    """Return the armed group of a country that "the Peruvian militia" means, the last one named; else the country."""
    tokens = None if paragraph is None else paragraph.tokens(span)
    head = tokens.root.head if tokens is not None and len(tokens) and tokens.root.dep_ in MODIFIERS else None
    if head is None or head.lemma_.lower() not in MILITIAS:
        return actor
    return next((one for one in reversed(groups) if one.country == actor.country), actor)


def home_of(own: str, view: View) -> str | None:
    """Return the country that a side which is an armed group is in."""
    actor = view.find_actor(own)
    return actor.country if actor is not None and view.is_group(actor) else None


def _beside_own(own_names: Sequence[Span], paragraph: ParsedParagraph | None) -> set[int]:
    """Return the words that lead the names among which the speaker's own side is."""
    if paragraph is None:
        return set()
    found = (paragraph.tokens(one) for one in own_names)
    return {leader(tokens).i for tokens in found if tokens is not None and len(tokens)}


def _is_partner(span: Span, role: Role | None, beside: set[int], paragraph: ParsedParagraph | None) -> bool:
    """Tell whether a name acts side by side with the speaker's: "Peru and Chile will", "President Roe and I"."""
    tokens = None if paragraph is None else paragraph.tokens(span)
    if tokens is None or not len(tokens):
        return False
    if any(one.dep_ == "appos" and one.head.lower_ == "we" for one in (tokens.root, *tokens.root.ancestors)):
        return True  # "We, the ministers of Peru and Chile,"
    if role not in {"doer", "hit", "voice", "other"}:
        return False
    head = leader(tokens)
    return head.i in beside or any(one.lower_ in FIRST_PERSON and one.text != "US" for one in (head, *head.conjuncts))


def _weight(
    statement: Statement,
    actor: Actor,
    span: Span,
    paragraph: ParsedParagraph | None,
    own_names: Sequence[Span],
    view: View,
) -> tuple[float, int, Role | None]:
    """Return the weight of an actor's part in the words, the word that leads his group, and the part."""
    tokens = None if paragraph is None else paragraph.tokens(span)
    if tokens is None or not len(tokens) or paragraph is None:
        return WEIGHTS["other"] + _drawback(actor, "other", view), span.start, None
    role, giver, is_owner = role_of(tokens)
    cue = statement.attribution.cue
    weight = WEIGHTS[role]
    if role == "hit" and cue is not None and cue.covers(paragraph.span(giver)):
        weight = ADDRESSED
    elif role == "hit" and _is_another_deed(statement, giver, paragraph, own_names):
        weight = VICTIM
    elif role == "doer" and own_side(statement, view) is None:  # who does it may be the speaker's own side
        if any(child.lower_ in PLANS for child in giver.lefts):
            weight = PLANNED
        elif statement.speaker.actor_id is None:
            weight = UNSURE
    elif role == "doer" and _is_directed(giver):
        weight += DIRECTED
    if _is_alleged(giver, statement.attribution.cue_class):
        weight *= ALLEGED
    return weight + (OWNING if is_owner else 0) + _drawback(actor, role, view), leader(tokens).i, role


def _is_directed(verb: Token) -> bool:
    """Tell whether the verb says what its subject must do: "Peru should think twice", "Peru needs to leave"."""
    if any(child.lower_ in DIRECTIVES for child in verb.lefts):
        return True
    return verb.lemma_ in OBLIGED and any(child.dep_ == "xcomp" for child in verb.rights)


def _is_alleged(giver: Token, cue_class: str | None) -> bool:
    """Tell whether what the giver says is an allegation that is spoken of, or one that is denied."""
    nouns = ALLEGATIONS | DENIABLE if cue_class == "deny" else ALLEGATIONS
    return giver.lemma_.lower() in nouns or any(
        above.lemma_.lower() in nouns and above.pos_ == "NOUN" for above in giver.ancestors
    )


def _drawback(actor: Actor, role: Role, view: View) -> float:
    """Return what speaks against an actor as an opponent: he is a body of all, a person named in passing, a thing."""
    if view.is_bystander(actor):
        return BYSTANDER
    if actor.country is None and actor.kind not in {"country", "alliance"} and not view.is_group(actor):
        return UNPLACED
    return NOBODY if actor.kind == "person" and role not in {"doer", "owner"} else 0.0


def _is_another_deed(statement: Statement, giver: Token, paragraph: ParsedParagraph, own_names: Sequence[Span]) -> bool:
    """Tell whether somebody else than the speaker's side does what hits: "Peru shelled Chile", "the raid on Chile"."""
    is_blamed = statement.attribution.cue_class in BLAMING
    if giver.pos_ not in {"VERB", "AUX"}:  # "it is an assault on Peru", "the raid on Peru was"
        owners = [child for child in giver.lefts if child.dep_ == "poss" or child.ent_type_ in {"NORP", "GPE"}]
        if owners:
            named = (name.covers(paragraph.span(one)) for one in owners for name in own_names)
            return not any(named) and not any(_is_speakers(one, statement) for one in owners)
        is_condemned = giver.dep_ == "dobj" and giver.head.lemma_ in CONDEMNING
        return is_blamed or is_condemned or giver.dep_ in {"attr", "nsubj", "nsubjpass"}
    verb = giver
    while verb.dep_ in {"conj", "xcomp", "advcl"} and verb.head.i != verb.i and not _subject(verb):
        verb = verb.head
    subject = _subject(verb)
    if subject is None:
        return is_blamed
    if subject.lower_ in FIRST_PERSON or (statement.attribution.form == "indirect" and subject.lower_ in {"it", "he"}):
        return False
    here = [paragraph.span(one) for one in subject.subtree]
    is_own = any(name.covers(one) for one in here for name in own_names)
    return not is_own and (subject.pos_ in {"PROPN", "PRON"} or is_blamed or subject.dep_ == "nsubj")


def _is_speakers(owner: Token, statement: Statement) -> bool:
    """Tell whether "our", or in a paraphrase "its", says that a deed is the speaker's own."""
    own = FIRST_PERSON if statement.attribution.form == "direct" else FIRST_PERSON | THIRD_PERSON
    return owner.lower_ in own


def _is_others_help(
    statement: Statement, helped: Span, own_names: Sequence[Span], paragraph: ParsedParagraph | None
) -> bool:
    """Tell whether somebody else than the speaker's side helps: "the airline arms Peru"."""
    tokens = None if paragraph is None else paragraph.tokens(helped)
    if tokens is None or not len(tokens) or paragraph is None:
        return False
    verb = next((one for one in tokens.root.ancestors if one.pos_ in {"VERB", "AUX"}), None)
    while verb is not None and _subject(verb) is None:
        if verb.dep_ == "pcomp" and verb.head.lower_ == "by":
            verb = verb.head.head
        elif verb.dep_ in {"conj", "xcomp", "advcl"}:
            verb = verb.head
        else:
            break
    subject = None if verb is None else _subject(verb)
    if subject is None or _is_speakers(subject, statement):
        return False
    here = [paragraph.span(one) for one in subject.subtree]
    return not any(name.covers(one) for one in here for name in own_names) and not any(
        _is_speakers(one, statement) for one in subject.subtree
    )


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.lefts if child.dep_ in {"nsubj", "nsubjpass"}), None)


def _chosen(aims: Sequence[Aim], view: View) -> list[Actor]:
    """Return the weightiest actor with those set beside him, one of each side."""
    best = max(aims, key=lambda one: one.weight, default=None)
    if best is None or best.weight < LEAST:
        return []
    kept: dict[str, Actor] = {}
    for one in sorted(aims, key=lambda one: one is not best):
        if one is best or (one.group == best.group and one.weight > best.weight - 1):
            kept.setdefault(view.side_of(one.actor), one.actor)
    return list(kept.values())


def _is_own_side(actor: Actor, statement: Statement, own: str | None, view: View) -> bool:
    speaker = statement.speaker
    if actor.actor_id == speaker.actor_id:
        return True
    return view.side_of(actor) == own


def _bodies_in(spans: Iterable[Span], view: View) -> list[tuple[Actor, Span]]:
    """Return the states whose authorities or forces the words name by a demonym, and where, one place for each."""
    found: dict[str, tuple[Actor, Span]] = {}
    places = view.places
    for span in spans if places else ():
        content = span.of(view.text)
        for body in BODIES.finditer(content):
            words = content[max(0, body.start() - DEMONYM_REACH) : body.start()].lower().split()[-DEMONYM_WORDS:]
            code = next((places[name] for i in range(len(words)) if (name := " ".join(words[i:])) in places), None)
            place = Span(span.start + body.start(), span.start + body.end())
            if code is None or is_helped(view.text, _with_demonym(view.text, place)):
                continue
            if (actor := view.find_actor(code)) is not None:
                found[code] = actor, place
    return list(found.values())


def _with_demonym(text: str, body: Span) -> Span:
    """Return the place of a body with the one word before it."""
    before = text[: body.start].rstrip()
    return Span(before.rfind(" ") + 1, body.end)


def _enemies(helped: set[str], mentions: Sequence[Mention], view: View) -> list[Actor]:
    """Return the enemies of who is helped: those the text names, else those of his first war."""
    wars = [conflict for conflict in view.conflicts if conflict.is_on(view.on)]
    against = [sorted(found) for war in wars for one in sorted(helped) if (found := enemies_of(war, one))]
    named = {one.actor_id for one in mentions}
    codes = dict.fromkeys(code for enemies in against for code in enemies)
    actors = [actor for code in codes if (actor := view.find_actor(code)) is not None]
    spoken_of = [actor for actor in actors if actor.actor_id in named]
    return spoken_of or [actor for actor in actors if actor.actor_id in against[0] or view.side_of(actor) in against[0]]


def targets_before(
    statement: Statement, mentions: Sequence[Mention], view: View, opponents: Container[str] = ()
) -> tuple[Target, ...]:
    """Return the last other side's actor named before a quote that says "you" or "they", or words of two countries.

    One of the speaker's known ``opponents`` goes before others.
    """
    spans = statement.attribution.spans
    is_quoted = statement.attribution.form != "indirect"
    contents = [span.of(view.text) for span in spans]
    means_somebody = any(PAIRS.search(one) or (is_quoted and PRONOUNS.search(one)) for one in contents)
    if not means_somebody and not _warns_of_help(statement, _helped(statement, mentions, view), view):
        return ()
    own = own_side(statement, view)
    allies = view.allies(own) if own else frozenset()
    found = [
        actor
        for mention in sorted((one for one in mentions if one.span.end <= spans[0].start), key=lambda one: one.span)
        if not is_helped(view.text, mention.span)
        and (actor := view.find_actor(mention.actor_id)) is not None
        and not view.is_bystander(actor)
        and actor.kind != "person"
        and view.side_of(actor) not in allies
        and not _is_own_side(actor, statement, own, view)
    ]
    enemies = view.enemies(own) if own else frozenset()
    at_war = [actor for actor in found if view.side_of(actor) in enemies]
    known = [actor for actor in found if view.side_of(actor) in opponents]
    return tuple(target_of(actor) for actor in (at_war or known or found)[-1:])


def dyads(statement: Statement) -> tuple[Dyad, ...]:
    """Return the pairs of countries of a statement, once each."""
    source = statement.speaker.country
    if source is None:
        return ()
    countries = dict.fromkeys(target.country for target in statement.targets)
    return tuple(Dyad(source, one) for one in countries if one is not None and one != source)
