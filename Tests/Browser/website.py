"""The pages that are counted."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import threading
from urllib.parse import urlsplit


class Website:
    """A web server for any number of hosts, in a thread of its own."""

    def __init__(self):
        self.answers = {}
        self.requests = []
        self.http = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.http.website = self
        self.port = self.http.server_address[1]
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def put(self, host, path, body, headers=None):
        """Sets the answer to a path of a host."""
        self.answers[host, path] = (headers or {}, body.encode())

    def stop(self):
        """Closes the port."""
        self.http.shutdown()
        self.http.server_close()


class Handler(BaseHTTPRequestHandler):
    """A connection to the web server."""

    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        """Answers with what is there for the host and the path, or else with an empty page."""
        place = self.headers['Host'].rsplit(':', 1)[0], urlsplit(self.path).path
        self.server.website.requests.append(place)
        headers, body = self.server.website.answers.get(place, ({}, b''))
        self.send_response(200)
        for name, value in {'Content-Type': 'text/html; charset=utf-8', **headers}.items():
            self.send_header(name, value)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""
