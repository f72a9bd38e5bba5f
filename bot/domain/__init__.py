"""What a programme can do: rules and use cases, one package a feature.

A use case is a plain function whose first parameter is a :class:`storage.desk.Desk`. What comes out
is frozen and safe to keep; what goes wrong comes out as a :class:`bot.domain.kit.errors.UserError`.
Nothing here knows Discord or the clock.
"""
