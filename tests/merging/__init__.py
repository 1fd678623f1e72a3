"""Two accounts of one person: reported, proved, compared, merged, undone."""
