"""Listens on a port of this machine, which it prints; writes a line to a file for each connection, and closes it.

    listener.py FILE
"""
import socket
import sys

with socket.create_server(("127.0.0.1", 0)) as server:
    print(server.getsockname()[1], flush=True)
    while True:
        connection, _ = server.accept()
        with open(sys.argv[1], "a", encoding="utf-8") as log:
            print("connection", file=log)
        connection.close()
