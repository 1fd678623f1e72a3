"""Who: people, practices, sponsorships, roles, and the only doors to anything."""
