"""The audit trail: its chain, its heads, its witness and its pages."""
