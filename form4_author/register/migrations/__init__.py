"""How the register came to its present shape, step by step, for Alembic."""
