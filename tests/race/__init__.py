"""Many at one moment: real threads, over HTTP to a real server."""
