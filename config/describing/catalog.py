"""Every file of the configuration with its model, and the JSON Schemas that editors check and complete it by."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from config.actors import ActorFile, NameFile, RoleFile
from config.alerts import Alerting
from config.claims import ClaimsFile
from config.cues import CueFile
from config.describing.schema import schema_of
from config.escalation import CodebookFile, ConflictsFile, EscalationFile
from config.layering.removing import REMOVE
from config.queries import QueriesFile
from config.settings import Settings
from config.sources import SourcesFile
from config.topics import TopicsFile

MODELS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "tocsin.toml": Settings,
        "sources.toml": SourcesFile,
        "topics.toml": TopicsFile,
        "queries.toml": QueriesFile,
        "actors.toml": ActorFile,
        "alerts.toml": Alerting,
        "conflicts.toml": ConflictsFile,
        "cues.toml": CueFile,
        "escalation.toml": EscalationFile,
        "codebook.toml": CodebookFile,
        "claims.toml": ClaimsFile,
        "roles.toml": RoleFile,
        "names.toml": NameFile,
    }
)
REMOVED = "What of the layers below shall not be there: lists of keys or words, or true for all of it."


def editor_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each file by its name.

    A file that is laid over another may leave out what is required of both together, so nothing is required here;
    `tocsin check` tells what is missing.
    """
    return {name: _editor_schema(name, model) for name, model in MODELS.items()}


def _editor_schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    made = _optional(schema_of(model))
    removed = {"type": "object", "description": REMOVED}
    properties = {**made.get("properties", {}), REMOVE: removed}
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, **made, "title": name, "properties": properties}


def _optional(node: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Return the schema with nothing required: a list is never the name of a property."""
    if isinstance(node, Mapping):
        return {key: _optional(one) for key, one in node.items() if not (key == "required" and isinstance(one, list))}
    return [_optional(one) for one in node] if isinstance(node, list) else node
