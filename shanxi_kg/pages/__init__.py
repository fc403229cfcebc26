"""The pages of the graph: a view of it and an address go in, HTML text comes out.

The server and the static portal show the same pages at the same relative addresses. Nothing here speaks HTTP or writes
files; templates escape whatever comes from the graph.
"""
