from .credential import credential_file
from .importing import much_imported
from .proving.trial import Step, prove
from .runner import serve
from .server import ServedPages, Server, lasting_server, temporary_server
from .settings import is_api_configured, use_embedded_defaults

__all__ = [
    "ServedPages",
    "Server",
    "Step",
    "credential_file",
    "is_api_configured",
    "lasting_server",
    "much_imported",
    "prove",
    "serve",
    "temporary_server",
    "use_embedded_defaults",
]
