"""What the person who runs Tenure can put right: told in a sentence, without a traceback."""


class SetupProblem(Exception):
    """Something outside the code is not as it must be; the message says what, and what to do."""
