"""All pages in all their states, in the light and in the dark, on a desk and on a telephone."""

import re
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

from axe_playwright_python.sync_playwright import Axe
import pytest

WIDE, NARROW = {'width': 1280, 'height': 900}, {'width': 360, 'height': 780}
ALL = {'resultTypes': ['violations']}
# Only what depends on the colours.
COLOURS = {**ALL, 'runOnly': {'type': 'rule', 'values': ['color-contrast']}}


@pytest.fixture(scope='session')
def stories(server):
    """The addresses of all states of all pages."""
    try:
        with urlopen(f'{server.url}/dev') as answer:
            return [server.url + path for path in re.findall(r'href="(/dev/[^"]*)"', answer.read().decode())]
    except HTTPError:
        pytest.skip('the program is no debug build')


@pytest.fixture
def page(browser, server):
    """A page that says nothing to the console and asks nobody but the server."""
    context = browser.new_context(viewport=WIDE)
    said, hosts = [], set()
    context.on('console', lambda message: said.append(f'{message.page.url}: {message.text}'))
    context.on('weberror', lambda error: said.append(str(error.error)))
    context.on('request', lambda request: hosts.add(urlsplit(request.url).netloc))
    yield context.new_page()
    context.close()
    # Stories of live figures have no login, so that their stream is refused.
    assert not [text for text in said if '/dev/realtime/' not in text or ' 401 ' not in text]
    assert hosts <= {urlsplit(server.url).netloc}


def faults(page, options=None):
    """What axe finds that is serious, with the elements; the first time on a page without options, to load it."""
    if options is None:
        page.evaluate(Axe().axe_script)
    found = page.evaluate('async (options) => (await axe.run(options)).violations', options or ALL)
    return [(fault['id'], [node['html'][:120] for node in fault['nodes']]) for fault in found
            if fault['impact'] in ('serious', 'critical')]


def test_every_page_can_be_used_by_everybody(page, stories):
    found, seen = {}, set()
    for address in stories:
        page.emulate_media(color_scheme='light')
        page.set_viewport_size(WIDE)
        page.goto(address)
        found[address, 'light'] = faults(page)
        page.set_viewport_size(NARROW)
        found[address, 'too wide'] = page.evaluate('document.documentElement.scrollWidth > innerWidth')
        # What the states of a page have in common is checked once, but all that pages are made of always.
        story = address.rsplit('/', 1)[0]
        if story not in seen or story.endswith('/components'):
            seen.add(story)
            found[address, 'narrow'] = faults(page, ALL)
            page.emulate_media(color_scheme='dark')
            found[address, 'dark'] = faults(page, COLOURS)
    assert len(stories) > 50
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_a_page_is_few_bytes_and_requests(page, server, stories):
    sizes = []
    page.on('requestfinished', lambda request: sizes.append(request.sizes()['responseBodySize']))
    page.goto(f'{server.url}/dev/keys/many', wait_until='networkidle')
    assert len(sizes) <= 4 and sum(sizes) <= 20_000


def test_the_style_of_the_account_goes_before_that_of_the_system(page, server, stories):
    page.emulate_media(color_scheme='dark')
    background = 'getComputedStyle(document.body).backgroundColor'
    page.goto(f'{server.url}/dev/login/empty?theme=light')
    assert page.evaluate(background) == 'rgb(247, 247, 245)'
    page.goto(f'{server.url}/dev/login/empty')
    assert page.evaluate(background) == 'rgb(19, 20, 18)'
