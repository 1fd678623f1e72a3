"""The whole list: 60 files to refuse, 15 to make harmless, 12 to take; and OTHERs."""

from tests.files import bad_files, bad_pdfs, odd_and_good, other_files

BAD = sorted(
    [*bad_files.FILES, *bad_pdfs.SAMPLES, *odd_and_good.LYING],
    key=lambda sample: sample.number,
)
ODD = [*odd_and_good.ODD_PICTURES, *odd_and_good.ODD_NAMES]
GOOD = odd_and_good.GOOD
OTHER = other_files.OTHER
