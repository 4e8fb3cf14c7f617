-- Counts commits in the file itself; the ledger beside it (warehouse/ledger.py) says how many there have to be.
CREATE SEQUENCE IF NOT EXISTS commits;
