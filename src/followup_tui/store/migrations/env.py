"""Run the migrations on the connection and in the transaction that `store.upgrade` passes."""

from alembic import context

from followup_tui.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
