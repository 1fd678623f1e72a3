"""Who may do what: each route, method and actor held against a table of its own."""
