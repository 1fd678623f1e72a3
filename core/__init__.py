"""Tools without a subject: trail, outbox, events, clock, scope, API plumbing, PDF."""
