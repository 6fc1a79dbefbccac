"""Where nothing is counted, and what says why."""

import pytest


def said_on(shop, page, url):
    """What the tracker says on a page as it opens; a page that is counted shows that nothing else was."""
    said = []
    page.on('console', lambda message: said.append(message.text))
    page.goto(url)
    shop.put('/counted')
    assert shop.views(shop.open('/counted')) == ['/counted']
    return ' '.join(said)


def test_a_flag_in_the_storage_turns_everything_off(shop):
    shop.put(debug='')
    page = shop.context.new_page()
    page.add_init_script('localStorage.hourglass_off = 1')
    said = []
    page.on('console', lambda message: said.append(message.text))
    shop.open(page=page)
    page.evaluate('localStorage.clear()')
    assert shop.views(shop.open()) == ['/']
    assert 'off' in ' '.join(said)


def test_a_flag_of_the_window_turns_everything_off(shop):
    shop.put(debug='', head='<script>window.hourglass_off = true</script>')
    assert 'off' in said_on(shop, shop.context.new_page(), shop.origin)


def test_off_is_kept(shop):
    shop.put()
    page = shop.open()
    shop.stored(1)
    page.evaluate('hourglass.off()')
    page.evaluate("hourglass('after')")
    shop.open(page=page)
    page.evaluate('localStorage.clear()')
    assert shop.views(shop.open()) == ['/', '/']
    assert not shop.hits('after')


def test_a_skipped_path_is_not_counted(shop):
    shop.put('/admin/users', debug='', skip='/private,/admin/*')
    assert 'skip' in said_on(shop, shop.context.new_page(), f'{shop.origin}/admin/users')


def test_only_beginnings_of_paths_are_skipped(shop):
    shop.put('/shop/admin/x', skip='/private,/admin/*,/shop.admin')
    assert shop.views(shop.open('/shop/admin/x')) == ['/shop/admin/x']


def test_events_wait_for_consent(shop, proxy):
    shop.put(consent='', to=f'{proxy.url}/api/v1/events')
    page = shop.open()
    page.evaluate("hourglass('asked')")
    shop.put('/counted')
    assert shop.views(shop.open('/counted')) == ['/counted']
    assert not proxy.exchanges
    page.evaluate('hourglass.consent()')
    shop.stored(1, 'asked')
    assert [row['name'] for row in shop.hits() if row['path'] == '/'] == ['pageview', 'asked']


def test_a_refused_consent_sends_nothing(shop, proxy):
    shop.put(consent='', to=f'{proxy.url}/api/v1/events')
    page = shop.open()
    page.evaluate('hourglass.consent(false)')
    page.evaluate("hourglass('asked')")
    shop.open('/elsewhere', page)
    shop.put('/counted')
    shop.views(shop.open('/counted'))
    assert not proxy.exchanges


@pytest.mark.parametrize('site, signal, is_respected', [
    ('shop', 'Sec-GPC', True), ('shop', 'DNT', False), ('both', 'Sec-GPC', True), ('both', 'DNT', True),
    ('none', 'Sec-GPC', False), ('none', 'DNT', False)])
def test_signals_follow_the_rule_of_the_site(shop, site, signal, is_respected):
    shop.put(site=site)
    shop.context.set_extra_http_headers({signal: '1'})
    page = shop.open()
    page.evaluate("hourglass.identify('ann')")
    [view] = shop.settled(page)
    assert (view['visitor'] is None) == is_respected


@pytest.mark.parametrize('site, is_respected', [('shop', True), ('none', False)])
def test_a_signal_that_only_scripts_see_follows_the_rule_of_the_site(shop, site, is_respected):
    shop.put(site=site)
    page = shop.context.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    [view] = shop.settled(shop.open(page=page))
    assert (view['visitor'] is None) == is_respected


def test_this_machine_is_not_counted(shop):
    shop.website.put('localhost', '/', shop.snippet(debug=''))
    assert 'local' in said_on(shop, shop.context.new_page(), f'http://localhost:{shop.website.port}/')


def test_a_file_is_not_counted(shop, tmp_path):
    file = tmp_path / 'page.html'
    file.write_text(shop.snippet(debug=''), encoding='utf-8')
    assert 'local' in said_on(shop, shop.context.new_page(), file.as_uri())


def test_a_driven_browser_is_not_counted(shop):
    shop.put(debug='', robots=None)
    assert 'robots' in said_on(shop, shop.context.new_page(), shop.origin)


def test_a_frame_is_not_counted(shop):
    shop.put('/widget', debug='')
    shop.website.put(shop.host, '/', '<iframe src="/widget"></iframe>')
    assert 'frames' in said_on(shop, shop.context.new_page(), shop.origin)


def test_a_sandboxed_frame_is_not_counted_and_throws_nothing(shop):
    shop.put('/widget', debug='')
    shop.website.put(shop.host, '/', '<iframe src="/widget" sandbox="allow-scripts"></iframe>')
    assert 'frames' in said_on(shop, shop.context.new_page(), shop.origin)


def test_frames_are_counted_where_the_site_wants_it(shop):
    shop.put('/widget', frames='')
    shop.website.put(shop.host, '/', '<iframe src="/widget"></iframe>')
    shop.open()
    assert shop.stored(1)[0]['path'] == '/widget'


def test_nothing_is_said_without_the_switch(shop):
    shop.put(robots=None)
    assert not said_on(shop, shop.context.new_page(), shop.origin)
