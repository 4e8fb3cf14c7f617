"""A document's own statements: neighbouring sentences that perform the same act towards the same side are one."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from extractors.model import Escalation, Evidence, Labelled, Span

UNOPPOSED = "no adversary in view"
NOTHING = "ASSESSMENT"  # what a sentence is labelled in which no act was found
LONGEST_CRY = 8  # words
BRIDGE = 1  # sentences without an act of their own between two of the same act, in which it goes on
# whoever does it is meant: "Should a single shell fall on us ..."
OPEN_THREATS = frozenset({"THREAT_FORCE", "THREAT_NONFORCE", "THREAT_UNSPEC", "ULTIMATUM"})
# what "we" or "I" do and want, as against what they remember, thank for and greet
_UNDERTAKING = re.compile(
    r"\b(?:we|I)(?:['’](?:ll|re|m|ve))?\b[^.;!?]{0,40}?\b(?:will|shall|must|cannot|can['’]t|won['’]t|remain|stand|support"
    r"|are (?:not |also |all |fully )?(?:committed|ready|determined|prepared|working|going)"
    r"|continue|urge|call|expect|want"
    r"|need|believe|oppose|agree|affirm|reaffirm|express|have made|have (?:imposed|taken|decided)|seek|hope|commit"
    r"|recogni[sz]e|ask|warn|note|have seen|know|see)\b"
    r"|\bour (?:goal|position|commitment|message|task|policy)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:thank(?:s|ful)?|grateful|gratitude|congratulat\w*|condolences?|prayers?|look(?:ing)? forward|welcome to"
    r"|(?:pleased|happy|glad|delighted|honou?red|an honou?r|pleasure|privilege) to|good (?:morning|afternoon|evening)"
    r"|great to (?:see|be)|eternal (?:glory|memory)|glory to|bid farewell|hang on|go ahead|i['’]m sorry|excuse me)\b",
    re.IGNORECASE,
)


def join_acts(
    labelled: Sequence[Labelled],
    own: Collection[int],
    text: str,
    *,
    about: Collection[int] = (),
    is_speech: bool = False,
) -> list[Labelled]:
    """Return the statements with runs of one act joined, and without own sentences that perform none.

    ``own`` holds the ordinals of the sentences in the document's own voice, ``about`` those of statements whose words
    name another side, aimed at or not; ordinals are given anew. A speech makes one
    point in many short sentences: there a run goes on as long as it stays hostile, or friendly.
    """
    others = [one for one in labelled if one.statement.ordinal not in own]
    sentences = [_calmed(one) if is_courtesy(one) else one for one in labelled if one.statement.ordinal in own]
    runs = _runs(sentences, text, about, is_speech=is_speech)
    joined = [_one(run, text) for run in runs]
    ordered = sorted([*others, *joined], key=_place)
    return [replace(one, statement=replace(one.statement, ordinal=number)) for number, one in enumerate(ordered)]


def performs(one: Labelled, about: Collection[int] = ()) -> bool:
    """Tell whether a sentence performs an act of the codebook: all but narration, courtesy and background.

    What is neutral counts where it is a kind of its own, such as a denial, weighs what another side does, says what
    the speaker's own side does or wants, or is neutral for the want of an adversary alone.
    """
    label = one.escalation
    if label.polarity != "neutral" or label.category != NOTHING or one.statement.targets:
        return True
    if _COURTESY.search(one.statement.content) or _is_exclaimed(one.statement.content):
        return False
    if one.statement.ordinal in about or any(why.rule == UNOPPOSED for why in label.evidence):
        return True
    return bool(_UNDERTAKING.search(one.statement.content))


def _is_exclaimed(content: str) -> bool:
    """Tell a short cry, by which an audience is greeted or stirred: "Brave people of a free land!"."""
    return content.endswith("!") and len(content.split()) <= LONGEST_CRY


def is_weak(one: Labelled) -> bool:
    """Tell whether an act is one only beside another: aimed at nobody, and told by the network alone."""
    if one.statement.targets or one.escalation.polarity == "neutral" or one.escalation.category in OPEN_THREATS:
        return False
    return _is_guessed(one)


def is_courtesy(one: Labelled) -> bool:
    """Tell whether an act is thanks or a greeting: a friendly one, or one that the network alone took for more."""
    polarity = one.escalation.polarity
    is_open = polarity == "de-escalatory" or (polarity == "escalatory" and _is_guessed(one))
    return is_open and bool(_COURTESY.search(one.statement.content))


def _is_guessed(one: Labelled) -> bool:
    rule = next((why.rule for why in one.escalation.evidence if why.effect == "label"), "")
    return rule.startswith("network")


def _runs(
    sentences: Sequence[Labelled], text: str, about: Collection[int], *, is_speech: bool
) -> Iterator[list[Labelled]]:
    """Yield the runs of one act, and the neutral statements that stand in none."""
    run: list[Labelled] = []
    between: list[Labelled] = []
    for one in sentences:
        follows = bool(run) and _follows([*run, *between][-1], one, text)
        if run and one.escalation.polarity == "neutral" and follows and len(between) < BRIDGE:
            between.append(one)
        elif run and follows and _is_same_act(run, one, is_apart=bool(between), is_speech=is_speech):
            run, between = [*run, *between, one], []
        else:
            yield from _ended(run, between, about)
            run, between = ([], [one]) if one.escalation.polarity == "neutral" else ([one], [])
            if not run:
                yield from _ended(run, between, about)
                between = []
    yield from _ended(run, between, about)


def _ended(run: list[Labelled], between: Sequence[Labelled], about: Collection[int]) -> Iterator[list[Labelled]]:
    if run and not all(is_weak(one) for one in run if one.escalation.polarity != "neutral"):
        yield run
    else:
        yield from ([calm] for calm in map(_calmed, run) if performs(calm, about))
    yield from ([one] for one in between if performs(one, about))


def _calmed(one: Labelled) -> Labelled:
    """Return an act with no adversary in view as what the codebook has it be: neutral."""
    why = Evidence(UNOPPOSED, "", None, "label")
    considered = [replace(each, effect="considered") for each in one.escalation.evidence if each.effect == "label"]
    confidence = 1 - one.escalation.confidence
    return replace(
        one, escalation=Escalation("neutral", NOTHING, 0, evidence=(why, *considered), confidence=confidence)
    )


def _follows(last: Labelled, one: Labelled, text: str) -> bool:
    """Tell whether a sentence stands right after another, in the same voice, and of the same day."""
    if last.statement.said_on != one.statement.said_on:
        return False
    before, here = last.statement.attribution, one.statement.attribution
    if before.paragraph != here.paragraph or before.source != here.source:
        return False
    return not text[before.spans[-1].end : here.spans[0].start].strip()


def _is_same_act(run: Sequence[Labelled], one: Labelled, *, is_apart: bool, is_speech: bool) -> bool:
    """Tell whether a sentence goes on with a run: the same act, or one that is none alone, towards the same side."""
    acts = [each for each in run if each.escalation.polarity != "neutral"]
    if acts[-1].escalation.polarity != one.escalation.polarity:
        return False
    is_alike = one.escalation.category in {each.escalation.category for each in acts if not is_weak(each)}
    is_attached = not is_apart and (is_weak(one) or all(is_weak(each) for each in acts))
    if not (is_alike or is_attached or is_speech):
        return False
    aimed = [{target.country or target.actor_id for target in each.statement.targets} for each in (*acts, one)]
    return not aimed[-1] or all(not sides or sides & aimed[-1] for sides in aimed[:-1])


def _one(run: Sequence[Labelled], text: str) -> Labelled:
    """Return a run as one statement, with the label and the targets of its gravest sentence."""
    if len(run) == 1:
        return run[0]
    gravest = max(run, key=lambda one: (not is_weak(one), one.escalation.severity))
    aimed = gravest.statement.targets or next((one.statement.targets for one in run if one.statement.targets), ())
    first, last = run[0].statement, run[-1].statement
    whole = Span(first.attribution.spans[0].start, last.attribution.spans[-1].end)
    attribution = replace(first.attribution, spans=(whole,))
    return Labelled(replace(first, content=whole.of(text), attribution=attribution, targets=aimed), gravest.escalation)


def _place(one: Labelled) -> tuple[int, int]:
    spans = one.statement.attribution.spans
    return spans[0].start, -spans[-1].end
