"""The interview: screens as draft, a flow that is a function of the draft, prompts behind a protocol.

``session`` runs it; ``screens`` and ``recipes`` say what is asked; ``flow`` says what comes next; ``prompts`` draws it
on a terminal and ``script`` replays a file of answers.
"""
