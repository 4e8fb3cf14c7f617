"""Correcting: what people say about who is who, entered in the ledger and applied to what is stored."""
