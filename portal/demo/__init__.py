"""The demonstration: invented people, a pinned day, a mailbox. Only with DEMO=1."""
