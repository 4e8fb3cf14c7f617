"""A document's own statements: neighbouring sentences that perform the same act towards the same side are one."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from extractors.model import Labelled, Span

NOTHING = "ASSESSMENT"  # what a sentence is labelled in which no act was found


def join_acts(labelled: Sequence[Labelled], own: Collection[int], text: str) -> list[Labelled]:
    """Return the statements with runs of one act joined, and without own sentences that perform none.

    ``own`` holds the ordinals of the sentences in the document's own voice; ordinals are given anew.
    """
    others = [one for one in labelled if one.statement.ordinal not in own]
    acts = [one for one in labelled if one.statement.ordinal in own and performs(one)]
    joined = [_one(run, text) for run in _runs(acts, text)]
    ordered = sorted([*others, *joined], key=_place)
    return [replace(one, statement=replace(one.statement, ordinal=number)) for number, one in enumerate(ordered)]


def performs(one: Labelled) -> bool:
    """Tell whether a sentence performs an act of the codebook: all but narration, courtesy and background.

    What is neutral counts where it is a kind of its own, such as a denial, or weighs what another side does.
    """
    label = one.escalation
    return label.polarity != "neutral" or label.category != NOTHING or bool(one.statement.targets)


def _runs(acts: Sequence[Labelled], text: str) -> Iterator[list[Labelled]]:
    run: list[Labelled] = []
    for one in acts:
        if run and not _goes_on(run, one, text):
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _goes_on(run: Sequence[Labelled], one: Labelled, text: str) -> bool:
    """Tell whether a sentence follows the last one directly, and does the same to the same side."""
    last = run[-1]
    before, here = last.statement.attribution, one.statement.attribution
    if before.paragraph != here.paragraph or before.source != here.source:
        return False
    if text[before.spans[-1].end : here.spans[0].start].strip():
        return False
    if (last.escalation.polarity, last.escalation.category) != (one.escalation.polarity, one.escalation.category):
        return False
    aimed = [{target.country or target.actor_id for target in each.statement.targets} for each in (*run, one)]
    return not aimed[-1] or all(not sides or sides & aimed[-1] for sides in aimed[:-1])


def _one(run: Sequence[Labelled], text: str) -> Labelled:
    """Return a run as one statement, with the label and the targets of its gravest sentence."""
    if len(run) == 1:
        return run[0]
    gravest = max(run, key=lambda one: one.escalation.severity)
    aimed = gravest.statement.targets or next((one.statement.targets for one in run if one.statement.targets), ())
    first, last = run[0].statement, run[-1].statement
    whole = Span(first.attribution.spans[0].start, last.attribution.spans[-1].end)
    attribution = replace(first.attribution, spans=(whole,))
    return Labelled(replace(first, content=whole.of(text), attribution=attribution, targets=aimed), gravest.escalation)


def _place(one: Labelled) -> tuple[int, int]:
    spans = one.statement.attribution.spans
    return spans[0].start, -spans[-1].end
