"""The promises made of claims, on the invented disputes nothing was tuned on."""

import pytest

from extractors.claims import Thesaurus
from tests.bench.quality_claims import cases_of, relate_at_once, relate_one_by_one, score
from tests.extractors.claims.cases import read_half


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_reports_of_one_utterance_become_one_claim(thesaurus: Thesaurus, half: str) -> None:
    cases = cases_of(half)
    relation = relate_at_once(cases, thesaurus)
    result = score(cases, relation.claims, relation)
    # The weights are those of real news, where a paraphrase shares fewer words with its quote than in these cases.
    assert result.f1 >= 0.82
    assert result.precision >= 0.85


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_the_same_words_of_another_speaker_are_hardly_and_repeats_never_merged(thesaurus: Thesaurus, half: str) -> None:
    cases = cases_of(half)
    wrong = score(cases, relate_at_once(cases, thesaurus).claims).wrong
    assert wrong["speaker"][0] <= 1  # a paraphrase by the government alone may be either of its two ministers'
    assert wrong["again"][0] == 0


def test_reports_in_the_shape_of_real_news_become_one_claim_a_point(thesaurus: Thesaurus) -> None:
    """Lead and quote, fragments, offices, wrong labels, translations, nobody in particular; other points stay apart."""
    cases = cases_of("shapes")
    result = score(cases, relate_at_once(cases, thesaurus).claims)
    assert result.f1 >= 0.9
    assert not any(wrong for wrong, _ in result.wrong.values())


def test_repeats_on_another_day_are_found(thesaurus: Thesaurus) -> None:
    cases = cases_of("measure")
    relation = relate_at_once(cases, thesaurus)
    found, of = score(cases, relation.claims, relation).repeats
    assert found >= of - 1


@pytest.mark.parametrize("half", ["tune", "measure"])
def test_blocking_keys_and_arrival_one_by_one_give_the_claims_of_one_batch(thesaurus: Thesaurus, half: str) -> None:
    cases = cases_of(half)

    def groups(claims: object) -> set[frozenset[str]]:
        return {frozenset(report.statement_id for report in claim.reports) for claim in claims}  # type: ignore[attr-defined]

    assert groups(relate_one_by_one(cases, thesaurus)) == groups(relate_at_once(cases, thesaurus).claims)


def test_there_are_groups_enough_and_disputes_enough() -> None:
    halves = {half: read_half(half) for half in ("tune", "measure")}
    groups: dict[str, int] = {}
    for half, disputes in halves.items():
        for dispute, cases in disputes.items():
            for case in cases:
                groups[f"{half}/{dispute}/{case.utterance}"] = groups.get(f"{half}/{dispute}/{case.utterance}", 0) + 1
    assert sum(len(disputes) for disputes in halves.values()) >= 10
    assert sum(2 <= n <= 6 for n in groups.values()) >= 60
