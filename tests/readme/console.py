#!/usr/bin/env python3
"""Runs the console blocks of a page and compares what they print with what the page shows.

    console.py MSC-EMULATOR PAGE

A line that begins with "$ " is a command for bash; lines that begin with "> " continue it. The lines
after it are its output, in which … stands for any text, and a line of only … for any lines. A command
that starts an emulator (msc-emulator with flags or nothing) stays in the background until the next
one, or the end of the page. Port 10010 is replaced by a free port. A command must succeed, unless
the next one is "echo $?".
"""
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

SERVER = re.compile(r"(?:[A-Z_]+=\S+ )*msc-emulator(?: serve)?(?: --?(?!help|version)[^&>|]*)?$")
TIMEOUT_SECONDS = 60


def blocks(text):
    """The (command, expected output) pairs of the page's console blocks, in order."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        command, expected = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command is not None:
                    yield command, expected
                command, expected = line[2:], []
            elif line.startswith("> "):
                command += "\n" + line[2:]
            else:
                expected.append(line)
        yield command, expected


def pattern(expected):
    """A regular expression for the whole of the output."""
    lines = []
    for line in expected:
        if line.strip() == "…":
            lines.append(r"(?:.*\n)*?")
        else:
            lines.append(".*".join(re.escape(part.rstrip()) for part in line.split("…")) + r"[ ]*\n")
    return re.compile("".join(lines) + r"\Z")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return str(listener.getsockname()[1])


class Session:
    """One bash for the page, with msc-emulator on its PATH, in an empty folder."""

    def __init__(self, emulator, folder, port):
        self.port = port
        self.log = pathlib.Path(folder, ".server")
        environment = dict(os.environ, NO_COLOR="1", HOME=folder)
        environment["PATH"] = f"{emulator.parent}:{environment['PATH']}"
        self.bash = subprocess.Popen(["bash", "--norc"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     stderr=subprocess.STDOUT, text=True, cwd=folder, env=environment,
                                     start_new_session=True)
        self.serving = False

    def run(self, command):
        """The status and the output of `command`."""
        marker = "--- the end of this output, status "
        self.bash.stdin.write(f"{command}\n__status=$?; echo; echo '{marker}'$__status; (exit $__status)\n")
        self.bash.stdin.flush()
        signal.signal(signal.SIGALRM, lambda *_: sys.exit(f"takes too long: {command}"))
        signal.alarm(TIMEOUT_SECONDS)
        output = ""
        for line in self.bash.stdout:
            if line.startswith(marker):
                return int(line[len(marker):]), output[:-1]
            output += line
        raise SystemExit(f"bash ended in: {command}\n{output}")

    def serve(self, command, expected):
        """Starts an emulator; its output once it is as expected, or after the timeout."""
        self.stop_serving()
        self.log.write_text("")
        self.run(f"MSC_PORT={self.port} {command} >{self.log} 2>&1 & __server=$!")
        self.serving = True
        deadline = time.monotonic() + TIMEOUT_SECONDS
        while True:
            text = self.log.read_text()
            if '"event":"ready"' in text and (not expected or pattern(expected).match(text)):
                return text
            if time.monotonic() > deadline or self.run("kill -0 $__server")[0] != 0:
                return text
            time.sleep(0.01)

    def stop_serving(self):
        if self.serving:
            self.run("kill $__server; wait $__server")
        self.serving = False

    def close(self):
        self.stop_serving()
        os.killpg(self.bash.pid, signal.SIGKILL)


def check(session, command, expected, may_fail):
    """Why `command` did not do what the page shows; None if it did."""
    if SERVER.match(command):
        output, status = session.serve(command, expected), 0
    else:
        status, output = session.run(command)
    if expected and not pattern(expected).match(output if output.endswith("\n") else output + "\n"):
        return f"$ {command}\nprints\n{output}\nand not\n" + "\n".join(expected)
    if status != 0 and not may_fail:
        return f"$ {command}\nends with {status}:\n{output}"
    return None


def main(emulator, page):
    port = free_port()
    text = pathlib.Path(page).read_text().replace("10010", port)
    steps = list(blocks(text))
    if not steps:
        raise SystemExit(f"{page} has no console block")
    with tempfile.TemporaryDirectory() as folder:
        session = Session(pathlib.Path(emulator).resolve(), folder, port)
        try:
            for (command, expected), (following, _) in zip(steps, steps[1:] + [("", [])]):
                problem = check(session, command, expected, following == "echo $?")
                if problem:
                    raise SystemExit(f"{page}:\n{problem}")
        finally:
            session.close()
    print(f"{len(steps)} commands print what {page} shows")


if __name__ == "__main__":
    main(*sys.argv[1:])
