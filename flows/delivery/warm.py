"""What sending needs at hand: imported once for all workers, with the plugins that Apprise loads at its first use."""

import apprise
import httpx
import requests

from flows.delivery import wire

apprise.Apprise.instantiate("json://localhost")

__all__ = ["apprise", "httpx", "requests", "wire"]
