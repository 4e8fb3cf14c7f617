from .bundle import Bundle, pack, topics_version
from .comparing import compare_part, comparisons, drop_comparisons
from .engines import Call, Engine, flaw_of, open_engine
from .extracting import extract_part, findings_part, findings_parts, write_texts
from .folder import parts_folder
from .foreseeing import Comparisons
from .keeping import let_go
from .locating import locate
from .merging_findings import merge_findings
from .merging_pages import Crawl, Merged, begin_crawl, merge_pages
from .scanning import CrawlFile, crawl_file, is_url, pages_part, scan_file

__all__ = [
    "Bundle",
    "Call",
    "Comparisons",
    "Crawl",
    "CrawlFile",
    "Engine",
    "Merged",
    "begin_crawl",
    "compare_part",
    "comparisons",
    "crawl_file",
    "drop_comparisons",
    "extract_part",
    "findings_part",
    "findings_parts",
    "flaw_of",
    "is_url",
    "let_go",
    "locate",
    "merge_findings",
    "merge_pages",
    "open_engine",
    "pack",
    "pages_part",
    "parts_folder",
    "scan_file",
    "topics_version",
    "write_texts",
]
