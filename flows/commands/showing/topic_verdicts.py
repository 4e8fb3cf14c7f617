"""Why a text belongs to a topic or not, for people and machines."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from extractors.model import Article
from extractors.topics import EntryDecision, Hit, TopicMatch
from flows.telling import counted

AROUND = 30  # characters of the text shown on each side of a hit
HITS_SHOWN = 6  # of one group


def verdict_record(
    doc: str, article: Article, decision: EntryDecision, verdicts: Sequence[TopicMatch]
) -> dict[str, Any]:
    """Return the verdicts on one text as a JSON object; spans count in the title or in the text the reader gave."""
    return {
        "doc": doc,
        "title": article.title,
        "on_title": {"decision": decision.decision, "topics": list(decision.topics), "reason": decision.reason},
        "is_kept": any(one.is_match for one in verdicts),
        "topics": [_topic_record(one) for one in verdicts],
    }


def verdict_text(doc: str, article: Article, decision: EntryDecision, verdicts: Sequence[TopicMatch]) -> str:
    """Return the verdicts for people, those that match first."""
    kept = ", ".join(one.topic for one in verdicts if one.is_match)
    topics = f" for {', '.join(decision.topics)}" if decision.topics else ""
    lines = [
        f"{doc}: {article.title or 'untitled'}",
        f"  on the title alone: {decision.decision}{topics} ({decision.reason})",
        f"  on the full text: {f'kept for {kept}' if kept else 'not kept, it belongs to no topic'}",
    ]
    for one in sorted(verdicts, key=lambda one: (not one.is_match, -one.score)):
        why = "matches" if one.is_match else f"no match: {'; '.join(one.misses)}"
        lines.append(f"\n{one.topic}: {why} (score {one.score:g})")
        lines += _group_lines(one.hits, article)
    return "\n".join(lines)


def _group_lines(hits: Sequence[Hit], article: Article) -> list[str]:
    lines = []
    for group in dict.fromkeys(hit.group for hit in hits):
        found = [hit for hit in hits if hit.group == group]
        terms = dict.fromkeys(hit.term for hit in found)
        lines.append(f"  {group}: {counted(len(terms), 'term')} ({', '.join(terms)})")
        lines += [f"    {hit.where} {hit.span.start}: {_in_context(hit, article)}" for hit in found[:HITS_SHOWN]]
        lines += [f"    and {counted(len(found) - HITS_SHOWN, 'more place')}"] if len(found) > HITS_SHOWN else []
    return lines


def _in_context(hit: Hit, article: Article) -> str:
    text = (article.title or "") if hit.where == "title" else article.text
    before, after = text[max(0, hit.span.start - AROUND) : hit.span.start], text[hit.span.end :][:AROUND]
    return " ".join(f"{before}[{hit.span.of(text)}]{after}".split())


def _topic_record(verdict: TopicMatch) -> dict[str, Any]:
    return {
        "topic": verdict.topic,
        "is_match": verdict.is_match,
        "score": verdict.score,
        "misses": list(verdict.misses),
        "hits": [asdict(hit) for hit in verdict.hits],
    }
