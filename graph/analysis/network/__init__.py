"""The network of people: paths, reach, routes, introductions, bottlenecks, brokers, key-player sets."""
