"""What the trials of the built program from outside share."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time


def eventually(condition, within=30):
    """Waits until a condition holds; returns its value, or None after so many seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    return None


def free_port():
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Trial:
    """A directory for a trial and the processes that run in it; leaving it ends them, the last first."""

    def __init__(self, name):
        self.directory = tempfile.mkdtemp(prefix=f'hourglass-{name}.', dir='/tmp')
        # As root, PostgreSQL runs as another user, who must have access to its directory.
        os.chmod(self.directory, 0o755)
        self.running = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for each in reversed(self.running):
            each.end()
        shutil.rmtree(self.directory, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, text):
        with open(self.path(name), 'w', encoding='utf-8') as file:
            file.write(text)
        return self.path(name)

    def start(self, name, command, variables=None, **options):
        program = Program(self.path(f'{name}.log'), command, variables, cwd=self.directory, **options)
        self.running.append(program)
        return program


class Program:
    """A process and its log."""

    def __init__(self, log, command, variables=None, **options):
        self.log = log
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(('HOURGLASS_', 'DATABASE_', 'PORT', 'PG', 'LISTEN_', 'NOTIFY_'))}
        environment['PATH'] = os.environ.get('PATH', '') + ':/usr/sbin'
        with open(log, 'a', encoding='utf-8') as file:
            self.process = subprocess.Popen(
                command, stdout=file, stderr=file, env={**environment, **(variables or {})}, **options)

    def text(self):
        with open(self.log, encoding='utf-8') as file:
            return file.read()

    def send(self, number):
        self.process.send_signal(number)

    def says(self, text, within=120):
        """Waits for a text in the log."""
        def said():
            return text in self.text() or self.process.poll() is not None
        eventually(said, within)
        assert text in self.text(), f'{text} is not in the log:\n{self.text()}'

    def url(self):
        """The address of a server, once it is ready."""
        self.says('"message":"ready"')
        return re.search(r'"message":"ready".*"url":"([^"]*)"', self.text())[1]

    def end(self, by=signal.SIGTERM):
        """Ends the process; returns its exit code, negative for a signal."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        try:
            return self.process.wait(70)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
