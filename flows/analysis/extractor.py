"""What a worker does that extracts; apart from the rest, so that it imports no more than that takes.

The parser is imported where it is used: whoever only names these functions, the process of a flow, does without it.
"""

from pathlib import Path
from typing import TypeAlias

from extractors.model import Article, Findings
from flows.analysis.knowledge import knowledge_for

Chunk: TypeAlias = tuple[Article, ...]

WARMING = "“The harbour is open again,” said Port Minister Ada Lind on Monday. She warned it would be closed by force."


def load_knowledge(config_folder: Path | None) -> None:
    """Load what extraction needs, also what is loaded only when it is first used."""
    from extractors.reading import read_body

    body = read_body(WARMING)
    if isinstance(body, Article):
        extract_chunk(config_folder, (body,))


def extract_chunk(config_folder: Path | None, chunk: Chunk) -> list[Findings]:
    """Extract the articles of a chunk."""
    from extractors.pipeline import extract

    return list(extract(chunk, knowledge_for(config_folder)))
