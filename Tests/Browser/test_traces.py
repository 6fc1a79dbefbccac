"""What the tracker leaves behind, and what it costs."""

import gzip
from urllib.parse import urlsplit
from urllib.request import urlopen


def test_nothing_is_kept_in_the_browser_and_nobody_else_is_asked(shop):
    shop.put(body='<a href="http://maps.test/" onclick="event.preventDefault()">Map</a>')
    shop.put('/soups')
    said, hosts = [], set()
    shop.context.on('console', lambda message: said.append(message.text))
    shop.context.on('request', lambda request: hosts.add(urlsplit(request.url).hostname))
    page = shop.open()
    page.click('a')
    page.evaluate("hourglass('event', { props: { number: 1 } })")
    shop.open('/soups', page)
    shop.settled(page)
    kept = page.evaluate("""async () => [document.cookie, localStorage.length, sessionStorage.length,
        (await indexedDB.databases()).length]""")
    assert kept == ['', 0, 0, 0]
    assert not shop.context.cookies() and not said
    assert hosts == {shop.host, 'stats.test'}


def test_a_view_is_one_small_request_and_leaving_another(shop, proxy):
    shop.tracker = proxy.url
    shop.put(body='<p style="height: 3000px">Soups</p>')
    shop.website.put(shop.host, '/plain', 'plain')
    page = shop.open()
    shop.stored(1)
    shop.open('/plain', page)
    shop.stored(1, 'engagement')
    # None asks for permission first.
    assert [(exchange.method, exchange.path) for exchange in proxy.exchanges] == [
        ('GET', '/t.js'), ('POST', '/api/v1/events'), ('POST', '/api/v1/events')]
    assert sum(len(exchange.body) for exchange in proxy.exchanges) < 1000


def test_the_script_is_small(server):
    with urlopen(f'{server.url}/t.js') as answer:
        assert answer.headers['Content-Type'].startswith('text/javascript')
        assert len(gzip.compress(answer.read(), 9)) <= 2600
