"""The cue lexicon: a user's file replaces the packaged one, and every error in it is named."""

from pathlib import Path

from config.cues import load_cues

SMALL = """
[[verb]]
class = "threat"
frames = ["infinitive", "object"]
lemmas = ["threaten"]

[[verb]]
class = "demand"
frames = ["preposition"]
prepositions = ["for"]
lemmas = ["call"]

[[verb]]
class = "describe"
frames = ["name"]
lemmas = ["call"]
"""


def test_the_packaged_file_is_valid() -> None:
    """The packaged lexicon loads and knows the plainest cue."""
    lexicon, problems = load_cues(None)
    assert problems == []
    assert lexicon is not None
    said = lexicon.verb("say")
    assert said is not None
    assert said.takes("clause")
    assert said.takes("quote")


def test_a_users_file_replaces_it(tmp_path: Path) -> None:
    """A lexicon in the user's folder is the whole lexicon."""
    (tmp_path / "cues.toml").write_text(SMALL, encoding="utf-8")
    lexicon, problems = load_cues(tmp_path)
    assert problems == []
    assert lexicon is not None
    assert set(lexicon.verbs) == {"threaten", "call"}


def test_a_lemma_of_two_groups_keeps_a_class_for_each_frame(tmp_path: Path) -> None:
    """Frames of a lemma add up; each keeps the class it was given with."""
    (tmp_path / "cues.toml").write_text(SMALL, encoding="utf-8")
    lexicon, _ = load_cues(tmp_path)
    assert lexicon is not None
    call = lexicon.verbs["call"]
    assert (call.class_of("preposition"), call.class_of("name")) == ("demand", "describe")
    assert call.prepositions == {"for"}


def test_every_error_is_named_with_its_key(tmp_path: Path) -> None:
    """An unknown frame and an empty list of lemmas are reported together."""
    wrong = '[[verb]]\nclass = "threat"\nframes = ["loudly"]\nlemmas = []\n'
    (tmp_path / "cues.toml").write_text(wrong, encoding="utf-8")
    lexicon, problems = load_cues(tmp_path)
    assert lexicon is None
    assert {"verb.0.frames.0", "verb.0.lemmas"} <= {problem.key for problem in problems}
