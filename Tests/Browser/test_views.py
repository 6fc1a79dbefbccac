"""What is a page view."""

from contextlib import contextmanager
import json
import subprocess
import time

from eventually import eventually
import visibility


@contextmanager
def bare_chromium(url, directory):
    """A Chromium without a driver, with which nothing is prerendered."""
    flags = ['--headless', '--no-sandbox', '--no-first-run', f'--user-data-dir={directory}',
             '--host-resolver-rules=MAP *.test 127.0.0.1', '--remote-debugging-port=0']
    with subprocess.Popen(['chromium', *flags, url], stderr=subprocess.DEVNULL) as process:
        try:
            yield
        finally:
            process.terminate()


def test_a_load_is_one_view_without_the_hash(shop):
    shop.put('/menu')
    page = shop.open('/menu?utm_source=news#soups')
    [view] = shop.settled(page)
    assert (view['name'], view['path'], view['title'], view['source']) == ('pageview', '/menu', 'Shop', 'news')
    assert view['visitor'] is not None and not view['bot']


def test_push_state_is_one_view_whose_referrer_is_the_own_page(shop, proxy):
    shop.put(to=f'{proxy.url}/api/v1/events')
    page = shop.open()
    page.evaluate("() => { history.pushState({}, '', '/soups'); document.title = 'Soups'; }")
    shop.stored(2, 'pageview')
    assert shop.views(page) == ['/', '/soups']
    view = [event for event in proxy.events if event['name'] == 'pageview'][1]
    assert view['referrer'] == f'{shop.origin}/'
    assert view['title'] == 'Soups'


def test_replace_state_to_the_same_address_is_no_view(shop):
    shop.put()
    page = shop.open()
    page.evaluate("history.replaceState({ step: 2 }, '', '/')")
    page.evaluate("history.replaceState({ step: 3 }, '')")
    assert shop.views(page) == ['/']


def test_replace_state_to_another_address_is_a_view(shop):
    shop.put()
    page = shop.open()
    page.evaluate("history.replaceState({}, '', '/soups')")
    shop.stored(2, 'pageview')
    assert shop.views(page) == ['/', '/soups']


def test_a_hash_is_no_view(shop):
    shop.put()
    page = shop.open()
    page.evaluate("location.hash = 'soups'")
    assert shop.views(page) == ['/']


def test_a_hash_is_a_view_of_a_site_with_data_hash(shop):
    shop.put(site='hash', hash='')
    page = shop.open()
    page.evaluate("location.hash = 'soups'")
    shop.stored(2, 'pageview')
    assert shop.views(page) == ['/', '/#soups']


def test_back_to_an_earlier_state_is_one_view(shop):
    shop.put()
    page = shop.open()
    page.evaluate("history.pushState({}, '', '/soups')")
    assert shop.views(page) == ['/', '/soups']
    page.evaluate("new Promise(done => { addEventListener('popstate', done); history.back(); }).then(() => 0)")
    shop.stored(3, 'pageview')
    assert shop.views(page) == ['/', '/soups', '/']


def test_a_storm_of_changes_is_one_view_of_the_last_address(shop, proxy):
    shop.put(to=f'{proxy.url}/api/v1/events')
    page = shop.open()
    shop.views(page)
    before = len(proxy.exchanges)
    page.evaluate("() => { for (let i = 0; i < 200; i++) history.pushState({}, '', '/' + i); }")
    shop.stored(2, 'pageview')
    assert shop.views(page) == ['/', '/199']
    assert len(proxy.exchanges) - before < 4


def test_calls_queued_before_the_script_keep_their_order(shop):
    shop.put(head='''<script>
        window.hourglass = window.hourglass || function () { (hourglass.q = hourglass.q || []).push(arguments); };
        hourglass('first');
        hourglass('second', { props: { number: 2 } });
    </script>''')
    rows = shop.settled(shop.open())
    assert [row['name'] for row in rows] == ['pageview', 'first', 'second']
    assert rows[2]['props'] == {'number': 2}


