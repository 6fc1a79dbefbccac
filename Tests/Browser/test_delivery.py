"""What arrives when the way to the server is faulty."""

import threading
import time

import pytest

from eventually import eventually
from proxy import forward, hang_up, held_until, lose_answer, refuse


@pytest.fixture
def page(shop, proxy):
    """A page that sends through the proxy, and whose clock tests set."""
    shop.put(to=f'{proxy.url}/api/v1/events')
    page = shop.context.new_page()
    page.clock.install()
    return page


def stored_later(shop, page, count, *names):
    """The stored hits, after as much time as the tracker takes for its tries."""
    def hits():
        page.clock.run_for(1000)
        return shop.hits(*names)
    rows = eventually(hits, lambda rows: len(rows) >= count)
    assert len(rows) == count
    return rows


@pytest.mark.parametrize('faults', [
    [refuse], [refuse, refuse, refuse], [hang_up], [lose_answer], [lose_answer, refuse, lose_answer]],
    ids=lambda faults: '-'.join(fault.__name__ for fault in faults))
def test_a_view_is_stored_once_after(shop, proxy, page, faults):
    proxy.faults = list(faults)
    shop.open(page=page)
    stored_later(shop, page, 1)
    ids = eventually(lambda: [event['id'] for event in proxy.events], lambda ids: len(ids) > len(faults))
    assert len(ids) > len(faults) and len(set(ids)) == 1
    assert shop.views(page) == ['/']


def test_a_late_event_tells_its_age(shop, proxy, page):
    proxy.faults = [refuse, refuse]
    shop.open(page=page)
    [view] = stored_later(shop, page, 1)
    ages = [event['age'] for event in proxy.events]
    assert ages[0] < 1000 < ages[1] < ages[2]
    assert view['at'] == pytest.approx(time.time() - ages[2] / 1000, abs=5)


def test_a_refused_event_is_not_sent_again(shop, proxy, page):
    shop.put(site='nobody', to=f'{proxy.url}/api/v1/events')
    shop.open(page=page)
    eventually(lambda: proxy.exchanges and proxy.exchanges[0].status)
    page.clock.run_for(60_000)
    assert proxy.exchanges[0].headers['Analytics-Rejected'].startswith('site:')
    page.evaluate("hourglass('next')")
    assert eventually(lambda: 'next' in [event['name'] for event in proxy.events])
    assert [event['name'] for event in proxy.events] == ['pageview', 'next']


def test_what_happens_offline_is_stored_once_when_the_network_is_back(shop):
    shop.put()
    page = shop.open()
    shop.stored(1)
    shop.context.set_offline(True)
    for number in range(3):
        page.evaluate("number => hourglass('offline', { props: { number } })", number)
    assert not shop.hits('offline')
    shop.context.set_offline(False)
    assert [row['props']['number'] for row in shop.stored(3, 'offline')] == [0, 1, 2]
    assert shop.views(page) == ['/']


def test_a_burst_is_stored_whole_and_in_order(shop):
    shop.put()
    page = shop.open()
    page.evaluate("() => { for (let number = 0; number < 100; number++) hourglass('burst', { props: { number } }); }")
    rows = shop.stored(100, 'burst')
    numbers = [row['props']['number'] for row in rows]
    assert numbers == list(range(100))


def test_what_waits_is_sent_when_the_page_is_left(shop, proxy, page):
    shop.open(page=page)
    shop.stored(1)
    proxy.usual = refuse
    with page.expect_event('requestfinished', lambda request: 'first' in (request.post_data or '')):
        page.evaluate("() => { hourglass('first'); hourglass('second'); }")
    proxy.usual = forward
    shop.website.put(shop.host, '/plain', 'plain')
    shop.open('/plain', page)
    assert {row['name'] for row in shop.stored(2, 'first', 'second')} == {'first', 'second'}


def test_a_policy_without_connections_throws_nothing(shop):
    shop.put(headers={'Content-Security-Policy': f"default-src 'none'; script-src {shop.tracker}"})
    said = []
    page = shop.context.new_page()
    page.clock.install()
    page.on('console', lambda message: said.append(message.text))
    shop.open(page=page)
    page.clock.run_for(120_000)
    # What remains is the browser's own report of each attempt.
    assert all('Content Security Policy' in text for text in said)


def test_a_policy_without_connections_is_named_when_debugging(shop):
    shop.put(debug='', headers={'Content-Security-Policy': f"default-src 'none'; script-src {shop.tracker}"})
    said = []
    page = shop.context.new_page()
    page.on('console', lambda message: said.append(message.text))
    shop.open(page=page)
    # A message is taken while something else is asked.
    assert eventually(lambda: page.evaluate('0') or [text for text in said if text.startswith('shop TypeError')])


@pytest.mark.parametrize('usual', [refuse, hang_up, held_until(threading.Event())],
                         ids=['refuses', 'hangs-up', 'does-not-answer'])
def test_a_page_loses_nothing_when_the_server(shop, proxy, usual):
    proxy.usual = usual
    shop.put(to=f'{proxy.url}/api/v1/events')
    page = shop.open()
    assert eventually(lambda: proxy.exchanges)
    assert page.evaluate('performance.getEntriesByType("navigation")[0].loadEventEnd') < 10_000


def test_a_page_is_read_while_the_script_does_not_arrive(shop, proxy):
    release = threading.Event()
    proxy.usual = held_until(release)
    shop.tracker = proxy.url
    shop.put(body='<p>Soups</p>')
    page = shop.context.new_page()
    page.goto(shop.origin, wait_until='commit')
    page.wait_for_selector('p')
    assert eventually(lambda: proxy.exchanges)
    release.set()
    shop.stored(1, 'pageview')
