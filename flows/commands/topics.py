"""`tocsin topics`: what is watched for, and why a text belongs to it or not."""

import json
from pathlib import Path

import click

from extractors.model import Article, Rejected
from flows.commands.options import common_options, inherited_json, inherited_options, json_option
from flows.telling import WorkFailedError

EXAMPLES = """\b
Examples:
  tocsin topics                                    the topics of the configuration
  tocsin topics test article.txt                   which topics a text belongs to, and why
  tocsin topics test https://example.org/1 --json  the same of a page, for machines
"""


@click.group("topics", epilog=EXAMPLES, invoke_without_command=True)
@common_options
@json_option
@click.pass_context
def command(ctx: click.Context, config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:  # noqa: ARG001
    """Show the topics of topics.toml, or explain what they make of a text."""
    if ctx.invoked_subcommand is None:
        _list(config_folder, as_json=as_json)


@command.command("list", epilog="\b\nExamples:\n  tocsin topics list --config my-dispute/")
@inherited_options
@inherited_json
def list_command(config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:  # noqa: ARG001
    """Show the topics with the number of their terms and what a match needs."""
    _list(config_folder, as_json=as_json)


@command.command(
    "test", epilog="\b\nExamples:\n  tocsin topics test article.txt\n  tocsin topics test page.html --json"
)
@click.argument("subject", metavar="FILE|URL")
@inherited_options
@inherited_json
def test_command(subject: str, config_folder: Path | None, warehouse: Path | None, as_json: bool) -> None:  # noqa: ARG001
    """Explain the decision on a text, page (.txt, .html) or address: topics, phrases and their places, what lacks."""
    from flows.analysis import topic_matcher
    from flows.commands.showing.topic_verdicts import verdict_record, verdict_text

    article = _read(subject, config_folder)
    if isinstance(article, Rejected):
        raise WorkFailedError(f"{subject}: {article.reason} {article.detail}".rstrip())
    matcher = topic_matcher(config_folder)
    decision, verdicts = matcher.decide_entry(article.title, None), matcher.explain(article.title, article.text)
    if as_json:
        print(json.dumps(verdict_record(subject, article, decision, verdicts), ensure_ascii=False))
    else:
        print(verdict_text(subject, article, decision, verdicts))


def _read(subject: str, config_folder: Path | None) -> Article | Rejected:
    from config.settings import settings_of
    from flows.commands.inputs import read_documents

    settings = settings_of(config_folder)
    if subject.startswith(("http://", "https://")):
        from flows.intake import read_address

        return read_address(subject, settings)
    if not Path(subject).is_file():
        raise click.BadParameter(f"there is no file {subject!r}, and it is no http or https address")
    (found,) = read_documents([subject], settings.limits, None)
    return found.outcome


def _list(config_folder: Path | None, *, as_json: bool) -> None:
    from config.files import ConfigError
    from config.topics import load_topics
    from flows.commands.showing.tables import render

    topics, problems = load_topics(config_folder)
    if topics is None:
        raise ConfigError(problems)
    columns = ("topic", "description", "groups", "n_phrases", "n_actors", "min_hits", "min_score")
    rows = [
        (
            one.name,
            one.description,
            [group.name for group in one.groups],
            sum(len(group.phrases) for group in one.groups),
            sum(len(group.actors) for group in one.groups),
            one.min_hits,
            one.min_score,
        )
        for one in topics
    ]
    print(render(columns, rows, "json" if as_json else "table"))
