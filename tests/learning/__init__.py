"""Learning here: courses, exams and the credit that comes of them."""
