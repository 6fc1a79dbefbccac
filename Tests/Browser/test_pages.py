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
# 400 kbit/s, in bytes a second, and milliseconds.
SLOW = {'latency': 400, 'downloadThroughput': 50_000, 'uploadThroughput': 50_000}
# The time of the largest paint in milliseconds, and the sum of all shifts of the layout.
VITALS = """async () => {
    const entries = type => new Promise(done => {
        new PerformanceObserver(list => done(list.getEntries())).observe({ type, buffered: true });
        setTimeout(done, 500, []);
    });
    const [paints, shifts] = await Promise.all([entries('largest-contentful-paint'), entries('layout-shift')]);
    return [paints.at(-1).startTime, shifts.reduce((sum, shift) => sum + shift.value, 0)];
}"""


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


@pytest.mark.parametrize('size', [WIDE, NARROW])
def test_a_dashboard_is_soon_there_over_a_slow_network(page, server, stories, size):
    page.set_viewport_size(size)
    network = page.context.new_cdp_session(page)
    network.send('Network.enable')
    network.send('Network.emulateNetworkConditions', {**SLOW, 'offline': False})
    bytes_, requests = [], []
    network.on('Network.loadingFinished', lambda event: bytes_.append(event['encodedDataLength']))
    network.on('Network.requestWillBeSent', lambda event: requests.append(event['request']['url']))
    page.goto(f'{server.url}/dev/dashboard/many', wait_until='networkidle')
    paint, shift = page.evaluate(VITALS)
    print(f'{size["width"]} px: {len(requests)} requests, {sum(bytes_):.0f} bytes, painted after {paint:.0f} ms')
    # The document, the style and the script; the icon and the map below the first screen are images, and data: is none.
    assert len([url for url in requests if not url.endswith('.svg') and url.startswith('http')]) <= 3
    assert sum(bytes_) <= 40_000
    assert shift == 0
    # 1.1 seconds where nothing else runs; tests share their machine.
    assert paint <= 2_400


def test_the_style_of_the_account_goes_before_that_of_the_system(page, server, stories):
    page.emulate_media(color_scheme='dark')
    background = 'getComputedStyle(document.body).backgroundColor'
    page.goto(f'{server.url}/dev/login/empty?theme=light')
    assert page.evaluate(background) == 'rgb(247, 247, 245)'
    page.goto(f'{server.url}/dev/login/empty')
    assert page.evaluate(background) == 'rgb(19, 20, 18)'
