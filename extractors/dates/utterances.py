"""When a statement was made, as far as its own clause says so, looking back from the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from extractors.dates.intervals import clause_before
from extractors.dates.layout_dates import layout_dates
from extractors.dates.lead_day import lead_day
from extractors.dates.time_expressions import Found, expressions
from extractors.language import ParsedParagraph
from extractors.model import Attribution, Moment, SaidOn, Span, Speaker

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

SAME_OCCASION = 2  # paragraphs over which an undated statement still belongs to the speaker's last dated one
CHAIN = 8  # bounds every walk up the tree
LEAD = 5  # letters between the cue and a date that begins the content: "said on Monday he had met them"
ISSUED = frozenset(
    {"issue", "publish", "release", "post", "air", "broadcast", "deliver", "give", "send", "make", "hold"}
)
OCCASIONS = frozenset(
    {"speak", "follow", "talk", "address", "attend", "visit", "appear", "meet", "arrive", "testify", "respond", "tour"}
) | frozenset({"brief", "comment", "write", "summon", "open", "close", "host"})
MEETING = frozenset({"meet", "gather", "convene", "talk", "speak"})
SEVERAL = re.compile(
    r"(?:both|the two|the three|all) (?:\w+ )?(?:sides|parties|leaders|ministers|presidents|delegations)\b",
    re.IGNORECASE,
)
PROMPTED = frozenset({"ask", "press", "question", "quiz"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
CARRIERS = frozenset({"report", "quote", "cite"})
RELATIVES = frozenset({"which", "where", "whom"})
SAYING = frozenset({"add", "announce", "argue", "explain", "note", "report", "say", "state", "tell", "warn", "write"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
ADDING = frozenset({"add", "continue"})


def said_on(
    paragraph: ParsedParagraph, attribution: Attribution, published: Moment | None, *, anchor: date | None = None
) -> SaidOn | None:
    """Return the date that the cue's clause gives; None where it gives none (the caller falls back).

    ``anchor`` is the day last spoken of, for "the same day".
    """
    if attribution.cue is None or published is None:
        return None
    cue = paragraph.tokens(attribution.cue)
    if cue is None or not len(cue):
        return None
    sentence = cue.root.sent
    found = [
        one
        for one in expressions(
            sentence.text,
            paragraph.span(sentence).start,
            published.at.date(),
            anchor,
            zone_day=int(published.precision == "day"),
        )
        if dates_cue(paragraph, one, cue, attribution)
    ]
    stands = paragraph.span(cue)
    own = min(found, key=lambda one: distance(one.span, stands)).said if found else None
    back = clause_before(cue.root)
    if back is None:
        return own
    day = own.on if own is not None and own.precision == "day" else published.at.date()
    return SaidOn(day - back, "day")


def dates_cue(paragraph: ParsedParagraph, found: Found, cue: TokenSpan, attribution: Attribution) -> bool:
    """Tell whether the expression dates the cue rather than what is said or another deed of the sentence."""
    tokens = paragraph.tokens(found.span)
    if tokens is None or not len(tokens):
        return False
    if any(span.covers(found.span) for span in attribution.spans) and not found.is_bare:
        gap = found.span.start - paragraph.span(cue).end
        is_lead = 0 <= gap <= LEAD and tokens.root.sent == cue.root.sent
        return is_lead or closes(paragraph, tokens, cue, attribution)
    verb = governing_verb(tokens.root)
    chain = verb_chain(cue.root)
    if verb is not None and is_said_by_another(verb, cue.root):
        return False
    if verb is not None and (verb.i in chain or hangs_on(verb, chain)):
        return True
    between = tokens.doc[min(tokens.end, cue.end) : max(tokens.start, cue.start)]
    if any(token.pos_ == "VERB" and not is_said(paragraph, token, attribution) for token in between):
        return False
    is_nearer = verb is not None and abs(verb.i - tokens.root.i) < abs(cue.root.i - tokens.root.i)
    return verb is None or not is_nearer or is_said(paragraph, verb, attribution)


def is_said_by_another(verb: Token, cue: Token) -> bool:
    """Tell whether the date stands by somebody else's saying: "experts said Tuesday, as the navy threatens a raid"."""
    return verb.i != cue.i and verb.lemma_ in SAYING and cue.dep_ == "advcl" and has_subject(verb) and has_subject(cue)


