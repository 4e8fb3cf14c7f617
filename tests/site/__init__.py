"""A web of our own on loopback: ``Site`` serves it, ``faults`` breaks it."""

from tests.site.reply import Act, Reply, Request, Route, conditional, redirect, scripted, text
from tests.site.server import Site

__all__ = ["Act", "Reply", "Request", "Route", "Site", "conditional", "redirect", "scripted", "text"]
