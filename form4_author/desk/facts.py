"""What is known beside a file: what the command line says, and what the register has on its persons and issuer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from form4_author.model.facts import NO_FACTS, Facts, joined

if TYPE_CHECKING:
    from form4_author.model.filing import Filing
    from form4_author.register.database import Register
    from form4_author.register.place import RegisterPlace

__all__ = ["FactsSource"]


@dataclass(frozen=True, slots=True)
class FactsSource:
    """Facts for any filing. The register is opened at the first filing, once in each process."""

    stated: Facts = NO_FACTS
    register: str | None = None
    """Where the register is; empty for the usual place, None where it is not asked."""

    def of(self, filing: Filing) -> Facts:
        """The facts for one filing. Raises Form4Error where the register can't be read."""
        if self.register is None:
            return self.stated
        from form4_author.desk.register import register_at
        from form4_author.register.facts import facts

        with _opened(register_at(self.register)).reading() as session:
            return joined(self.stated, facts(session, filing))


@cache
def _opened(place: RegisterPlace) -> Register:
    from form4_author.desk.register import report_upgrade
    from form4_author.register.database import opened

    register = opened(place)
    report_upgrade(register)
    return register
