"""Answers computed in worker processes: with a limit of time, given up when the caller goes, ended with the server.

`route` makes a plain function a route whose answer is computed elsewhere; `pool` hands computations to processes;
`process` is one of them as the server sees it, `worker` what runs in it.
"""
