"""One server, one browser and one web server for all tests; a host and a browser context for each."""

from itertools import count
import os
import shutil

from playwright.sync_api import sync_playwright
import pytest

from proxy import Proxy
from server import Server
from shop import Shop
from website import Website

SITES = {
    'shop': ['--hostname', '*.shop.test'],
    'both': ['--hostname', '*.shop.test', 'respect=both'],
    'none': ['--hostname', '*.shop.test', 'respect=none'],
    'hash': ['--hostname', '*.shop.test', 'hash=true'],
    'old': ['--hostname', '*.old.test'],
}
numbers = count(1)
FLAGS = ['--host-resolver-rules=MAP *.test 127.0.0.1']


@pytest.fixture(scope='session')
def server():
    """A server with the sites of `SITES`."""
    server = Server(os.environ['HOURGLASS_PROGRAM'])
    for name, settings in SITES.items():
        server.command('site', 'add', name, *settings)
    yield server
    server.stop()


@pytest.fixture(scope='session')
def website():
    """A web server without pages."""
    website = Website()
    yield website
    website.stop()


@pytest.fixture
def proxy(server):
    """A proxy in front of the server, without faults yet."""
    proxy = Proxy(server)
    yield proxy
    proxy.stop()


@pytest.fixture(scope='session')
def browser():
    """A Chromium that finds all hosts below .test on this machine."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which('chromium'), args=FLAGS,
            ignore_default_args=['--disable-back-forward-cache'])
        yield browser
        browser.close()


@pytest.fixture(scope='session')
def agent(browser):
    """The user agent of the browser, without the word by which it is known as a machine."""
    page = browser.new_page()
    agent = page.evaluate('navigator.userAgent').replace('Headless', '')
    page.close()
    return agent


@pytest.fixture
def shop(browser, agent, website, server):
    """A website for one test; errors in its pages fail the test."""
    context = browser.new_context(user_agent=agent)
    context.set_default_timeout(30_000)
    errors = []
    context.on('weberror', lambda error: errors.append(str(error.error)))
    yield Shop(f'shop{next(numbers)}.shop.test', website, server, context)
    context.close()
    assert not errors
