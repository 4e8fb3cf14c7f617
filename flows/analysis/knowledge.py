"""What the extractors know, loaded once a process."""

from functools import cache
from pathlib import Path

from config.load import load_configuration
from extractors.knowledge import Knowledge
from extractors.topics import TopicMatcher, compile_topics, topic_names


@cache
def knowledge_for(config_folder: Path | None) -> Knowledge:
    """Return gazetteer, lexicons and language pipeline of the configuration; the first call takes a second."""
    from extractors.language import load_language

    configuration = load_configuration(config_folder)
    return configuration.knowledge(load_language(configuration.settings.language.model))


@cache
def reference_knowledge(config_folder: Path | None) -> Knowledge:
    """Return the same without what reads texts, for all that works with what was found in them: loads in no time."""
    one = load_configuration(config_folder)
    return Knowledge(one.gazetteer, one.cues, one.escalation, one.thesaurus, None, one.digest)


@cache
def topic_matcher(config_folder: Path | None) -> TopicMatcher:
    """Return the topics of the configuration, compiled."""
    configuration = load_configuration(config_folder)
    return compile_topics(configuration.topics, topic_names(configuration.gazetteer))
