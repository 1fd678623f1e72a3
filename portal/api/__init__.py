"""The portal's REST resources: members, seats, assignments, public verification."""
