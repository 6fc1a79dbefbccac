"""Pages that do harm, on purpose or not."""

import pytest

PATCHES = {
    'function': '''Function.prototype.call = Function.prototype.apply = Function.prototype.bind =
        () => { throw Error(); }''',
    'json': 'JSON.stringify = JSON.parse = () => { throw Error(); }',
    'fetch': 'window.fetch = window.XMLHttpRequest = () => { throw Error(); }',
    'history': 'history.pushState = history.replaceState = () => { throw Error(); }',
}


@pytest.mark.parametrize('patch', PATCHES)
def test_a_page_that_patches_later_is_counted(shop, patch):
    shop.put()
    shop.website.put(shop.host, '/soups', '')
    page = shop.open()
    shop.stored(1, 'pageview')
    page.evaluate(f'() => {{ {PATCHES[patch]}; }}')
    page.evaluate("hourglass('after', { props: { number: 1 } })")
    assert shop.stored(1, 'after')[0]['props'] == {'number': 1}
    shop.open('/soups', page)
    shop.stored(1, 'engagement')


def test_a_page_with_enumerable_prototypes_is_counted(shop):
    shop.put(head='''<script>
        Object.prototype.extra = function () {};
        Array.prototype.extra = function () {};
        Array.prototype.toJSON = function () { return 'spoiled'; };
        String.prototype.toJSON = function () { return this + ''; };
    </script>''')
    page = shop.open()
    page.evaluate("() => { hourglass('first', { props: { number: 1 } }); hourglass('second'); }")
    rows = shop.settled(page)
    assert sorted(row['name'] for row in rows) == ['first', 'pageview', 'second']


TEXTS = r"""[
    '<script>alert(1)</scr' + 'ipt>"&', 'x'.repeat(70000), 'a\ud800b\udc00c', 'a\u0000b',
    '\u0001\u001b[31m\u202e\ufeff', "'; DROP TABLE hit; --", '\ud83d\ude00'.repeat(30000),
]"""
PLACES = {
    'title': "text => hourglass('pageview', { title: text })",
    'path': "text => hourglass('pageview', { url: '/' + text })",
    'referrer': "text => hourglass('pageview', { referrer: text })",
    'name': 'text => hourglass(text)',
    'property': "text => hourglass('event', { props: { text } })",
    'name of a property': "text => hourglass('event', { props: { [text]: 1 } })",
    'value': "text => hourglass('event', { value: text })",
}


@pytest.mark.parametrize('place', PLACES)
def test_a_hostile_text_is_stored_or_refused_with_a_reason(shop, proxy, place):
    shop.put(to=f'{proxy.url}/api/v1/events', manual='')
    page = shop.open()
    page.evaluate(f'() => {TEXTS}.forEach({PLACES[place]})')
    stored = [row for row in shop.settled(page) if row['name'] != 'engagement']
    assert all(exchange.status in (200, 204) for exchange in proxy.exchanges)
    assert len(stored) + sum(exchange.refused for exchange in proxy.exchanges) == 7


def test_a_hostile_user_is_stored_or_refused_with_a_reason(shop, proxy):
    shop.put(to=f'{proxy.url}/api/v1/events', manual='')
    page = shop.open()
    page.evaluate(f"() => {TEXTS}.forEach(text => {{ hourglass.identify(text); hourglass('event'); }})")
    page.evaluate("hourglass.identify('ann')")
    stored = shop.settled(page)
    assert all(exchange.status in (200, 204) for exchange in proxy.exchanges)
    events = [exchange for exchange in proxy.exchanges if exchange.path == '/api/v1/events']
    assert len(stored) + sum(exchange.refused for exchange in events) == 7


def test_markup_in_a_title_is_kept_as_text(shop):
    shop.put(head='<script>document.title = "<b>&amp;</b>"</script>')
    assert shop.settled(shop.open())[0]['title'] == '<b>&amp;</b>'
