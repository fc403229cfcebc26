"""The graph over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol for reading, stored queries as an API, and the pages.

`app.create_app` makes the ASGI application of a graph folder. It only reads. Every query runs in a child process of its
own (`broker`), so that none can harm the server or another query. Needs the extra `web`.
"""
