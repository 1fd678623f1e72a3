"""ce_credits."""
