"""Work in a child process that can be stopped: limits on memory, CPU and wall time.

`runner` starts, feeds and ends the child, `faults` is what its caller has to expect;
`child` is the program that runs, which loads the one module it was told and nothing of
the rest of the house.
"""
