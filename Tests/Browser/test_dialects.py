"""Pages that keep the snippet of another product."""

import pytest


@pytest.fixture
def old(shop):
    """A website of the site `old`."""
    shop.host = shop.host.replace('shop.test', 'old.test')
    return shop


@pytest.fixture(scope='session')
def key(server):
    """A write key of the site `old`."""
    return server.command('key', 'add', 'old', '--scope', 'write')['key']


def put(shop, path, script, inline=''):
    """Makes a page with an old snippet."""
    shop.website.put(shop.host, path, f'''<!doctype html><title>Shop</title>
        <script src="{shop.tracker}{script}"></script><script>{inline}</script>''')


def test_trail_counts_views_and_events_of_one_session(old, key):
    put(old, '/', '/js/trail.js', f"trailApp.init('{key}')")
    signal = "trailApp.signalEvent('signup', { plan: 'pro', seats: 3 })"
    put(old, '/pay', '/js/trail.js', f"trailApp.init('{key}'); {signal}")
    page = old.open()
    old.stored(1, 'pageview')
    old.open('/pay', page)
    assert [row['path'] for row in old.stored(2, 'pageview')] == ['/', '/pay']
    [signup] = old.stored(1, 'signup')
    assert (signup['path'], signup['props']) == ('/pay', {'plan': 'pro', 'seats': 3})
    assert len({row['visitor'] for row in old.hits()}) == 1 and signup['visitor'] is not None


def test_trail_throws_nothing_without_a_valid_key(old):
    put(old, '/', '/js/trail.js', "trailApp.init('unknown'); trailApp.signalEvent('signup')")
    page = old.open()
    page.wait_for_load_state('networkidle')
    assert not old.hits()


def test_crumby_counts_visits_and_events_of_one_browser(old):
    put(old, '/', '/cmb.js')
    put(old, '/pay', '/cmb.js', "cmb.event('buy', 'pro')")
    page = old.open()
    [visit] = old.stored(1, 'pageview')
    assert (visit['path'], visit['title']) == ('/', 'Shop')
    old.open('/pay', page)
    old.stored(2, 'pageview')
    [buy] = old.stored(1, 'buy')
    assert (buy['path'], buy['props']['ev']) == ('/pay', 'pro')
    assert len({row['visitor'] for row in old.hits()}) == 1 and buy['visitor'] is not None


@pytest.mark.parametrize('script', ['/js/trail.js', '/cmb.js'])
def test_an_old_snippet_keeps_no_cookie_of_who_objects(old, key, script):
    put(old, '/', script, f"window.trailApp?.init('{key}')")
    old.context.set_extra_http_headers({'Sec-GPC': '1'})
    page = old.context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    old.open(page=page)
    assert old.stored(1, 'pageview')[0]['visitor'] is None
    assert not old.context.cookies()
