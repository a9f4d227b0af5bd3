"""The rules, grouped by part of the form. ``document_rules`` or ``fact_rules`` lists the ``RULES`` of each module."""
