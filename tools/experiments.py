"""What all tools share that store experiments: tables, of which each has a column of runs, one for each seed.

python -m tools.game_experiments                # all tables of a tool
python -m tools.game_experiments catch players  # some of them; the others stay as they are stored
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import process_time

from convnet_core.labs.kit.stored import LABS, stored
from tools.stored import store

SEEDS = 5
FILE = "experiments.json"


@dataclass(frozen=True)
class Experiments:
    """The tables of a lab.

    lab     the name of its folder, in which FILE lies
    tables  by name, what one seed comes to: a function seed -> {column: number}
    fewer   how many seeds a table has, where they are not SEEDS
    """

    lab: str
    tables: Mapping[str, Callable[[int], dict]]
    fewer: Mapping[str, int] = field(default_factory=dict)

    def seeds_of(self, table: str) -> range:
        """Whose seeds are in a table."""
        return range(self.fewer.get(table, SEEDS))

    def runs(self, table: str) -> dict:
        """What each seed came to, by the table's columns."""
        found = [self.tables[table](seed) for seed in self.seeds_of(table)]
        return {name: [one[name] for one in found] for name in found[0]}

    def make(self, *names: str) -> None:
        """Make these tables anew, or all of them, and store each as it is done. Raises ValueError on a name unknown."""
        unknown = [name for name in names if name not in self.tables]
        if unknown:
            raise ValueError(f"there is no table {unknown[0]!r}: there are {', '.join(self.tables)}")
        known = stored(self.lab, FILE) if (LABS / self.lab / FILE).exists() else {}
        for name in names or self.tables:
            known[name] = self.runs(name)
            store(self.lab, {each: known[each] for each in self.tables if each in known}, FILE)
            print(f"{name}: {len(known[name])} columns, {process_time():.0f} s of processor time so far", flush=True)
