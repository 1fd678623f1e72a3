"""renewals."""