def test_the_script_twice_is_one_view(shop):
    shop.put(body=shop.snippet())
    assert shop.views(shop.open()) == ['/']


def test_a_page_back_from_the_cache_is_a_new_view_without_referrer(shop, proxy):
    for path in '/', '/soups':
        shop.put(path, to=f'{proxy.url}/api/v1/events')
    page = shop.open()
    shop.stored(1, 'pageview')
    page.evaluate("window.kept = 1")
    page.evaluate("location.href = '/soups'")
    page.wait_for_url('**/soups')
    # Time that the first page must not be credited with.
    page.wait_for_function('performance.now() > 1500')
    shop.stored(2, 'pageview')
    page.evaluate('history.back()')
    page.wait_for_url(f'{shop.origin}/', wait_until='commit')
    assert page.evaluate('window.kept') == 1, 'the page was not kept'
    assert shop.views(page) == ['/', '/soups', '/']
    assert not [event for event in proxy.events if event['name'] == 'pageview'][2].get('referrer')
    page.evaluate("location.href = '/soups'")
    shop.stored(4, 'pageview')
    assert sum(row['engaged'] for row in shop.hits('engagement') if row['path'] == '/') < 1500


def test_a_prerendered_page_is_a_view_only_when_it_is_shown(shop, tmp_path):
    rules = json.dumps({'prerender': [{'urls': ['/soups'], 'eagerness': 'immediate'}]})
    shop.put(body=f'''<script type="speculationrules">{rules}</script><script>
        const go = async () => await (await fetch('/go')).text() ? location.href = '/soups' : setTimeout(go, 50);
        go();
    </script>''')
    shop.put('/soups', head='''<script>addEventListener('load', () =>
        fetch(document.prerendering ? '/prerendered' : '/loaded'))</script>''')
    with bare_chromium(shop.origin, tmp_path):
        assert eventually(lambda: (shop.host, '/prerendered') in shop.website.requests), 'nothing was prerendered'
        shop.stored(1, 'pageview')
        shown = time.time()
        shop.website.put(shop.host, '/go', 'go')
        view = shop.stored(2, 'pageview')[1]
    assert view['path'] == '/soups' and view['at'] > shown
    assert (shop.host, '/loaded') not in shop.website.requests, 'the page was loaded again'


def test_a_hidden_tab_is_a_view_only_when_it_is_shown(shop):
    shop.put()
    page = shop.context.new_page()
    visibility.control(page, at_first='hidden')
    shop.open(page=page)
    assert shop.views(shop.open()) == ['/']
    visibility.show(page)
    assert shop.views(page) == ['/', '/']


def test_manual_mode_counts_what_the_page_says(shop):
    shop.put(manual='')
    page = shop.open()
    page.evaluate("history.pushState({}, '', '/soups')")
    assert not shop.views(page)
    page.evaluate("hourglass('pageview', { url: '/desserts', title: 'Sweet', props: { table: 4 } })")
    [view] = shop.settled(page)
    assert (view['path'], view['title'], view['props']) == ('/desserts', 'Sweet', {'table': 4})


def test_base_canonical_and_states_do_not_change_the_address(shop):
    shop.put('/menu', head='''<base href="http://cdn.shop.test/assets/">
        <link rel="canonical" href="http://shop.test/all">''')
    page = shop.open('/menu')
    page.evaluate("history.replaceState({ deep: { state: [1, 2] } }, '')")
    assert shop.views(page) == ['/menu']
    assert page.evaluate('history.state.deep.state[1]') == 2


def test_a_frozen_history_does_not_prevent_views(shop):
    shop.put(head='<script>Object.freeze(history); Object.freeze(History.prototype);</script>')
    page = shop.open()
    page.evaluate("history.pushState({}, '', '/soups')")
    assert shop.views(page)[0] == '/'
