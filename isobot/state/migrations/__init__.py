"""How the state comes from one revision of its schema to the next, run by Alembic."""
