# test modules are compiled once, not by each worker at each run, whatever the environment says
export PYTHONDONTWRITEBYTECODE := ""

# The developer's commands: `uv run just` lists them.
default:
    @just --list

# everything that CI checks
check: format-check lint types contracts test

# rewrite the code in the house format
format:
    ruff format .
    ruff check --fix .

format-check:
    ruff format --check .

lint:
    ruff check .

types:
    mypy

contracts:
    lint-imports

# all tests
test:
    pytest -n auto --dist loadfile --no-loadscope-reorder

# the tests that need no server, no other process, no built wheel and hardly a database
test-fast:
    pytest -n auto --dist loadfile --no-loadscope-reorder -m "not slow"

# remake what is made from the code and the configuration: the warehouse reference, the codebook
docs:
    python -m warehouse.upkeep.reference > docs/warehouse.md
    python -m config.codebook > docs/codebook.md
    python -m flows.commands.showing.cookbook > docs/sql-cookbook.md
