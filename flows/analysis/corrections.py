"""Correcting who is who: what a user asks for as corrections, made in one transaction and published."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from config.load import Configuration, load_configuration
from extractors.actors import Correction, Ledger, NewFacts, fold, slug
from extractors.knowledge import Knowledge
from extractors.model import Actor, ActorKind
from flows.analysis.knowledge import reference_knowledge
from flows.analysis.relate import key_index, relate_anew
from warehouse.asking import Chosen, find_actor, find_articles, find_statements, known_ids, names_of
from warehouse.connection import Connection, missing, open_writer, rehearsal, transaction
from warehouse.correcting import Change, Changes, apply_change, record_change, statements_by, undo_change
from warehouse.storing import (
    Effect,
    KeyIndex,
    Signature,
    correction_key,
    find_correction,
    load_ledger,
    recorded,
    stored_actors,
)
from warehouse.upkeep import publish


@dataclass(frozen=True, slots=True)
class Done:
    """One correction that was made or taken back, and how much it changed."""

    correction_id: str
    kind: str
    actor_id: str
    name: str
    to_id: str
    to_name: str
    effect: Effect


NOTHING = NewFacts()


@dataclass(frozen=True, slots=True)
class Parting:
    """What a split takes out, and to whom it gives it: an actor, or a new one by name."""

    names: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    statement_ids: tuple[str, ...] = ()
    to: str | None = None
    new: str | None = None
    facts: NewFacts = NOTHING


@dataclass(frozen=True, slots=True)
class Desk:
    """The open warehouse with what corrections need to know; ``notes`` are told to the user."""

    con: Connection
    index: KeyIndex
    configuration: Configuration
    knowledge: Knowledge
    signature: Signature
    notes: list[str]

    @property
    def known(self) -> Mapping[str, Actor]:
        """Return the actors of the gazetteer."""
        return self.configuration.gazetteer.by_id

    def choose(self, given: str) -> Chosen:
        """Return whom a user means; says so where that one was merged into another."""
        found = find_actor(self.con, given, self.known)
        if found.named_id != found.actor_id:
            self.notes.append(f"{found.named_id} was merged into {found.actor_id} ({found.name}), who is taken for him")
        return found


@contextmanager
def correcting(
    config_folder: Path | None, warehouse: Path | None, signature: Signature, *, is_dry: bool
) -> Iterator[Desk]:
    """Open the warehouse for corrections; what the block changed is published, or undone where it is a dry run."""
    configuration = load_configuration(config_folder)
    target = warehouse or configuration.settings.paths.warehouse
    if not target.is_file():
        raise missing(target)
    knowledge = reference_knowledge(config_folder)
    with open_writer(target) as con:
        with rehearsal(con) if is_dry else transaction(con), key_index(con, knowledge) as index:
            yield Desk(con, index, configuration, knowledge, signature, [])
        if not is_dry:
            publish(con, target)


def merge(desk: Desk, keep: str, others: Sequence[str]) -> list[Done]:
    """Merge others into the one who is kept; those who are one with him already are passed over."""
    kept = desk.choose(keep)
    done = []
    for other in others:
        found = find_actor(desk.con, other, desk.known)
        if _is_to_merge(desk, load_ledger(desk.con), kept, found):
            change = Change(
                Correction("", "merge", (found.actor_id, *_variants(desk, kept, found)), kept.actor_id),
                (found.name, kept.name),
            )
            done.append(_make(desk, change))
    return done


def split(desk: Desk, actor: str, parting: Parting) -> Done:
    """Take names, articles or statements out of an actor and give them to another or a new one."""
    found = desk.choose(actor)
    if not (parting.names or parting.article_ids or parting.statement_ids):
        raise click.UsageError("say what to take out: --name, --article or --statement")
    if parting.statement_ids and (parting.names or parting.article_ids):
        raise click.UsageError("--statement stands alone: it says all by itself")
    _require_country(desk, parting.facts)
    names = _own_names(desk, found, parting.names)
    to, made, facts = _recipient(desk, found, replace(parting, names=names))
    one = Correction(
        "",
        "split",
        (found.actor_id,),
        to.actor_id,
        names,
        find_articles(desk.con, parting.article_ids),
        find_statements(desk.con, parting.statement_ids),
        facts,
    )
    done = _make(desk, Change(one, (found.name, to.name), made))
    if done.effect == Effect() and not names:
        raise click.UsageError(f"{found.name} ({found.actor_id}) is neither named nor quoted there")
    return done


def rename(desk: Desk, actor: str, facts: NewFacts) -> list[Done]:
    """Give an actor another name, kind, country or role; nothing where he has them already."""
    found = desk.choose(actor)
    if facts == NOTHING:
        raise click.UsageError("say what to change: NEW_NAME, --kind, --country or --role")
    _require_country(desk, facts)
    ledger = load_ledger(desk.con)
    actor_now = stored_actors(desk.con, [found.actor_id]).get(found.actor_id) or desk.known[found.actor_id]
    given = ledger.facts.get(found.actor_id, NOTHING)
    if facts.of(given.of(actor_now)) == given.of(actor_now) and facts.role in {None, given.role}:
        desk.notes.append(f"{found.name} ({found.actor_id}) is so already: nothing to do")
        return []
    one = Correction("", "rename", (found.actor_id,), found.actor_id, facts=facts)
    return [_make(desk, Change(one, (found.name, facts.name or found.name)))]


def undo(desk: Desk, given: Sequence[str]) -> list[Done]:
    """Take corrections back."""
    done = []
    for one in dict.fromkeys(find_correction(desk.con, each) for each in given):
        changes = undo_change(desk.con, one, desk.signature, desk.known)
        kind, actor_id, name, to_id, to_name = recorded(desk.con, one)
        effect = _effect(desk, changes, (actor_id, to_id))
        done.append(Done(one, kind, actor_id, name, to_id, to_name, effect))
    return done


def _make(desk: Desk, change: Change) -> Done:
    one = replace(change.correction, correction_id=correction_key(change.correction, desk.signature))
    named = replace(change, correction=one)
    changes = apply_change(desk.con, named, desk.known)
    effect = _effect(desk, changes, (one.to_id,) if one.facts.kind else ())
    record_change(desk.con, named, desk.signature, effect)
    return Done(one.correction_id, one.kind, one.actor_ids[0], change.names[0], one.to_id, change.names[1], effect)


def _effect(desk: Desk, changes: Changes, reclassed: Sequence[str]) -> Effect:
    """Relate what the changes concern anew; ``reclassed`` are actors whose kind is another one."""
    concerned = {*changes.statement_ids, *statements_by(desk.con, reclassed)}
    n_claims = relate_anew(desk.con, desk.index, sorted(concerned), desk.knowledge)
    return Effect(len(changes.statement_ids), changes.mentions, changes.targets, n_claims)


def _is_to_merge(desk: Desk, ledger: Ledger, kept: Chosen, other: Chosen) -> bool:
    """Tell whether there is anything to merge; refuses what would go in a circle or mix people with bodies."""
    if kept.named_id == other.named_id:
        raise click.UsageError(f"{other.named_id} cannot be merged with himself")
    if kept.actor_id == other.actor_id:
        by = ledger.merged_by(kept.named_id)
        if by is not None and other.named_id == other.actor_id:
            raise click.UsageError(
                f"{kept.named_id} was merged into {other.actor_id} by correction {by}: undo that first to keep him"
            )
        desk.notes.append(f"{other.named_id} is one with {kept.actor_id} already: nothing to do")
        return False
    if other.named_id != other.actor_id:
        raise click.UsageError(
            f"{other.named_id} was merged into {other.actor_id} by correction {ledger.merged_by(other.named_id)}: "
            f"merge {other.actor_id}, or undo that first"
        )
    _require_alike(kept, other)
    return True


def _require_alike(one: Chosen, other: Chosen) -> None:
    if (one.kind == "person") != (other.kind == "person"):
        raise click.UsageError(
            f"{one.actor_id} is of kind {one.kind}, {other.actor_id} of kind {other.kind}: if one of them is wrong, "
            "`tocsin actors rename ACTOR --kind KIND` first"
        )


def _require_country(desk: Desk, facts: NewFacts) -> None:
    if facts.country is not None and facts.country not in desk.configuration.gazetteer.countries:
        raise click.UsageError(f"{facts.country!r} is no country of actors.toml: give its ISO 3166 alpha-3 code")


def _variants(desk: Desk, kept: Chosen, other: Chosen) -> tuple[str, ...]:
    """Return the identifiers that a text would give the other one under the further full names he goes by."""
    full = (name for name in names_of(desk.con, other.actor_id) if " " in fold(name))
    ids = dict.fromkeys(f"text:{slug(name)}" for name in full)
    taken = known_ids(desk.con) | {kept.actor_id, other.actor_id}
    return tuple(one for one in ids if one not in taken)


def _own_names(desk: Desk, actor: Chosen, given: Sequence[str]) -> tuple[str, ...]:
    """Return the names as the actor bears them; refuses those he does not."""
    own = {fold(name): name for name in reversed(names_of(desk.con, actor.actor_id))}
    for name in given:
        if fold(name) not in own:
            known = ", ".join(list(reversed(own.values()))[:10]) or "none on record"
            raise click.UsageError(f"{actor.name} ({actor.actor_id}) is nowhere called {name!r}; his names: {known}")
    return tuple(dict.fromkeys(own[fold(name)] for name in given))


def _recipient(desk: Desk, actor: Chosen, parting: Parting) -> tuple[Chosen, tuple[Actor, ...], NewFacts]:
    """Return who gets what is split off, as a new actor with his facts where there is no such actor yet."""
    if parting.to is not None:
        to = desk.choose(parting.to)
        if parting.new is not None:
            raise click.UsageError("--to and --new exclude each other")
        if to.actor_id == actor.actor_id:
            raise click.UsageError(f"{to.actor_id} cannot be split off himself")
        _require_alike(actor, to)
        return to, (), NOTHING
    name = parting.new or next(iter(parting.names), None)
    if name is None:
        raise click.UsageError("say who it is: --to ACTOR or --new NAME")
    return _newcomer(desk, actor, name, parting.facts)


def _newcomer(desk: Desk, actor: Chosen, name: str, facts: NewFacts) -> tuple[Chosen, tuple[Actor, ...], NewFacts]:
    if not slug(name):
        raise click.UsageError(f"{name!r} is no name")
    actor_id = f"text:{slug(name)}"
    ledger, taken = load_ledger(desk.con), known_ids(desk.con)
    same = stored_actors(desk.con, [actor_id]).get(actor_id)
    if same is not None and actor_id != actor.actor_id and ledger.standing(actor_id) == actor_id:
        desk.notes.append(f"there is {actor_id} ({same.name}) already: it is given to him")
        return Chosen(actor_id, actor_id, ledger.describe(same).name, same.kind), (), NOTHING
    number = 2
    while actor_id in taken:
        actor_id, number = f"text:{slug(name)}~{number}", number + 1
    kind = facts.kind or _kind_of(desk, actor)
    made = Actor(actor_id, name, kind, facts.country, is_known=False)
    return Chosen(actor_id, actor_id, name, kind), (made,), facts.over(NewFacts(name=name, kind=kind))


def _kind_of(desk: Desk, actor: Chosen) -> ActorKind:
    found = stored_actors(desk.con, [actor.actor_id]).get(actor.actor_id) or desk.known[actor.actor_id]
    return load_ledger(desk.con).describe(found).kind