def has_subject(verb: Token) -> bool:
    """Tell whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def closes(paragraph: ParsedParagraph, when: TokenSpan, cue: TokenSpan, attribution: Attribution) -> bool:
    """Tell a date behind an object that is the cue's own: "announced a truce | on May 10"."""
    end = paragraph.span(when).end
    is_last = not any(one.end > end + 1 for one in attribution.spans)
    prep = when.root.head if when.root.dep_ == "pobj" else when.root
    clause = paragraph.tokens(attribution.spans[0])
    has_verb = clause is None or any(token.tag_ in FINITE for token in clause)
    return is_last and not has_verb and prep.head == cue.root and cue.root.tag_ == "VBD"


def hangs_on(verb: Token, chain: set[int]) -> bool:
    """Tell what went with the utterance: "said | following a speech on Friday", "in a statement | issued on Sunday"."""
    if verb.lemma_ in ISSUED and (verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBN")):
        subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
        return all(one.lower_ in {"that", "which"} for one in subjects) and rests_on(verb.head, chain)
    if has_subject(verb):
        return False
    top = verb.head
    if verb.lemma_ in OCCASIONS and verb.dep_ in {"advcl", "prep", "pcomp", "acl"}:
        return top.i in chain or (top.dep_ in {"prep", "mark", "nsubj", "advmod"} and top.head.i in chain)
    # "when reached for comment on Monday"; "asked about it on Monday" may look like a past tense
    is_passive = verb.tag_ == "VBN" or (verb.lemma_ in PROMPTED and verb.tag_ == "VBD")
    return is_passive and verb.dep_ == "advcl" and top.i in chain


def rests_on(noun: Token, chain: set[int]) -> bool:
    """Tell whether a paper is that of the cue: "according to a survey of the bank | released on Monday"."""
    for _ in range(CHAIN):
        if noun.i in chain:
            return True
        if noun.dep_ not in {"pobj", "prep", "conj", "appos", "compound"} or noun.head is noun:
            return False
        noun = noun.head
    return False


def is_said(paragraph: ParsedParagraph, token: Token, attribution: Attribution) -> bool:
    """Tell whether a word belongs to the content."""
    here = paragraph.span(token)
    return any(span.covers(here) for span in attribution.spans)


def verb_chain(token: Token) -> set[int]:
    """Return the cue and the verbs it hangs on within its sentence, up to the main one."""
    chain = {token.i}
    is_added = token.tag_ == "VBG" and token.dep_ == "advcl"  # "said on Friday that ..., stressing": on Friday too
    for _ in range(CHAIN):
        if token.head is token or (token.dep_ == "ccomp" and not (is_added or goes_on(token))):
            break
        if token.dep_ == "relcl" and not is_occasion(token):
            break
        token = token.head
        chain.add(token.i)
    return chain


def goes_on(clause: Token) -> bool:
    """Tell a clause whose reporter's day is also its own: "Reuters reported on Monday a source said"."""
    return clause.head.lemma_ in CARRIERS


def is_occasion(verb: Token) -> bool:
    """Tell whether a relative clause says what happened on an occasion: "gave a speech, in which she warned"."""
    return any(
        child.dep_ == "prep" and any(one.lower_ in RELATIVES for one in child.children) for child in verb.children
    )


def governing_verb(token: Token) -> Token | None:
    """Return the nearest verb above a token."""
    for _ in range(CHAIN):
        if token.head is token:
            return token if token.pos_ in {"VERB", "AUX"} else None
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return None


def distance(one: Span, other: Span) -> int:
    """Return how many letters lie between two spans."""
    return max(0, one.start - other.end, other.start - one.end)


def date_statements(
    paragraphs: Sequence[ParsedParagraph],
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
    published: Moment | None,
    *,
    is_news: bool = False,
) -> tuple[SaidOn | None, ...]:
    """Return the date of each statement: its clause's, its occasion's, else the day of publication.

    In news the day of the lead goes before that of publication.
    """
    if published is None:
        return (None,) * len(attributions)
    dates: list[SaidOn | None] = []
    last: dict[str, int] = {}
    anchor: date | None = None
    starts = [one.start for one in paragraphs]
    layout = layout_dates(paragraphs, attributions, published.at.date())
    for number, (one, speaker) in enumerate(zip(attributions, speakers, strict=True)):
        at = home(one, starts)
        own = layout.beside.get(number) or said_on(paragraphs[at], one, published, anchor=anchor)
        own = own or occasion(paragraphs[at], one, speaker, published.at.date())
        own = own or (setting(paragraphs[at - 1], one, speaker, published.at.date()) if at else None)
        own = own or layout.above.get(number) or inherited(one, attributions, dates, last.get(key_of(speaker) or ""))
        own = own or (
            added(paragraphs[at], one, speaker, attributions[number - 1], speakers[number - 1], dates[-1])
            if dates
            else None
        )
        own = own or (
            of_state(one, speaker, attributions[number - 1], speakers[number - 1], dates[-1]) if dates else None
        )
        if own is not None:
            anchor = own.on if own.precision == "day" else anchor
            if (key := key_of(speaker)) is not None:
                last[key] = number
        dates.append(own)
    refine(attributions, speakers, dates)
    lead = lead_day(attributions, dates, published.at.date()) if is_news else None
    fallback = lead or SaidOn(published.at.date(), "publication")
    return tuple(one or fallback for one in dates)


def key_of(speaker: Speaker) -> str | None:
    """Return what tells a speaker from others: the actor, or the words for somebody without a name."""
    return speaker.actor_id or (speaker.text.casefold() if speaker.text else None)


def occasion(paragraph: ParsedParagraph, one: Attribution, speaker: Speaker, base: date) -> SaidOn | None:
    """Return the date of the sentence before, where the speaker is its subject: "On May 3 Roe met them. He said"."""
    cue = None if one.cue is None else paragraph.tokens(one.cue)
    if cue is None or cue.root.sent.start == 0 or not (speaker.name or is_of_several(speaker)):
        return None
    before = cue.doc[cue.root.sent.start - 1].sent
    subject = next((child for child in before.root.children if child.dep_ == "nsubj"), None)
    are_those_met = subject is not None and before.root.lemma_ in MEETING and is_of_several(speaker)
    names = set((speaker.name or "").split())
    if subject is None or not (are_those_met or names & {token.text for token in subject.subtree}):
        return None
    chain = {before.root.i}
    dated = [
        found.said
        for found in expressions(before.text, paragraph.span(before).start, base, None)
        if (tokens := paragraph.tokens(found.span)) is not None
        and (verb := governing_verb(tokens.root)) is not None
        and (verb.i in chain or hangs_on(verb, chain))
    ]
    return dated[0] if len(dated) == 1 else None


def is_of_several(speaker: Speaker) -> bool:
    """Tell those who met and speak as one: "both sides", "the two ministers"."""
    return speaker.actor_id is None and SEVERAL.match(speaker.text or "") is not None


def setting(before: ParsedParagraph, one: Attribution, speaker: Speaker, base: date) -> SaidOn | None:
    """Return the day on which the speaker spoke by the last sentence of the paragraph before a quote.

    "Roe, speaking to reporters on May 3, turned to the raid. / “It was ours,” Roe said."
    """
    if one.form == "indirect" or speaker.name is None or not len(before.doc):
        return None
    last, names = before.doc[-1].sent, set(speaker.name.split())
    dated = [
        found.said
        for found in expressions(last.text, before.span(last).start, base, None)
        if (tokens := before.tokens(found.span)) is not None
        and (verb := governing_verb(tokens.root)) is not None
        and speaks_then(verb)
        and names & {token.text for token in subject_words(verb)}
    ]
    return dated[0] if len(dated) == 1 else None


def speaks_then(verb: Token) -> bool:
    """Tell what one does to speak: "speaking on Monday", "went there on Monday to deliver a speech"."""
    return verb.lemma_ in OCCASIONS or any(
        child.lemma_ in {*OCCASIONS, "deliver", "give"} and child.dep_ in {"advcl", "xcomp"} for child in verb.children
    )


def subject_words(verb: Token) -> list[Token]:
    """Return the words of a verb's subject, or of that of the verb or noun on which it hangs."""
    for _ in range(CHAIN):
        subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is not None and subject.tag_ not in {"WP", "WDT"}:
            return list(subject.subtree)
        if verb.dep_ in {"acl", "relcl"}:
            return [verb.head, *verb.head.lefts]
        if verb.head is verb:
            break
        verb = verb.head
    return []


def home(one: Attribution, starts: Sequence[int]) -> int:
    """Return the paragraph of the cue, which for a quote may not be its own."""
    return one.paragraph if one.cue is None else bisect_right(starts, one.cue.start) - 1


def inherited(
    one: Attribution, attributions: Sequence[Attribution], dates: Sequence[SaidOn | None], before: int | None
) -> SaidOn | None:
    """Return the date of the statement this one goes on from, or of the speaker's last dated one nearby."""
    if one.carried_from is not None and one.carried_from < len(dates):
        return dates[one.carried_from]
    if before is not None and one.paragraph - attributions[before].paragraph <= SAME_OCCASION:
        return dates[before]
    return None


def of_state(
    one: Attribution, speaker: Speaker, before: Attribution, by: Speaker, said: SaidOn | None
) -> SaidOn | None:
    """Return the date of the statement before, of the same paragraph, where its speaker's state goes on for him.

    "On May 3 Deputy Minister Roe received the envoy. “It was ours,” he said. Lima called for calm."
    """
    is_state = speaker.actor_id is not None and speaker.actor_id == speaker.country == by.country
    is_next = one.paragraph == before.paragraph and one.cue is not None
    return said if is_state and is_next and said is not None and said.precision == "day" else None


def added(
    paragraph: ParsedParagraph,
    one: Attribution,
    speaker: Speaker,
    before: Attribution,
    by: Speaker,
    said: SaidOn | None,
) -> SaidOn | None:
    """Return the date of the statement before, to which one of the same side adds: "The envoy also charged"."""
    cue = None if one.cue is None else paragraph.tokens(one.cue)
    if said is None or said.precision != "day" or cue is None or one.paragraph - before.paragraph > 1:
        return None
    adds = cue.root.lemma_ in ADDING or any(child.lower_ == "also" for child in cue.root.lefts)
    is_other = None not in {speaker.country, by.country} and speaker.country != by.country
    return said if adds and not is_other else None


def refine(attributions: Sequence[Attribution], speakers: Sequence[Speaker], dates: list[SaidOn | None]) -> None:
    """Give a statement dated by week or month the day that the same speaker's next one in its paragraph names."""
    for number in range(len(dates) - 1, 0, -1):
        day, coarse = dates[number], dates[number - 1]
        if day is None or coarse is None or day.precision != "day" or coarse.precision not in {"week", "month"}:
            continue
        same = speakers[number].actor_id == speakers[number - 1].actor_id is not None
        if same and attributions[number].paragraph == attributions[number - 1].paragraph and is_within(day.on, coarse):
            dates[number - 1] = day


def is_within(day: date, coarse: SaidOn) -> bool:
    """Tell whether the day lies in the week or month."""
    if coarse.precision == "week":
        return 0 <= (day - coarse.on).days < 7
    return (day.year, day.month) == (coarse.on.year, coarse.on.month)
