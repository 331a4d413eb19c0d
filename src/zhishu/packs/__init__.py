"""The packs that ship with zhishu."""
