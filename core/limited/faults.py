"""What somebody who has a child work for him has to expect."""


class Failed(Exception):  # noqa: N818  (its kinds read as sentences)
    """Nothing came out; the text says why, for the log and not for the screen."""


class Stopped(Failed):
    """The child was stopped: too much time, too much memory, or it broke down."""


class Busy(Failed):
    """The child's turn did not come in time: others were being served."""
