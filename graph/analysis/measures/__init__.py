"""The measures of an account: contact, trust, power, influence, coverage, forecast."""
