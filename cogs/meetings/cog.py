"""``/meeting``, put together from its parts."""


class MeetingCog:
    pass
