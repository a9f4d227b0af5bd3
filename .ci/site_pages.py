"""Hook of MkDocs: the pages of events, rules, codes and commands, made from the program while the site is built."""

from __future__ import annotations

import contextlib
import html
import io
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from form4_author import cli, codes
from form4_author.checks.registry import GROUPS, by_id, rules
from form4_author.cli.explain import code_text
from form4_author.desk.event_example import event_examples
from form4_author.page.reference import entry
from form4_author.wizard.recipes import RECIPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from form4_author.page.reference import RuleEntry
    from form4_author.wizard.recipe import Recipe

__all__ = ["on_config", "on_files", "pages"]

_CHECKOUT = Path(__file__).resolve().parents[1]
_MADE = "<!-- made while the site is built -->\n\n"
_NO_EDGE = re.compile(r"([\\`*_\[\]#|])")
_RULE = re.compile(r"\b[A-Z][A-Z0-9]{1,2}-\d{3}\b")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Each section that has only its overview in mkdocs.yml gets its pages."""
    sections: dict[str, list[str]] = {
        "events/index.md": [f"events/{each.id}.md" for each in RECIPES],
        "rules/index.md": [f"rules/{group}.md" for group in GROUPS],
    }
    for listed in _lists(config.nav):
        listed.extend(sections.get(str(listed[0]), []))
    return config


def _lists(nav: object) -> Iterator[list[object]]:
    """Every list of the navigation."""
    if isinstance(nav, list):
        yield nav
        for each in nav:
            yield from _lists(each)
    elif isinstance(nav, dict):
        for each in nav.values():
            yield from _lists(each)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The generated pages join the written ones."""
    for path, text in pages().items():
        files.append(File.generated(config, path, content=text))
    return files


def pages() -> dict[str, str]:
    """The text of each generated page by its path in docs/."""
    return {
        "events/index.md": _MADE + _event_list(),
        **{f"events/{each.id}.md": _MADE + _event(each) for each in RECIPES},
        "rules/index.md": _MADE + _rule_list(),
        **{f"rules/{group}.md": _MADE + _rule_group(group) for group in GROUPS},
        "codes.md": _MADE + _codes(),
        "commands.md": _MADE + _commands(),
        "changelog.md": (_CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8"),
    }


def _plain(text: str) -> str:
    """Text in which no character means anything to Markdown."""
    return _NO_EDGE.sub(r"\\\1", html.escape(text, quote=False))


def _linked(text: str) -> str:
    """The same, with a link where a rule is named."""

    def link(found: re.Match[str]) -> str:
        group, known = found[0].rpartition("-")[0], found[0] in by_id()
        return f"[{found[0]}](../rules/{group}.md#{found[0].lower()})" if known else found[0]

    return _RULE.sub(link, _plain(text))


# --- events -------------------------------------------------------------------------------------------------


def _event_list() -> str:
    rows = "".join(f"| {each.number} | [{_plain(each.label)}]({each.id}.md) |\n" for each in RECIPES)
    return (
        "# Events\n\nThe interview asks what happened and offers these events. Type words such as `vest` or `gift` to"
        " find one. Each page says how the event is reported and by which rule, and shows the questions with an"
        " example. `form4 events gift` prints the same.\n\n"
        f"| | Event |\n| --- | --- |\n{rows}"
    )


def _event(recipe: Recipe) -> str:
    example = event_examples()[recipe.id]
    who = (
        f"Directors and officers ({recipe.insiders_by})"
        if recipe.insiders
        else "Directors, officers and 10% owners"
    )
    asked = "".join(f"| {_plain(question)} | {_plain(answer)} |\n" for question, answer in example.asked)
    parts = [
        f"# {_plain(recipe.label)}",
        f"**On the form.** {_linked(recipe.rule)}",
        f"**Who may use it.** {_plain(who)}.",
        f"**In the interview.** {_chosen(recipe)}",
        "## Example\n\nThe questions in their order, each with an answer:",
        f"| Question | Answer |\n| --- | --- |\n{asked}".rstrip(),
        "What follows on the form:",
        "\n".join(("```text", *example.lines, "```")),
        *(("As a footnote:", *(f"> {_plain(note)}" for note in example.notes)) if example.notes else ()),
    ]
    return "\n\n".join(parts) + "\n"


def _chosen(recipe: Recipe) -> str:
    words = f" It is also found by these words: {_plain(recipe.also)}." if recipe.also else ""
    return f"Event {recipe.number} of the list under “What happened?”.{words}"


# --- rules and codes ----------------------------------------------------------------------------------------


def _rule_list() -> str:
    parts = [
        "# Rules",
        f"Every check that `form4 check` makes: {len(rules())} rules. `form4 explain HLD-003` prints one of them.",
        (
            "A `suspense` finding is one for which EDGAR suspends the filing; it cannot be overridden. An `error`"
            " contradicts the form's instructions or a rule; it can be overridden with a written reason. A"
            " `warning` is probably a mistake. A `note` is for your information."
        ),
    ]
    for group, title in GROUPS.items():
        rows = "".join(
            f"| [{rule.id}]({group}.md#{rule.id.lower()}) | {rule.severity} | {_plain(rule.title)} |\n"
            for rule in _of(group)
        )
        parts.append(
            f"## {_plain(title)}\n\n| Rule | Severity | Title |\n| --- | --- | --- |\n{rows}".rstrip()
        )
    return "\n\n".join(parts) + "\n"


def _of(group: str) -> list[RuleEntry]:
    return [entry(rule) for rule in rules() if rule.id.rpartition("-")[0] == group]


def _rule_group(group: str) -> str:
    return "\n\n".join([f"# {_plain(GROUPS[group])}", *(_rule(each) for each in _of(group))]) + "\n"


def _rule(rule: RuleEntry) -> str:
    terms = [*rule.parts, *(("Source", text) for text, _ in rule.sources), *rule.terms]
    addresses = dict(rule.sources)
    lines = [
        f"## {rule.id} {_plain(rule.title)} {{ #{rule.id.lower()} }}",
        f"**{rule.severity}.** {_linked(rule.what)}",
    ]
    for name, text in terms:
        shown = _linked(text)
        if name == "Source" and addresses[text]:
            shown = f"[{_plain(text)}]({addresses[text]})"
        lines.append(f"**{name}.** {shown}" if text else "")
    return "\n\n".join(line for line in lines if line)


def _codes() -> str:
    parts = ["# Transaction codes", "What `form4 explain` prints for each code."]
    for table in (codes.transaction_codes(), codes.printed_flags()):
        parts += [f"## {code}\n\n```text\n{code_text(each).rstrip()}\n```" for code, each in table.items()]
    return "\n\n".join(parts) + "\n"


# --- commands -----------------------------------------------------------------------------------------------


def _commands() -> str:
    parts = ["# Commands", "What `form4 COMMAND --help` prints for each command."]
    parts += [f"## form4 {word}\n\n```text\n{_help(word).rstrip()}\n```" for word in cli.COMMANDS]
    return "\n\n".join(parts) + "\n"


def _help(word: str) -> str:
    said, before = io.StringIO(), os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "88"
    try:
        with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
            cli.main([word, "--help"])
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before
    return said.getvalue()
