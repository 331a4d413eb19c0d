"""The first tables, and the triggers that keep the record from being changed by an ordinary statement."""

from alembic import op

from zhishu.ledger.tables import METADATA

revision = "0001"
down_revision = None

_PROTECTED = ("entry", "blob", "checkpoint")


def upgrade() -> None:
    """Create everything."""
    bind = op.get_bind()
    METADATA.create_all(bind)
    if bind.dialect.name == "sqlite":
        for table in _PROTECTED:
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
                )
    else:
        op.execute(
            "CREATE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the record is append-only'; END $$"
        )
        for table in _PROTECTED:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only()"
            )


def downgrade() -> None:
    """Refuse: a record is never taken apart."""
    raise RuntimeError("a ledger is never downgraded; restore a backup into an empty one instead")
