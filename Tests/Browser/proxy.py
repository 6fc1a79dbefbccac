"""A faulty way to the server."""

from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import json
import threading

NOT_PASSED_ON = {'connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'date', 'server'}


@dataclass
class Exchange:
    """A request and the answer to it."""

    method: str
    path: str
    body: str
    status: int = 0
    headers: dict = field(default_factory=dict)
    answer: bytes = b''

    @property
    def events(self):
        """The events of the body."""
        events = json.loads(self.body)
        return events if isinstance(events, list) else [events]

    @property
    def refused(self):
        """The number of the events that were refused with a reason."""
        if self.status == 200:
            return json.loads(self.answer)['rejected']
        return int('Analytics-Rejected' in self.headers)


class Proxy:
    """A proxy in front of the server that spoils what it is told to.

    `faults` has a function for each of the next requests, which is called with the handler and may answer in the place
    of the server; `usual` is that of the further ones. `exchanges` has all requests.
    """

    def __init__(self, server):
        self.faults, self.exchanges, self.usual = [], [], forward
        self.http = Listener(('127.0.0.1', 0), Handler)
        self.http.proxy = self
        self.http.server_to_ask = server.port
        self.url = f'http://stats.test:{self.http.server_address[1]}'
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    @property
    def events(self):
        """The events of all requests, in order."""
        return [event for exchange in self.exchanges if exchange.method == 'POST' for event in exchange.events]

    def stop(self):
        """Closes the port."""
        self.http.shutdown()
        self.http.server_close()


class Listener(ThreadingHTTPServer):
    """A server that does not report the connections that browsers close."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """Says nothing."""


class Handler(BaseHTTPRequestHandler):
    """A connection to the proxy."""

    protocol_version = 'HTTP/1.1'

    def handle_request(self):
        """Takes a request with its body, and calls the next fault."""
        proxy = self.server.proxy
        self.body = self.rfile.read(int(self.headers['Content-Length'] or 0))
        self.exchange = Exchange(self.command, self.path, self.body.decode())
        proxy.exchanges.append(self.exchange)
        fault = proxy.faults.pop(0) if proxy.faults else proxy.usual
        fault(self)

    do_GET = do_POST = do_OPTIONS = handle_request

    def log_message(self, *_):
        """Says nothing."""


def ask(handler):
    """Passes a request on; returns status, headers and body of the answer."""
    connection = HTTPConnection('127.0.0.1', handler.server.server_to_ask, timeout=60)
    headers = {name: value for name, value in handler.headers.items() if name.lower() not in NOT_PASSED_ON}
    connection.request(handler.command, handler.path, handler.body or None, headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


def tell(handler, status, headers, body):
    """Answers a request."""
    handler.exchange.status, handler.exchange.headers, handler.exchange.answer = status, headers, body
    handler.send_response(status)
    for name, value in headers.items():
        if name.lower() not in NOT_PASSED_ON:
            handler.send_header(name, value)
    if status != 204:
        handler.send_header('Content-Length', str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def forward(handler):
    """Passes a request on, and its answer back."""
    tell(handler, *ask(handler))


def refuse(handler):
    """Answers 503."""
    tell(handler, 503, {'Access-Control-Allow-Origin': '*', 'Retry-After': '1'}, b'')


def hang_up(handler):
    """Closes the connection without passing the request on."""
    handler.close_connection = True


def lose_answer(handler):
    """Passes the request on, and closes the connection instead of answering."""
    ask(handler)
    handler.close_connection = True


def held_until(event):
    """A fault that passes the request on when an event has happened."""
    def hold(handler):
        event.wait(60)
        forward(handler)
    return hold
