"""Layers of configuration: a folder's files laid over those of the folder that it extends."""
