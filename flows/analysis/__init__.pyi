from .alert import postman_of, ringing_of, tell_of_failure
from .cells import cell, markdown_table, plain
from .corrections import NOTHING, Desk, Done, Parting, correcting, merge, rename, split, undo
from .explanation import event_text, explanation_record, explanation_text
from .extract import ExtractedBatch, Extracting, extract_guarded, store_ends
from .extraction_workers import ExtractionCrew, current_crew, keep_crew
from .extractor import Chunk
from .knowledge import knowledge_for, reference_knowledge, topic_matcher
from .presence import present
from .preview import preview_rule
from .publish import publish_run
from .relate import UNFORESEEN, Foreseen, Related, relate_batch, to_report
from .report import COLUMNS, counts_words, run_markdown, table_rows
from .run import RunLog, begin_run
from .silence import WhyNot, silence_text, why_silent

__all__ = [
    "COLUMNS",
    "NOTHING",
    "UNFORESEEN",
    "Chunk",
    "Desk",
    "Done",
    "ExtractedBatch",
    "Extracting",
    "ExtractionCrew",
    "Foreseen",
    "Parting",
    "Related",
    "RunLog",
    "WhyNot",
    "begin_run",
    "cell",
    "correcting",
    "counts_words",
    "current_crew",
    "event_text",
    "explanation_record",
    "explanation_text",
    "extract_guarded",
    "keep_crew",
    "knowledge_for",
    "markdown_table",
    "merge",
    "plain",
    "postman_of",
    "present",
    "preview_rule",
    "publish_run",
    "reference_knowledge",
    "relate_batch",
    "rename",
    "ringing_of",
    "run_markdown",
    "silence_text",
    "split",
    "store_ends",
    "table_rows",
    "tell_of_failure",
    "to_report",
    "topic_matcher",
    "undo",
    "why_silent",
]
