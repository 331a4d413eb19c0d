"""Runs the migrations on the connection it is handed; there is no other way to run them."""

from alembic import context

from zhishu.ledger.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
