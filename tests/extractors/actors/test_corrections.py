"""Corrections of who is who: merges, splits and renames as a ledger, applied to what was found in an article."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from extractors.actors.corrections.ledger import Correction, Ledger, NewFacts, linked_actors, make_ledger
from extractors.actors.corrections.reidentification import Scene, Utterance, correct_scene
from extractors.model import Actor, Mention, Office, Span, Speaker, Target

IDS = ("a", "b", "c", "d")
# the places of an article in which somebody may be named, one name each
NAMES = ("Ana Roe", "Roe", "Bo Lind", "Ana Ruiz Roe", "Lind")
HEAD = Actor("head", "Ida Head", "person", "NOR", offices=(Office("Harbour Minister", "NOR", None, date(2030, 1, 1)),))
WHO = {one: Actor(one, f"Name {one}", "person", "DNK") for one in IDS} | {"head": HEAD}


def merge(keep: str, other: str, *variants: str, key: str = "m") -> Correction:
    return Correction(f"{key}-{other}-{keep}", "merge", (other, *variants), keep)


def split(actor: str, to: str, **what: tuple[str, ...]) -> Correction:
    return Correction(f"s-{actor}-{to}", "split", (actor,), to, **what)  # type: ignore[arg-type]


def mention(at: int, actor: str, name: str) -> Mention:
    return Mention(actor, Span(at, at + len(name)), name)


def said(key: str, at: int, actor: str | None, *targets: str, place: Span | None = None) -> Utterance:
    """Return a statement that begins at ``at``; ``place`` is where its speaker is named."""
    speaker = Speaker("he", place, actor, f"found {actor}" if actor else None, "envoy", "SWE")
    return Utterance(key, (Span(at, at + 10),), speaker, tuple(Target(one, f"found {one}") for one in targets))


def scene(mentions: Sequence[Mention], *utterances: Utterance, article: str = "art") -> Scene:
    return Scene(article, date(2031, 3, 3), tuple(mentions), utterances, (None,) * len(mentions))


def who_is_who(found: Scene, *corrections: Correction) -> tuple[list[str], list[str | None], list[list[str]]]:
    """Return the actors of the mentions, the speakers and the targets."""
    now = correct_scene(found, make_ledger(corrections), WHO.get)
    return (
        [one.actor_id for one in now.mentions],
        [one.speaker.actor_id for one in now.utterances],
        [[target.actor_id for target in one.targets] for one in now.utterances],
    )


def test_a_merge_takes_mentions_statements_and_targets() -> None:
    found = scene(
        [mention(0, "a", "Ana Roe"), mention(20, "b", "Bo Lind")], said("s", 40, "a", "c"), said("t", 60, "c", "a")
    )
    assert who_is_who(found, merge("b", "a")) == (["b", "b"], ["b", "c"], [["c"], ["b"]])


def test_a_merged_speaker_bears_the_name_and_country_of_the_one_kept_and_the_role_of_the_text() -> None:
    (now,) = correct_scene(scene([], said("s", 0, "a")), make_ledger([merge("head", "a")]), WHO.get).utterances
    assert now.speaker == Speaker("he", None, "head", "Ida Head", "envoy", "NOR")
    unnamed = scene([], replace(said("s", 0, "a"), speaker=Speaker("he", None, "a", "found a")))
    (now,) = correct_scene(unnamed, make_ledger([merge("head", "a")]), WHO.get).utterances
    assert (now.speaker.role, now.speaker.country) == ("Harbour Minister", "NOR")


def test_nobody_is_aimed_at_twice_or_by_himself() -> None:
    found = scene([], said("s", 0, "a", "b", "c", "d"))
    assert who_is_who(found, merge("c", "b")) == ([], ["a"], [["c", "d"]])
    assert who_is_who(found, merge("a", "b")) == ([], ["a"], [["c", "d"]])


def test_chains_of_merges_lead_to_their_end_in_either_order() -> None:
    found = scene([mention(0, "a", "Ana Roe")])
    assert who_is_who(found, merge("b", "a"), merge("c", "b"))[0] == ["c"]
    assert who_is_who(found, merge("c", "b"), merge("b", "a"))[0] == ["c"]
    assert make_ledger([merge("b", "a"), merge("c", "b")]).standing("a") == "c"


def test_a_merge_in_a_circle_changes_nothing() -> None:
    found = scene([mention(0, "a", "Ana Roe"), mention(20, "b", "Bo Lind")])
    assert who_is_who(found, merge("b", "a"), merge("a", "b")) == who_is_who(found, merge("b", "a"))


def test_what_variants_of_the_merged_one_are_called_is_merged_too() -> None:
    found = scene([mention(0, "text:anna-roe", "Anna Roe")])
    assert who_is_who(found, merge("b", "a", "text:anna-roe"))[0] == ["b"]


def test_a_name_is_split_off_with_the_surnames_pronouns_and_targets_after_it() -> None:
    mentions = [mention(0, "a", "Ana Roe"), mention(20, "a", "Roe"), mention(100, "a", "Ana Ruiz Roe"),
                mention(120, "a", "Roe")]  # fmt: skip
    found = scene(
        mentions,
        said("by-surname", 40, "a", place=Span(20, 23)),
        said("by-pronoun", 60, "a", place=Span(75, 77)),
        said("of-the-other", 140, "a", place=Span(120, 123)),
        said("aimed", 145, "c", "a"),
    )
    now = who_is_who(found, split("a", "b", names=("Ana Roe",)))
    assert now == (["b", "b", "a", "a"], ["b", "b", "a", "c"], [[], [], [], ["a"]])


def test_a_name_before_the_first_full_one_goes_where_that_goes() -> None:
    found = scene([mention(0, "a", "Roe"), mention(20, "a", "Ana Roe"), mention(40, "a", "Bo Lind")])
    assert who_is_who(found, split("a", "b", names=("ana roe",)))[0] == ["b", "b", "a"]


def test_a_split_by_article_takes_all_of_it_and_nothing_else() -> None:
    here = scene([mention(0, "a", "Ana Roe")], said("s", 20, "a"), article="here")
    correction = split("a", "b", article_ids=("here",))
    assert who_is_who(here, correction) == (["b"], ["b"], [[]])
    assert who_is_who(replace(here, article_id="there"), correction) == (["a"], ["a"], [[]])


def test_a_split_by_name_and_article_wants_both() -> None:
    here = scene([mention(0, "a", "Ana Roe"), mention(20, "a", "Bo Lind")], article="here")
    correction = split("a", "b", names=("Bo Lind",), article_ids=("here",))
    assert who_is_who(here, correction)[0] == ["a", "b"]
    assert who_is_who(replace(here, article_id="there"), correction)[0] == ["a", "a"]


def test_a_split_by_statement_takes_the_speaker_with_the_name_that_introduces_him() -> None:
    found = scene(
        [mention(0, "a", "Ana Roe"), mention(40, "a", "Roe")],
        said("s", 20, "a", place=Span(0, 7)),
        said("t", 60, "a", place=Span(40, 43)),
    )
    assert who_is_who(found, split("a", "b", statement_ids=("t",))) == (["a", "b"], ["a", "b"], [[], []])


def test_a_later_correction_sees_what_the_earlier_ones_made() -> None:
    found = scene([mention(0, "a", "Ana Roe"), mention(20, "b", "Bo Lind")])
    one, two, three = merge("b", "a"), split("b", "c", names=("Ana Roe",)), merge("b", "c")
    assert who_is_who(found, one, two)[0] == ["c", "b"]
    assert who_is_who(found, one, two, three)[0] == ["b", "b"]
    assert who_is_who(found, two, three)[0] == ["a", "b"]


def test_renames_say_what_speakers_and_targets_are_called() -> None:
    facts = NewFacts("Ana Roe", "person", None, "Admiral")
    ledger = make_ledger([Correction("r", "rename", ("a",), "a", facts=facts)])
    one, other = correct_scene(scene([], said("s", 0, "a"), said("t", 20, "b", "a")), ledger, WHO.get).utterances
    assert one.speaker == Speaker("he", None, "a", "Ana Roe", "Admiral", "SWE")
    assert other.targets == (Target("a", "Ana Roe"),)
    assert ledger.describe(WHO["a"]).name == "Ana Roe"


def test_a_name_no_article_has_used_goes_with_the_split_too() -> None:
    ledger = make_ledger([merge("b", "a"), split("b", "c", names=("Ana Roe",))])
    assert (ledger.bearer("a", "ANA ROE"), ledger.bearer("a", "Bo Lind")) == ("c", "b")


def test_linked_actors_are_those_of_a_chain() -> None:
    corrections = [merge("b", "a"), merge("c", "b"), merge("y", "x")]
    assert linked_actors(corrections, ["a"]) == {"a", "b", "c"}
    assert linked_actors(corrections, ["z"]) == {"z"}


mentions = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(NAMES)), max_size=6)
merges = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda one: one[0] != one[1]), max_size=4
)
splits = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sets(st.sampled_from(NAMES), min_size=1))


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    named = [mention(20 * at, *one) for at, one in enumerate(draw(mentions))]
    speakers = draw(st.lists(st.sampled_from((*IDS, None)), max_size=4))
    places = [draw(st.one_of(st.none(), st.integers(0, 120).map(lambda at: Span(at, at + 5)))) for _ in speakers]
    aimed = [draw(st.sets(st.sampled_from(IDS), max_size=2)) for _ in speakers]
    utterances = [
        said(str(number), 30 * number, speaker, *sorted(targets), place=place)
        for number, (speaker, targets, place) in enumerate(zip(speakers, aimed, places, strict=True))
    ]
    return scene(named, *utterances)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Correction]:
    made: list[Correction] = [merge(*one, key=str(number)) for number, one in enumerate(draw(merges))]
    made += [
        split(actor, to, names=tuple(sorted(names)))
        for actor, to, names in draw(st.lists(splits, max_size=2))
        if actor != to
    ]
    return draw(st.permutations(made))


@given(scenes())
def test_no_corrections_change_nothing(found: Scene) -> None:
    assert correct_scene(found, Ledger(), WHO.get) == found


@given(scenes(), ledgers())
def test_saying_it_again_at_once_changes_nothing(found: Scene, corrections: list[Correction]) -> None:
    for one in corrections[-1:]:
        assert who_is_who(found, *corrections, one) == who_is_who(found, *corrections)


@given(scenes(), merges)
def test_who_is_one_does_not_depend_on_the_order_of_merges(found: Scene, pairs: list[tuple[str, str]]) -> None:
    made = [merge(*one) for one in pairs]

    def groups(ordered: Sequence[Correction]) -> set[frozenset[int]]:
        now = who_is_who(found, *ordered)[0]
        return {frozenset(at for at, one in enumerate(now) if one == actor) for actor in now}

    assert len({frozenset(groups(ordered)) for ordered in permutations(made)}) <= 1


@given(scenes(), ledgers(), st.data())
def test_what_is_merged_in_stands_nowhere_any_more(
    found: Scene, corrections: list[Correction], data: st.DataObject
) -> None:
    keep, other = data.draw(st.permutations(IDS))[:2]
    last = merge(keep, other, key="last")
    ledger = make_ledger([*corrections, last])
    before = make_ledger(corrections)
    gone = before.standing(other)
    now = who_is_who(found, *corrections, last)
    if gone != before.standing(keep):
        assert gone not in {*now[0], *now[1], *(one for row in now[2] for one in row)}
        assert ledger.standing(other) == ledger.standing(keep)


@given(scenes(), ledgers())
def test_as_many_mentions_and_statements_come_out_as_went_in(found: Scene, corrections: list[Correction]) -> None:
    now = correct_scene(found, make_ledger(corrections), WHO.get)
    assert [one.span for one in now.mentions] == [one.span for one in found.mentions]
    assert [one.statement_id for one in now.utterances] == [one.statement_id for one in found.utterances]
    known = set(IDS)
    assert {one.actor_id for one in now.mentions} <= known
    for moved, was, mention_now in zip(now.moved_by, found.mentions, now.mentions, strict=True):
        assert moved is not None or was.actor_id == mention_now.actor_id
