"""States and countries as a filer may write them: EDGAR's codes and names, ISO codes, common names."""

from __future__ import annotations

from string import capwords
from typing import TYPE_CHECKING, Final, NamedTuple

from form4_author import codes
from form4_author.errors import MalformedValue
from form4_author.wizard.entry import AnswerInDoubt, code_typed

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COUNTRY", "STATE", "Listed"]


class Listed(NamedTuple):
    """A list of codes as a prompt has it."""

    names: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    elsewhere: Mapping[str, str]

    def meant(self, typed: str) -> str:
        """The code that a text means in this list, whatever it means in the other; empty where it is none."""
        try:
            return code_typed(typed, self.names, self.aliases, self.elsewhere)
        except AnswerInDoubt as doubt:
            return doubt.meant
        except MalformedValue:
            return ""

    def is_iso(self, typed: str) -> bool:
        """Whether a text is written as an ISO 3166 code of what it means here."""
        folded = codes.folded(typed)
        return len(folded) in (2, 3) and folded in self.aliases

    def in_words(self, code: str) -> str:
        """The name of a code as a sentence has it: ``Germany`` for GERMANY."""
        return capwords(self.names.get(code, ""))


def _meanings(
    names: Mapping[str, str], aliases: Mapping[str, tuple[str, ...]], list_of: str
) -> dict[str, str]:
    """What a text means in a list, by the text folded: a code, a name or an alias."""
    meant = {codes.folded(text): code for code, name in names.items() for text in (code, name)}
    for alias, found in aliases.items():
        meant.setdefault(alias, found[0])
    return {text: f"{code} {names[code]} in the list of {list_of}" for text, code in meant.items()}


_STATES: Final = {s.code: s.name for s in codes.states().values()}
_COUNTRIES: Final = {c.code: c.name for c in codes.countries().values() if not c.obsolete}

STATE: Final = Listed(
    names=_STATES,
    aliases=codes.state_aliases(),
    elsewhere=_meanings(_COUNTRIES, codes.country_aliases(), "countries"),
)
"""What a prompt for a US state or territory takes."""
COUNTRY: Final = Listed(
    names=_COUNTRIES,
    aliases=codes.country_aliases(),
    elsewhere=_meanings(_STATES, codes.state_aliases(), "states"),
)
"""What a prompt for a country or Canadian province takes."""
