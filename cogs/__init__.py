"""What people see and press, one package a feature. Loaded by name; nothing imports upward."""
