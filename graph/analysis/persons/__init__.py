"""Key people: ranks, sets, brokers, bottlenecks, champions, and a person explained (measures, section 5)."""
