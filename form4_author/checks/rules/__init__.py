"""The rules, grouped by part of the form. Each module ends in its ``RULES``; ``checks.registry`` joins them."""
