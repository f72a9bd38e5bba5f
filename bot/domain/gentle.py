"""The gentle question: does a HOW tell what somebody did?"""


def tells_how(text: str) -> bool:
    """Whether a text holds a doing."""
    return bool(text)
