"""topics.toml: what is watched for."""

from pathlib import Path

from pydantic import Field, field_validator

from config.files import Problem, Section, read_file
from config.places import locate
from extractors.topics import RuleError, TermGroup, Topic, folded_line, parse_rule

FILE = "topics.toml"


class GroupSection(Section):
    """Terms of which any one counts."""

    phrases: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()

    @field_validator("phrases")
    @classmethod
    def has_words(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        for phrase in phrases:
            if not folded_line(phrase):
                raise ValueError(f"{phrase!r} has no words")
            if phrase.endswith("*") and len(folded_line(phrase)) < 3:
                raise ValueError(f"{phrase!r} begins too many words: three letters at least")
        return phrases


class TopicSection(Section):
    """One topic: groups of terms and the rule over them."""

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    description: str = ""
    rule: str
    groups: dict[str, GroupSection] = Field(min_length=1)
    min_hits: int = Field(default=1, ge=1, le=50)
    min_score: float = Field(default=1, ge=0, le=100)
    title_weight: float = Field(default=3, ge=0, le=100)
    hints: tuple[str, ...] = ()


class TopicsFile(Section):
    """The whole file."""

    topics: tuple[TopicSection, ...] = Field(min_length=1)


def load_topics(folder: Path | None) -> tuple[tuple[Topic, ...] | None, list[Problem]]:
    """Return the topics of the user's file or the packaged one, and all that is wrong with them."""
    read, problems = read_file(folder, FILE, TopicsFile)
    if read is None:
        return None, problems
    file = str(locate(folder, FILE))
    topics = []
    for number, section in enumerate(read.topics):
        key = f"topics.{number} ({section.name})"
        found, problem = _topic(section)
        topics += [found] if found else []
        problems += [Problem(file, key, problem)] if problem else []
        if section.name in {other.name for other in read.topics[:number]}:
            problems.append(Problem(file, key, "another topic has this name"))
    return (None if problems else tuple(topics)), problems


def _topic(section: TopicSection) -> tuple[Topic | None, str | None]:
    try:
        rule = parse_rule(section.rule, section.groups)
    except RuleError as error:
        return None, f"rule {error}"
    unknown = [hint for hint in section.hints if hint not in section.groups]
    if unknown:
        return None, f"hints name the group {unknown[0]!r}, which the topic does not have"
    groups = tuple(TermGroup(name, group.phrases, group.actors) for name, group in section.groups.items())
    settings = section.model_dump(include={"name", "description", "min_hits", "min_score", "title_weight", "hints"})
    return Topic(groups=groups, rule=rule, **settings), None
