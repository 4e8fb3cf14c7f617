import pytest

from extractors.claims import Report, Thesaurus, compare


def likeness(one: str, other: str, thesaurus: Thesaurus) -> float:
    return compare(Report("1", "a", one), Report("2", "b", other), thesaurus).score


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the claims are groundless rumours", "these claims are baseless rumors"),
        ("we shall retaliate if the convoy enters the gulf", "we will respond should the convoy enter the gulf"),
        ("eleven envoys were expelled from Valletta", "the expulsion of 11 envoys from Valletta"),
        ("the coast guard fired on the trawler", "the coastguard fired at the trawler"),
        ("Zelenskyy's envoy walked out of the hall", "Zelenskiy's envoy walked out of the hall"),
    ],
)
def test_translation_and_spelling_survive(thesaurus: Thesaurus, one: str, other: str) -> None:
    assert likeness(one, other, thesaurus) > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5,000 soldiers will guard the canal", "400 soldiers will guard the canal"),
        ("our ships crossed the strait", "our ships never crossed the strait"),
    ],
)
def test_other_numbers_and_a_negation_speak_against(thesaurus: Thesaurus, one: str, other: str) -> None:
    assert likeness(one, other, thesaurus) < likeness(one, one.replace("will", "shall"), thesaurus)


def test_likeness_goes_both_ways(thesaurus: Thesaurus) -> None:
    one, other = "the bridge will be blown up", "they are going to blow up the railway bridge at noon"
    assert likeness(one, other, thesaurus) == pytest.approx(likeness(other, one, thesaurus))


def test_nothing_is_like_nothing(thesaurus: Thesaurus) -> None:
    assert likeness("", "", thesaurus) == 0.0
    assert likeness("and so it was", "the bridge will be blown up", thesaurus) == 0.0


def test_a_semantic_model_can_raise_the_score_of_a_paraphrase(thesaurus: Thesaurus) -> None:
    one, other = Report("1", "a", "hands off our coal"), Report("2", "b", "nobody may touch the mines")
    assert compare(one, other, thesaurus, semantic=lambda _a, _b: 0.9).score == 0.9
