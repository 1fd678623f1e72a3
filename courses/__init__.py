"""Learning here: courses, exams, evaluations, and the credit that comes of them."""
