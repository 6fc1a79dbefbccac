"""The program under test."""

import json
import os
import re
import shutil
import subprocess
import tempfile

from eventually import eventually


class Server:
    """A running `hourglass serve` on a free port, with an embedded PostgreSQL in a directory of its own."""

    def __init__(self, program):
        self.program = program
        self.directory = tempfile.mkdtemp(prefix='hourglass-browser.', dir='/tmp')
        # As root, PostgreSQL runs as another user, who must have access to its directory.
        os.chmod(self.directory, 0o755)
        self.data = os.path.join(self.directory, 'data')
        with open(os.path.join(self.directory, 'log'), 'w', encoding='utf-8') as log:
            self.process = subprocess.Popen(
                [program, 'serve', '--port', '0', '--data-dir', self.data], stderr=log)
        self.url = eventually(self._url, within=120)
        if not self.url:
            self.stop()
            raise RuntimeError(f'the server did not start:\n{self.log()}')
        self.port = int(self.url.rsplit(':', 1)[1])

    def log(self):
        """The log so far."""
        with open(os.path.join(self.directory, 'log'), encoding='utf-8') as file:
            return file.read()

    def _url(self):
        if self.process.poll() is not None:
            return None
        ready = re.search(r'"message":"ready".*"url":"([^"]*)"', self.log())
        return ready and ready[1]

    def command(self, *arguments, text=None):
        """Runs a command of the program on the data of the server, with an input; returns the JSON that it prints."""
        run = subprocess.run([self.program, *arguments, '--data-dir', self.data, '--json'],
                             input=text, capture_output=True, text=True, check=True)
        return json.loads(run.stdout)

    def rows(self, query, **parameters):
        """The rows of a query, each as a dictionary; `:'name'` in the query is the parameter `name`."""
        command = ['psql', '-h', os.path.join(self.data, 'socket'), '-p', '5432', '-U', 'postgres', '-d', 'hourglass',
                   '-XAtq', '-v', 'ON_ERROR_STOP=1']
        for name, value in parameters.items():
            command += ['-v', f'{name}={value}']
        text = f"SELECT coalesce(json_agg(row), '[]') FROM ({query}) AS row"
        run = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if run.returncode:
            raise RuntimeError(run.stderr)
        return json.loads(run.stdout)

    def stop(self):
        """Ends the server, and removes its data."""
        self.process.terminate()
        status = self.process.wait(timeout=60)
        log = self.log()
        shutil.rmtree(self.directory)
        if status:
            raise RuntimeError(f'the server did not stop in order:\n{log}')
