"""The interfaces: command line, HTTP and web pages. They wire everything and decide nothing."""
