"""The network of an account: the networkx graph, paths, reach, routes, bottlenecks, brokers, key sets, groups."""
