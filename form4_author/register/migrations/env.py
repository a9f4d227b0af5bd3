"""What Alembic runs: the steps, in the transaction that it was handed."""

from __future__ import annotations

from alembic import context

from form4_author.register.table import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
