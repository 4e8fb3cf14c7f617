from .judging import KINDS, Kind, Trouble
from .metrics import CONTENT_TYPE, metrics_text
from .noting import note_run
from .place import disk_of, prefect_home, versions
from .record import read_record, read_vitals, record_path
from .survey import Survey, survey_of

__all__ = [
    "CONTENT_TYPE",
    "KINDS",
    "Kind",
    "Survey",
    "Trouble",
    "disk_of",
    "metrics_text",
    "note_run",
    "prefect_home",
    "read_record",
    "read_vitals",
    "record_path",
    "survey_of",
    "versions",
]
