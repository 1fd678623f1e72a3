"""Files people send: the bad, the odd and the good, and what becomes of them."""
