"""What waits to be related is related, whatever its words."""

from pathlib import Path

import pytest
from spacy.language import Language

from config.load import load_configuration
from flows.analysis.relate import key_index, relate_anew, relate_batch
from tests.newsroom.configuration import write_config
from tests.warehouse.told import Said, tell
from warehouse.alerting.alerts import Ringing
from warehouse.connection import open_writer, transaction
from warehouse.storing.claims import statements_to_relate


@pytest.mark.slow
@pytest.mark.parametrize("words", ["neither side", "no", "…"], ids=["small-words", "one-word", "no-word"])
def test_a_statement_without_telling_words_is_related_anew_and_waits_no_more(
    words: str, tmp_path: Path, language: Language
) -> None:
    knowledge = load_configuration(write_config(tmp_path / "config", [])).knowledge(language)
    warehouse = tmp_path / "w.duckdb"
    with open_writer(warehouse) as con:
        tell(con, Said(words))
        con.execute("UPDATE statements SET speaker_id = NULL, speaker = NULL, pending = 'relate'")
    assert relate_batch(warehouse, knowledge, Ringing(()), articles=5).statements == 1
    assert relate_batch(warehouse, knowledge, Ringing(()), articles=5).statements == 0
    with open_writer(warehouse) as con:
        assert statements_to_relate(con, 5) == []
        (statement_id,) = con.execute("SELECT statement_id FROM statements").fetchone() or ("",)
        with transaction(con), key_index(con, knowledge) as index:
            assert relate_anew(con, index, [statement_id], knowledge) == 1
