"""What a programme can do: rules and use cases, one module a feature.

A use case is a plain function whose first parameter is a ``Session``; it is run through
:class:`storage.database.Database`. What comes out is frozen and safe to keep; what goes wrong
comes out as a :class:`bot.domain.kit.errors.UserError`. Nothing here knows Discord or the clock.
"""
