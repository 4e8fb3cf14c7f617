"""A folder that extends the packaged files holds only what differs, and each mistake is told where it stands."""

import tomllib
from pathlib import Path

import pytest

from config.actors import load_gazetteer
from config.alerts import load_alerting
from config.cues import load_cues
from config.escalation import load_escalation
from config.files import PACKAGED, ConfigError
from config.load import load_configuration
from config.settings import load_settings
from config.sources import load_sources
from config.topics import load_topics

pytestmark = pytest.mark.slow

EXTENDS = 'extends = "packaged"\n'


def folder_of(folder: Path, settings: str = EXTENDS, **files: str) -> Path:
    """Write a folder of its own files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tocsin.toml").write_text(settings, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def problems_of(folder: Path) -> list[str]:
    """Return all that is wrong, a line each, with file names instead of paths."""
    with pytest.raises(ConfigError) as caught:
        load_configuration(folder)
    return [str(one).replace(f"{folder}/", "").replace(f"{PACKAGED}/", "packaged/") for one in caught.value.problems]


def test_one_new_actor_is_a_few_lines(tmp_path: Path) -> None:
    text = '[persons.mira-solen]\nname = "Mira Solen"\ncountry = "DNK"\noffices = ["foreign minister | 2024"]\n'
    own, problems = load_gazetteer(folder_of(tmp_path, actors=text))
    packaged, _ = load_gazetteer(None)
    assert own is not None, problems
    assert packaged is not None
    assert set(own.by_id) - set(packaged.by_id) == {"mira-solen"}
    assert set(packaged.by_id) < set(own.by_id)


def test_one_new_source_topic_and_rule_stand_beside_the_packaged_ones(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        sources='[[sources]]\nid = "quay"\nurl = "https://quay.example/feed"\ntopics = ["ferries"]\n',
        topics='[[topics]]\nname = "ferries"\nrule = "ferry"\n[topics.groups.ferry]\nphrases = ["ferry"]\n',
        alerts='[[rule]]\nname = "ferries"\ntopics = ["ferries", "north-korea"]\n',
    )
    own, packaged = load_configuration(folder), load_configuration(None)
    assert [one.source_id for one in own.sources] == [*(one.source_id for one in packaged.sources), "quay"]
    assert [one.name for one in own.topics] == [*(one.name for one in packaged.topics), "ferries"]
    assert [one.name for one in own.rules] == ["escalation", "ferries"]
    assert own.digest == packaged.digest


def test_an_entry_with_a_packaged_key_changes_what_it_gives_and_nothing_else(tmp_path: Path) -> None:
    alerts = '[[rule]]\nname = "escalation"\nseverity = 4\nfollow_ups = []\n'
    found, problems = load_alerting(folder_of(tmp_path, alerts=alerts))
    assert found is not None, problems
    (rule,) = found.rule
    assert (rule.severity, rule.follow_ups, rule.channels) == (4, (), ("log",))


def test_lists_of_words_add_up_and_lists_of_settings_are_replaced(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        f"{EXTENDS}[fetch]\nabsent_minutes = [9]\n",
        escalation='[words]\narms = ["trebuchet"]\n',
        topics='[[topics]]\nname = "north-korea"\n[topics.groups.matter]\nphrases = ["trebuchet*"]\n',
    )
    settings, _ = load_settings(folder)
    topics, _ = load_topics(folder)
    assert settings is not None
    assert topics is not None
    assert list(settings.fetch.absent_minutes) == [9]
    assert settings.fetch.max_tries == 5
    (korea,) = [one for one in topics if one.name == "north-korea"]
    (matter,) = [one for one in korea.groups if one.name == "matter"]
    assert {"ICBM*", "trebuchet*"} < set(matter.phrases)
    lexicon, _ = load_escalation(folder)
    assert lexicon is not None


def test_a_phrase_a_cue_and_a_name_are_added_to_the_lexicons(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        escalation='[[phrase]]\ncategory = "WARN_CONSEQUENCE"\nmatch = ["bell toll"]\nexample = "Bells will toll."\n',
        cues='[[verb]]\nclass = "say"\nframes = ["clause", "quote"]\nlemmas = ["yodel"]\n',
        names='[given]\nf = "Ylvali"\n',
    )
    own, packaged = load_escalation(folder)[0], load_escalation(None)[0]
    assert own is not None
    assert packaged is not None
    assert len(own.phrases) == len(packaged.phrases) + 1
    assert own.version != packaged.version
    cues, names = load_cues(folder)[0], load_gazetteer(folder)[0]
    assert cues is not None
    assert names is not None
    assert {"say", "yodel"} <= set(cues.verbs)
    assert names.names.given["ylvali"] == "f"
    assert len(names.names.given) > 100


def test_entries_words_and_whole_lists_can_be_removed(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        sources='[remove]\nsources = true\n[[sources]]\nid = "quay"\nurl = "https://quay.example/feed"\n',
        topics='[remove]\ntopics.north-korea.groups.matter.phrases = ["border"]\n',
        actors='[remove]\npersons = ["kim-yo-jong"]\n',
        cues='[remove]\nverb = ["brag"]\n',
        escalation='[remove]\nwords.arms = ["jet"]\n',
    )
    configuration = load_configuration(folder)
    assert [one.source_id for one in configuration.sources] == ["quay"]
    assert "kim-yo-jong" not in configuration.gazetteer.by_id
    assert "brag" not in configuration.cues.verbs
    topic = next(one for one in configuration.topics if one.name == "north-korea")
    assert all("border" not in group.phrases for group in topic.groups)
    assert len(configuration.topics) == len(load_configuration(None).topics)


def test_a_named_entry_can_be_removed_as_a_list_or_as_true(tmp_path: Path) -> None:
    for way in ('topics = ["north-korea"]', "topics.north-korea = true"):
        topics, problems = load_topics(folder_of(tmp_path, topics=f"[remove]\n{way}\n"))
        assert topics is not None, problems
        assert "north-korea" not in {one.name for one in topics}


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        (
            "actors",
            'persons = ["kim-yo-jon"]',
            "persons: nothing below is called 'kim-yo-jon'; did you mean 'kim-yo-jong'?",
        ),
        ("actors", "personss = true", "personss: nothing below is called 'personss'; did you mean 'persons'?"),
        ("sources", "sources = 3", "sources: is true for all of it, or a list of keys or words"),
    ],
)
def test_what_cannot_be_removed_is_told(tmp_path: Path, name: str, text: str, wanted: str) -> None:
    folder = folder_of(tmp_path, **{name: f"[remove]\n{text}"})
    assert problems_of(folder) == [f"{name}.toml: remove.{wanted} (line 2)"]


def test_what_is_removed_stands_in_a_table(tmp_path: Path) -> None:
    (found,) = problems_of(folder_of(tmp_path, sources="remove = 3"))
    assert found == "sources.toml: remove: is a table with the keys of what shall not be there (line 1)"


def test_removing_where_nothing_is_extended_is_a_mistake(tmp_path: Path) -> None:
    (found,) = problems_of(
        folder_of(tmp_path, "", roles=(PACKAGED / "roles.toml").read_text() + "\n[remove]\nx = true\n")
    )
    assert "roles.toml: remove: there is no layer below to remove from" in found


def test_a_mistake_in_an_added_entry_is_told_by_its_place_in_its_own_file(tmp_path: Path) -> None:
    sources = (
        '[[sources]]\nid = "quay"\nurl = "https://quay.example/feed"\n\n[[sources]]\nid = "bay"\nurl = "ftp://x"\n'
    )
    (found,) = problems_of(folder_of(tmp_path, sources=sources))
    assert found.startswith("sources.toml: sources.1.url: ")
    assert found.endswith("(line 7)")


def test_mistakes_stand_where_they_are_though_entries_below_are_gone(tmp_path: Path) -> None:
    cues = (
        '[[verb]]\nclass = "say"\nlemmas = ["yodel"]\nframe = ["clause"]\n[remove]\nverb = ["brag", "boast", "say"]\n'
    )
    topics = '[[topics]]\nname = "bay"\nrule = "x"\ngroups.x.phrases = ["..."]\n[remove]\ntopics = ["north-korea"]\n'
    assert problems_of(folder_of(tmp_path, cues=cues, topics=topics)) == [
        "cues.toml: verb.0.frame: Extra inputs are not permitted; did you mean 'frames'? (line 4)",
        "topics.toml: topics.0.groups.x.phrases: Value error, '...' has no words (line 4)",
    ]


def test_a_layer_in_the_middle_that_is_wrong_breaks_nothing_else(tmp_path: Path) -> None:
    folder_of(
        tmp_path / "base", cues='[[verb]]\nclass = "say"\nlemmas = 5\n', sources='[[sources]]\nid = ["a"]\nurl = "x"\n'
    )
    folder = folder_of(
        tmp_path / "own",
        'extends = "../base"\n',
        cues='[remove]\nverb = ["brag"]\n',
        sources='[[sources]]\nid = "yonhap"\n',
    )
    found = problems_of(folder)
    assert [one.partition("toml: ")[2].partition(":")[0] for one in found] == [
        "verb.0.lemmas",
        "sources.0.id",
        "sources.0.url",
    ]
    assert all("/base/" in one for one in found)


def test_a_key_added_twice_by_one_layer_is_still_a_mistake(tmp_path: Path) -> None:
    one = '[[sources]]\nid = "yonhap"\nenabled = false\n'
    found = problems_of(folder_of(tmp_path, sources=one * 2))
    assert found[0].startswith("sources.toml: sources.1.url: Field required")


def test_misspelt_keys_hide_no_other_mistake(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        f"{EXTENDS}[watch]\ninterval_minuts = 5\n",
        topics='[[topics]]\nname = "bay"\nrule = "ferry"\nmin_hit = 1\ngroups.ferry.actors = ["DNKK/*"]\n',
        actors='[persons.mira-solen]\nname = "Mira Solen"\ncolour = 3\n',
        alerts='[[rule]]\nname = "own"\nseverity = 9\ncategories = ["ULTIMATUMM"]\nchannels = ["logg"]\n',
    )
    assert problems_of(folder) == [
        "tocsin.toml: watch.interval_minuts: Extra inputs are not permitted; did you mean 'interval_minutes'? (line 3)",
        "alerts.toml: rule.0.severity: Input should be less than or equal to 5 (line 3)",
        "alerts.toml: rule.0 (own).channels: there is no channel 'logg'; did you mean 'log'? (line 5)",
        "actors.toml: persons.mira-solen.colour: Extra inputs are not permitted (line 3)",
        "topics.toml: topics.0.min_hit: Extra inputs are not permitted; did you mean 'min_hits'? (line 4)",
        "topics.toml: topics.0 (bay).groups.ferry.actors: there is no actor 'DNKK/*'; did you mean 'DNK/*'? (line 5)",
        "alerts.toml: rule.0 (own).categories: there is no category 'ULTIMATUMM'; did you mean 'ULTIMATUM'? (line 4)",
    ]


def test_folders_stand_on_one_another(tmp_path: Path) -> None:
    base = folder_of(tmp_path / "base", actors='[persons.mira-solen]\nname = "Mira Solen"\n', claims="")
    desk = folder_of(
        tmp_path / "desk",
        'extends = "../base"\n[watch]\nmax_pages = 7\n',
        actors='[persons.mira-solen]\ngender = "f"\n',
    )
    found, problems = load_gazetteer(desk)
    assert found is not None, problems
    assert (found.by_id["mira-solen"].name, found.by_id["mira-solen"].gender) == ("Mira Solen", "f")
    settings, _ = load_settings(desk)
    assert settings is not None
    assert (settings.watch.max_pages, settings.extends) == (7, "../base")
    assert base.is_dir()


@pytest.mark.parametrize(
    ("named", "words"),
    [("pakaged", "did you mean 'packaged'?"), (".", "extends this folder itself"), ("../no", "no folder")],
)
def test_a_folder_that_cannot_be_extended_is_told_once(tmp_path: Path, named: str, words: str) -> None:
    folder = folder_of(tmp_path / "own", f'extends = "{named}"\n', actors='[persons.a-b]\nname = "A B"\n')
    (found,) = problems_of(folder)
    assert found.startswith("tocsin.toml: extends: ")
    assert words in found


def test_a_settings_file_that_cannot_be_read_does_not_make_all_others_wrong(tmp_path: Path) -> None:
    (found,) = problems_of(folder_of(tmp_path, 'extends = "packaged\n', actors='[persons.a-b]\nname = "A B"\n'))
    assert "is not valid TOML" in found


def test_without_extends_a_file_replaces_the_packaged_one_and_a_short_one_says_how_to_add(tmp_path: Path) -> None:
    found = problems_of(folder_of(tmp_path, "", actors='[persons.mira-solen]\nname = "Mira Solen"\n'))
    assert [one for one in found if 'say extends = "packaged" in tocsin.toml' in one] == found[:2]
    sources, _ = load_sources(folder_of(tmp_path, "", sources='[[sources]]\nid = "a"\nurl = "https://a.example/"\n'))
    assert sources is not None
    assert len(sources) == 1


def test_a_packaged_entry_that_own_files_do_not_fit_is_told_with_what_to_do(tmp_path: Path) -> None:
    found = problems_of(folder_of(tmp_path, codebook='[remove]\ncategory = ["ULTIMATUM"]\n'))
    assert found
    for one in found:
        assert one.startswith("packaged/escalation.toml: ")
        assert "named 'ULTIMATUM'" in one
        assert "in a escalation.toml of your own" not in one
        assert "in an own escalation.toml" in one


def test_layers_change_the_digest_of_what_is_extracted(tmp_path: Path) -> None:
    own = load_configuration(folder_of(tmp_path, conflicts='groups = ["crows"]\n'))
    assert own.digest != load_configuration(None).digest


def test_every_packaged_file_laid_over_itself_is_itself(tmp_path: Path) -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in PACKAGED.glob("*.toml")}
    settings = EXTENDS + files.pop("tocsin")
    for name in ("cues", "escalation"):  # what has no name is added again, which doubles it
        assert "[[" in files.pop(name)
    own, packaged = load_configuration(folder_of(tmp_path, settings, **files)), load_configuration(None)
    assert own.gazetteer == packaged.gazetteer
    assert (own.sources, own.topics, own.rules, own.thesaurus) == (
        packaged.sources,
        packaged.topics,
        packaged.rules,
        packaged.thesaurus,
    )
    assert tomllib.loads(settings)["extends"] == "packaged"
