"""The rule of a topic: ``koreas and near(moscow, arms, 30) and not sport``, over its named groups of terms.

Written in Python's own expression syntax and read with its parser, so there is no grammar to maintain.
"""

import ast
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeAlias

DEFAULT_NEAR_WORDS = 25  # about the length of a sentence in news


@dataclass(frozen=True, slots=True)
class HasGroup:
    """At least ``n_distinct`` different terms of the group occur."""

    group: str
    n_distinct: int = 1


@dataclass(frozen=True, slots=True)
class Near:
    """A term of one group stands within ``n_words`` words of a term of the other."""

    left: str
    right: str
    n_words: int


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Rule", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: "Rule"


Rule: TypeAlias = HasGroup | Near | Both | Either | Without


class RuleError(ValueError):
    """A rule that cannot be read, with words a user understands."""


def parse_rule(text: str, groups: Collection[str]) -> Rule:
    """Read a rule over the named groups; raise ``RuleError`` for anything else."""
    try:
        tree = ast.parse(text.strip().replace("\n", " "), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise RuleError(f"is not a rule: {text!r}") from error
    return _rule(tree.body, groups)


def holds(rule: Rule, n_distinct: Callable[[str], int], is_near: Callable[[str, str, int], bool]) -> bool:
    """Tell whether the rule holds, given how many terms of a group occur and which groups stand near each other."""
    match rule:
        case HasGroup(group, needed):
            return n_distinct(group) >= needed
        case Near(left, right, n_words):
            return is_near(left, right, n_words)
        case Both(parts):
            return all(holds(part, n_distinct, is_near) for part in parts)
        case Either(parts):
            return any(holds(part, n_distinct, is_near) for part in parts)
        case Without(part):
            return not holds(part, n_distinct, is_near)


def can_hold(rule: Rule, n_distinct: Callable[[str], int], is_near: Callable[[str, str, int], bool]) -> bool:
    """Tell whether more text could still make the rule hold: words can be added to a text, not taken away."""
    match rule:
        case HasGroup(_) | Near(_, _, _):
            return True
        case Both(parts):
            return all(can_hold(part, n_distinct, is_near) for part in parts)
        case Either(parts):
            return any(can_hold(part, n_distinct, is_near) for part in parts)
        case Without(part):
            return not holds(part, n_distinct, is_near)


def wanted(rule: Rule) -> frozenset[str]:
    """Return the groups that speak for the topic: those not under a ``not``."""
    match rule:
        case HasGroup(group):
            return frozenset({group})
        case Near(left, right):
            return frozenset({left, right})
        case Both(parts) | Either(parts):
            return frozenset().union(*map(wanted, parts))
        case Without(_):
            return frozenset()


def without_exclusions(rule: Rule) -> Rule:
    """Return the rule as a page has to meet it that shows more than the article: no word of it can exclude a topic."""
    match rule:
        case HasGroup() | Near():
            return rule
        case Both(parts):
            return Both(tuple(map(without_exclusions, parts)))
        case Either(parts):
            return Either(tuple(map(without_exclusions, parts)))
        case Without(_):
            return Both(())


def _rule(node: ast.expr, groups: Collection[str]) -> Rule:
    match node:
        case ast.Name(id=name):
            return HasGroup(_group(name, groups))
        case ast.BoolOp(op=ast.And(), values=values):
            return Both(tuple(_rule(value, groups) for value in values))
        case ast.BoolOp(op=ast.Or(), values=values):
            return Either(tuple(_rule(value, groups) for value in values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Without(_rule(operand, groups))
        case ast.Call(func=ast.Name(id="near"), args=[ast.Name(id=left), ast.Name(id=right), *rest], keywords=[]):
            n_words = _number(rest[0]) if len(rest) == 1 else DEFAULT_NEAR_WORDS if not rest else 0
            return Near(_group(left, groups), _group(right, groups), _positive(n_words))
        case ast.Call(func=ast.Name(id="atleast"), args=[count, ast.Name(id=name)], keywords=[]):
            return HasGroup(_group(name, groups), _positive(_number(count)))
    raise RuleError(f"cannot use {ast.unparse(node)!r}: write groups, and, or, not, near(a, b, 30), atleast(2, a)")


def _group(name: str, groups: Collection[str]) -> str:
    if name not in groups:
        raise RuleError(f"names the group {name!r}, which the topic does not have ({', '.join(sorted(groups))})")
    return name


def _number(node: ast.expr) -> int:
    return node.value if isinstance(node, ast.Constant) and type(node.value) is int else 0


def _positive(number: int) -> int:
    if number < 1:
        raise RuleError("needs a whole number above zero in near() and atleast()")
    return number
