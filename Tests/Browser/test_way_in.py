"""The way in: from the link in the log to the first hit, logins, roles and settings, as people go it."""

import json
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from test_pages import ALL, NARROW, WIDE, faults

PASSWORD = 'correct horse battery'
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e&amp;'
SECTIONS = ['general', 'snippet', 'keys', 'members', 'privacy', 'retention', 'goals', 'pages', 'addresses', 'sharing', 'danger']
SITE = '/s/way.test'


class Reader:
    """Somebody with a browser of their own, whose pages say nothing, ask nobody but the server, and open no dialogs."""

    def __init__(self, browser, server):
        self.server = server
        self.context = browser.new_context(viewport=WIDE)
        self.context.set_default_timeout(60_000)
        self.said, self.hosts = [], set()
        self.context.on('console', lambda message: self.said.append(f'{message.page.url}: {message.text}'))
        self.context.on('weberror', lambda error: self.said.append(str(error.error)))
        self.context.on('dialog', lambda dialog: (self.said.append(dialog.message), dialog.dismiss()))
        self.context.on('request', lambda request: self.hosts.add(urlsplit(request.url).netloc))
        self.page = self.context.new_page()

    def open(self, path):
        """Opens a page; returns the status."""
        return self.page.goto(self.server.url + path).status

    def reach(self, selector):
        """Goes to an element by the tabulator alone."""
        for _ in range(120):
            if self.page.evaluate('selector => document.activeElement.matches(selector)', selector):
                return
            self.page.keyboard.press('Tab')
        raise AssertionError(f'{selector} cannot be reached on {self.page.url}')

    def type(self, **fields):
        """Fills fields of a form by the keyboard alone, in the order of the page."""
        for name, text in fields.items():
            self.reach(f'[name={name}]')
            self.page.keyboard.insert_text(text)

    def press(self, selector):
        """Presses a button by the keyboard alone, and waits for the page after it."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press('Enter')

    def log_in(self, name, password=PASSWORD):
        """Logs in on the page that asks for it."""
        self.type(name=name, password=password)
        self.press('form[action="/login"] button.primary')

    def end(self):
        """Closes the browser, and checks what its pages did. A page that is refused says so to the console."""
        self.context.close()
        assert [text for text in self.said if 'Failed to load resource: the server responded' not in text] == []
        assert self.hosts <= {urlsplit(self.server.url).netloc}


@pytest.fixture(scope='module')
def owner(browser, server):
    """The owner of a server with one site, made with the keyboard alone."""
    reader = Reader(browser, server)
    link = urlsplit(server.command('setup-link')['link'])
    reader.open(f'{link.path}?{link.query}')
    reader.type(name='ada', email='ada@way.test', display_name='Ada', password=PASSWORD, site='way.test',
                hostname='*.way.test')
    reader.press('form button.primary')
    assert urlsplit(reader.page.url).path == f'{SITE}/settings/snippet'
    yield reader
    reader.end()


@pytest.fixture(scope='module')
def guest(browser, server, owner):
    """Somebody who came by an invitation, as a viewer."""
    owner.open('/organisations/default')
    owner.page.check('[name=role][value=viewer]')
    owner.page.click('button:has-text("Create link")')
    link = urlsplit(owner.page.locator('[data-copy]').first.evaluate(
        'button => document.getElementById(button.dataset.copy).textContent'))
    reader = Reader(browser, server)
    reader.open(link.path)
    reader.type(name='grace', email='grace@way.test', display_name='Grace', password=PASSWORD)
    reader.press('form button.primary')
    yield reader
    reader.end()


def visit(browser, agent, website, server, host):
    """Opens a page with the snippet of the site."""
    tag = f'<script async src="http://stats.test:{server.port}/t.js" data-site="way.test" data-robots></script>'
    website.put(host, '/', f'<!doctype html><html><head><title>Way</title>{tag}</head></html>')
    context = browser.new_context(user_agent=agent)
    page = context.new_page()
    with page.expect_request(lambda request: urlsplit(request.url).path == '/api/v1/events'):
        page.goto(f'http://{host}:{website.port}/')
    return context


def test_the_page_of_the_snippet_tells_what_arrives(owner, browser, agent, website, server):
    owner.open(f'{SITE}/settings/snippet')
    box = owner.page.locator('#installation')
    assert 'Waiting for the first hit' in box.inner_text()
    foreign = visit(browser, agent, website, server, 'elsewhere.test')
    owner.page.locator('#installation.error').wait_for()
    assert 'A hit was refused' in box.inner_text()
    foreign.close()
    # The next page load asks again by itself.
    owner.open(f'{SITE}/settings/snippet')
    own = visit(browser, agent, website, server, 'www.way.test')
    owner.page.locator('#installation.success').wait_for()
    assert 'Hits arrive' in box.inner_text()
    own.close()


def test_whoever_logs_in_gets_to_where_they_wanted(owner, browser, server):
    reader = Reader(browser, server)
    reader.open(f'{SITE}/settings/keys')
    assert urlsplit(reader.page.url).path == '/login'
    reader.log_in('ada', 'wrong password')
    assert reader.page.locator('.notice.error, .error').first.is_visible()
    reader.log_in('ada')
    assert urlsplit(reader.page.url).path == f'{SITE}/settings/keys'
    reader.page.locator('details.menu summary').press('Enter')
    reader.press('form[action="/logout"] button')
    reader.open(f'{SITE}/settings/keys')
    assert urlsplit(reader.page.url).path == '/login'
    reader.end()


# The pages that a role opens beside those of the roles before it.
ROLES = {'viewer': [SITE], 'member': [f'{SITE}/settings/goals'], 'admin': [f'{SITE}/settings/keys'],
         'owner': [f'{SITE}/settings/danger']}


def test_each_role_sees_its_pages(owner, guest):
    for rank, role in enumerate(ROLES):
        if rank:
            owner.open('/organisations/default')
            form = owner.page.locator('form:has([name=account][value=grace]):has([name=role])')
            form.locator('[name=role]').select_option(role)
            form.locator('button').click()
            owner.page.locator('.notice.success').wait_for()
        for other, pages in enumerate(ROLES.values()):
            for page in pages:
                assert guest.open(page) == (200 if other <= rank else 403), (role, page)
    assert guest.open('/admin/accounts') == 403


def test_settings_are_changed_by_the_keyboard(owner, server):
    owner.open(f'{SITE}/settings/addresses')
    owner.type(addresses='192.0.2.7\n2001:db8::/32')
    owner.press('main form button.primary')
    owner.open(f'{SITE}/settings/keys')
    owner.type(label='by keyboard')
    owner.press('main form:has([name=label]) button.primary')
    site = server.command('site', 'show', 'way.test')
    assert site['settings']['exclude'] == ['192.0.2.7', '2001:db8::/32']
    assert 'by keyboard' in owner.page.content()


def test_a_share_link_asks_for_its_password(owner, browser, server):
    send(server, {'url': 'https://www.way.test/', 'user': 'reader'})
    owner.open(f'{SITE}/settings/sharing')
    owner.page.fill('#add-label', 'Press')
    owner.page.fill('#add-password', PASSWORD)
    with owner.page.expect_navigation():
        owner.page.click('button:has-text("Create link")')
    address = owner.page.locator('#secret').inner_text()
    assert 'with password' in owner.page.locator('tr:has-text("Press")').inner_text()
    path = urlsplit(address).path
    reader = Reader(browser, server)
    assert reader.open(f'{path}?period=day') == 401
    assert 'way.test' not in reader.page.content()
    for width in (WIDE, NARROW):
        reader.page.set_viewport_size(width)
        assert faults(reader.page) == []
        assert not reader.page.evaluate('document.documentElement.scrollWidth > innerWidth')
    reader.page.set_viewport_size(WIDE)
    reader.type(password='wrong password')
    reader.press('form button.primary')
    assert reader.page.locator('.notice.error').inner_text().strip() == 'The password is wrong.'
    reader.type(password=PASSWORD)
    reader.press('form button.primary')
    assert reader.page.url == f'{server.url}{path}?period=day'
    assert reader.page.locator('[data-metric=pageviews]').is_visible()
    assert reader.open(f'{path}/card/numbers') == 200
    # Another password ends what the former one opened.
    owner.open(f'{SITE}/settings/sharing')
    owner.page.locator('#lock-id').select_option(label='Press')
    owner.page.fill('#lock-password', 'another long sentence')
    with owner.page.expect_navigation():
        owner.page.click('button:has-text("Set password")')
    assert reader.open(path) == 401
    with owner.page.expect_navigation():
        owner.page.click('tr:has-text("Press") button:has-text("Remove password")')
    assert reader.open(path) == 200
    reader.end()


def test_sites_are_sorted_and_searched(owner):
    page = owner.page
    owner.open('/sites?period=30d')
    rows = page.locator('#sites tbody th a')
    everything = rows.all_inner_texts()
    assert everything == sorted(everything) and {'shop', 'way.test'} <= set(everything)
    page.locator('#sites thead a').first.click()
    page.wait_for_url('**/sites?period=30d&sort=-name')
    page.locator('th[aria-sort=descending]').wait_for()
    assert rows.all_inner_texts() == everything[::-1]
    page.locator('#sites thead').get_by_role('link', name='Page views').click()
    page.wait_for_url('**/sites?period=30d&sort=-pageviews')
    page.fill('#search', 'WAY')
    page.press('#search', 'Enter')
    page.wait_for_url('**/sites?period=30d&sort=-pageviews&q=WAY')
    assert rows.all_inner_texts() == ['way.test']
    assert page.locator('nav[aria-label=Period] [aria-current]').inner_text() == '30 days'


def send(server, *hits):
    """Sends hits to the site."""
    key = server.command('key', 'add', 'way.test', '--scope', 'server')['key']
    for hit in hits:
        request = Request(f'{server.url}/api/v1/events', json.dumps(hit).encode(),
                          {'Content-Type': 'application/json', 'Authorization': f'Bearer {key}'})
        with urlopen(request) as answer:
            assert answer.status in (200, 204)


def fill_with_hostile_texts(owner, server):
    """Puts a hostile text wherever a name may stand."""
    owner.open('/account')
    owner.page.fill('[name=display_name]', HOSTILE)
    owner.page.locator('form:has([name=display_name]) button.primary').click()
    owner.open('/organisations/default')
    owner.page.fill('[name=title]', HOSTILE)
    owner.page.locator('form:has([name=title]) button.primary').click()
    owner.page.fill('[name=label]', HOSTILE)
    owner.page.click('button:has-text("Create link")')
    server.command('key', 'add', 'way.test', '--scope', 'read', '--label', HOSTILE)
    server.command('share', 'add', 'way.test', '--label', HOSTILE)
    server.command('goal', 'add', 'way.test', '--event', HOSTILE, '--display', HOSTILE)
    server.command('segment', 'add', 'way.test', HOSTILE, '--filter', 'country==DE')
    server.command('note', 'add', 'way.test', '2026-11-26', HOSTILE)
    hit = {'url': f'https://www.way.test/{HOSTILE}', 'title': HOSTILE, 'referrer': f'https://evil.test/{HOSTILE}',
           'props': {HOSTILE: HOSTILE}, 'user_agent': HOSTILE, 'language': HOSTILE, 'user': HOSTILE,
           'country': 'DE', 'region': HOSTILE, 'city': HOSTILE, 'browser': HOSTILE, 'os': HOSTILE, 'source': HOSTILE}
    send(server, *({**hit, 'name': name} for name in ('pageview', HOSTILE)))


def test_hostile_texts_are_texts_on_every_page(owner, server):
    fill_with_hostile_texts(owner, server)
    paths = ['/sites', '/sites/new', '/organisations', '/organisations/default', '/account', '/admin/accounts',
             '/admin/audit', SITE, f'{SITE}?filter=page=@script', *[f'{SITE}/settings/{name}' for name in SECTIONS]]
    found = {}
    for path in paths:
        owner.page.set_viewport_size(WIDE)
        assert owner.open(path) == 200, path
        found[path, 'wide'] = faults(owner.page)
        owner.page.set_viewport_size(NARROW)
        found[path, 'too wide'] = owner.page.evaluate('document.documentElement.scrollWidth > innerWidth')
        found[path, 'narrow'] = faults(owner.page, ALL)
        assert owner.page.locator('main script, main img[src=x]').count() == 0, path
    assert {place: faults for place, faults in found.items() if faults} == {}
    owner.page.set_viewport_size(WIDE)
