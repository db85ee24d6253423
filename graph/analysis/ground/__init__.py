"""What every measure stands on: the account view, coded columns, rounding, names."""
