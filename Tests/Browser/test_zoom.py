"""The main page of a site as people go through it: into a day, an hour and a minute, by keys, and without a script."""

import json
import re
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

from playwright.sync_api import expect
import pytest

from test_pages import ALL, NARROW, WIDE, faults
from test_way_in import PASSWORD, Reader

SITE = '/s/zoom.test'
DAY = f'{SITE}?period=day&date=2026-01-05'


def send(server, hits):
    """Stores hits of the site."""
    key = server.command('key', 'add', 'zoom.test', '--scope', 'server')['key']
    request = Request(f'{server.url}/api/v1/events', json.dumps(hits).encode(),
                      {'Content-Type': 'application/json', 'Authorization': f'Bearer {key}'})
    with urlopen(request) as answer:
        assert answer.status == 200


@pytest.fixture(scope='module')
def member(browser, server):
    """A member who has keys, and whose site has hits of a day."""
    server.command('site', 'add', 'zoom.test', '--hostname', 'zoom.test')
    send(server, [
        {'user': f'u{user}', 'timestamp': f'2026-01-05T{hour:02}:{user:02}:00Z', 'url': f'https://zoom.test/{page}',
         'country': 'DE', 'browser': 'Firefox', 'referrer': 'https://www.google.com/'}
        for user in range(8) for hour in (9, 14) for page in ('', 'pricing')])
    server.command('account', 'add', 'zoe', '--role', 'member', text=f'{PASSWORD}\n')
    reader = Reader(browser, server)
    reader.open(SITE)
    reader.log_in('zoe')
    yield reader
    reader.end()


def parameters(page):
    """The parameters of the address."""
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def wait_for(page, **expected):
    """Waits for an address with these parameters and no others, and for its page."""
    page.wait_for_url(lambda url: {name: [value] for name, value in expected.items()} == parse_qs(urlsplit(url).query))
    expect(page.locator('main')).not_to_have_attribute('aria-busy', 'true')


def test_a_day_leads_to_an_hour_and_that_to_a_minute(member):
    page = member.page
    member.open(DAY)
    page.locator('.spots a').nth(9).click()
    wait_for(page, **{'from': '2026-01-05T09:00', 'to': '2026-01-05T09:59'})
    expect(page.locator('#series h2')).to_have_text('Visitors by minute')
    expect(page.locator('[data-metric=visitors] data').first).to_have_attribute('value', '8')
    # By keys: the hour after, that before, and up again.
    page.keyboard.press('ArrowRight')
    wait_for(page, **{'from': '2026-01-05T10:00', 'to': '2026-01-05T10:59'})
    page.keyboard.press('ArrowLeft')
    wait_for(page, **{'from': '2026-01-05T09:00', 'to': '2026-01-05T09:59'})
    page.keyboard.press('u')
    wait_for(page, period='day', date='2026-01-05')
    page.evaluate('history.back()')
    wait_for(page, **{'from': '2026-01-05T09:00', 'to': '2026-01-05T09:59'})
    expect(page.locator('#series h2')).to_have_text('Visitors by minute')
    with page.expect_navigation():
        page.locator('.spots a').nth(3).click()
    assert urlsplit(page.url).path == f'{SITE}/visits'
    assert parameters(page) == {'from': '2026-01-05T09:03', 'to': '2026-01-05T09:03'}


def test_the_chart_tells_its_parts_to_pointers_and_keys(member):
    page = member.page
    member.open(DAY)
    chart = page.locator('#series svg.chart').bounding_box()
    page.mouse.move(chart['x'] + chart['width'] * 14.5 / 24, chart['y'] + 50)
    expect(page.locator('.tip')).to_have_text(re.compile(r'5 Jan 2026, 14:00: 8'))
    page.mouse.move(chart['x'], chart['y'] - 60)
    expect(page.locator('.tip')).to_be_hidden()
    slider = page.locator('#series [role=slider]')
    slider.focus()
    page.keyboard.press('Home')
    for _ in range(9):
        page.keyboard.press('ArrowRight')
    assert slider.get_attribute('aria-valuetext').startswith('5 Jan 2026, 09:00: 8')
    # The arrows were those of the chart.
    assert parameters(page) == {'period': 'day', 'date': '2026-01-05'}
    page.keyboard.press('Enter')
    wait_for(page, **{'from': '2026-01-05T09:00', 'to': '2026-01-05T09:59'})


def test_the_chart_is_dragged_over_to_another_period(member):
    page = member.page
    member.open(DAY)
    chart = page.locator('#series svg.chart').bounding_box()
    places = [chart['x'] + chart['width'] * hour / 24 for hour in (14.5, 12.5, 9.5)]
    page.mouse.move(places[0], chart['y'] + 50)
    page.mouse.down()
    for place in places[1:]:
        page.mouse.move(place, chart['y'] + 50)
    page.mouse.up()
    wait_for(page, **{'from': '2026-01-05T09:00', 'to': '2026-01-05T14:59'})
    expect(page.locator('[data-metric=visitors] data').first).to_have_attribute('value', '8')


def test_a_filter_keeps_the_place_and_the_focus(member):
    page = member.page
    member.open(DAY)
    row = page.locator('#pages tbody a', has_text='/pricing')
    row.scroll_into_view_if_needed()
    page.evaluate('window.isTheSame = true')
    before = page.evaluate('scrollY')
    row.focus()
    page.keyboard.press('Enter')
    wait_for(page, period='day', date='2026-01-05', filter='page==/pricing')
    assert page.evaluate('window.isTheSame') and abs(page.evaluate('scrollY') - before) < 200
    assert page.evaluate("document.activeElement.closest('#pages') !== null")
    page.keyboard.press('Escape')
    wait_for(page, period='day', date='2026-01-05')
    page.evaluate('history.back()')
    wait_for(page, period='day', date='2026-01-05', filter='page==/pricing')
    expect(page.locator('.pill')).to_have_count(1)


def test_keys_are_clicks(member):
    page = member.page
    member.open(DAY)
    page.keyboard.press('2')
    wait_for(page, period='day', date='2026-01-05', metric='visits')
    page.keyboard.press('x')
    wait_for(page, period='day', date='2026-01-05', metric='visits', compare='off')
    page.keyboard.press('x')
    wait_for(page, period='day', date='2026-01-05', metric='visits')
    page.keyboard.press('c')
    assert page.evaluate('document.activeElement.id') == 'date-from'
    # Escape closes what is open, and leaves the rest.
    page.keyboard.press('Escape')
    expect(page.locator('[data-menu][open]')).to_have_count(0)
    page.keyboard.press('/')
    assert page.evaluate('document.activeElement.id') == 'filter-field'
    page.keyboard.press('Escape')
    page.keyboard.press('?')
    keys = page.locator('dialog.keys')
    expect(keys).to_contain_text('30 days')
    expect(keys).to_contain_text('g h')
    assert faults(page) == []
    page.keyboard.press('Escape')
    expect(keys).to_have_count(0)
    with page.expect_navigation():
        page.keyboard.press('o')
    assert urlsplit(page.url).path == f'{SITE}/why' and parameters(page)['metric'] == 'visits'
    member.open(DAY)
    page.keyboard.press('w')
    wait_for(page, period='7d')
    for keys, path in [('gr', f'{SITE}/realtime'), ('gd', SITE), ('gh', f'{SITE}/hour'), ('gn', f'{SITE}/visits'),
                       ('gs', '/sites')]:
        with page.expect_navigation():
            for key in keys:
                page.keyboard.press(key)
        assert urlsplit(page.url).path == path


def test_the_zone_is_chosen_and_kept(member, browser, server):
    member.open(f'{DAY}&filter=country==DE')
    page = member.page
    page.get_by_text('Zone', exact=True).click()
    page.fill('#zone', 'Asia/Tokyo')
    # Browsers know the names.
    expect(page.locator('#zones option', has_text='Asia/Tokyo')).to_have_count(1)
    with page.expect_navigation():
        page.locator('form:has(#zone) button.primary').click()
    assert parameters(page) == {'period': 'day', 'date': '2026-01-05', 'tz': 'Asia/Tokyo', 'filter': 'country==DE'}
    expect(page.locator('.drops [aria-current]', has_text='Asia/Tokyo')).to_have_count(1)
    expect(page.locator('.facts')).to_contain_text('Asia/Tokyo')
    page.get_by_text('Zone', exact=True).click()
    page.get_by_role('link', name='of the site').click()
    wait_for(page, period='day', date='2026-01-05', filter='country==DE')
    # That of the reader takes one click, on other pages too.
    context = browser.new_context(timezone_id='America/Lima', storage_state=page.context.storage_state())
    other = context.new_page()
    other.goto(server.url + DAY.replace('?', '/visits?'))
    other.get_by_text('Zone', exact=True).click()
    with other.expect_navigation():
        other.get_by_role('button', name='Yours: America/Lima').click()
    assert parameters(other) == {'period': 'day', 'date': '2026-01-05', 'tz': 'America/Lima'}
    expect(other.get_by_role('button', name='Yours')).to_have_count(0)
    context.close()
    # Without a script all of it works the same.
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    other = context.new_page()
    other.goto(server.url + DAY)
    other.get_by_text('Zone', exact=True).click()
    other.fill('#zone', 'America/New_York')
    other.locator('form:has(#zone) button.primary').click()
    assert parameters(other) == {'period': 'day', 'date': '2026-01-05', 'tz': 'America/New_York'}
    other.goto(server.url + DAY)
    other.locator('.spots a').nth(14).click()
    assert parameters(other) == {'from': '2026-01-05T14:00', 'to': '2026-01-05T14:59'}
    context.close()


def test_filters_are_one_line_on_narrow_screens(member, browser, server):
    page = member.page
    page.set_viewport_size(NARROW)
    member.open(f'{DAY}&filter=country==DE&filter=browser==Firefox')
    button, sheet = page.get_by_role('button', name='2 filters'), page.locator('#filters')
    expect(button).to_be_visible()
    expect(sheet).to_be_hidden()
    button.click()
    expect(sheet.locator('.pill')).to_have_count(2)
    assert faults(page) == []
    assert not page.evaluate('document.documentElement.scrollWidth > innerWidth')
    # Escape closes the sheet, and leaves the filters.
    page.keyboard.press('Escape')
    expect(sheet).to_be_hidden()
    assert parameters(page)['filter'] == 'browser==Firefox'
    # By keys: into the sheet, and back to the button of what is left.
    expect(button).to_be_focused()
    page.keyboard.press('Enter')
    for _ in range(2):
        page.keyboard.press('Tab')
    page.keyboard.press('Enter')
    wait_for(page, period='day', date='2026-01-05', filter='browser==Firefox')
    expect(page.get_by_role('button', name='1 filter')).to_be_focused()
    page.keyboard.press('/')
    assert page.evaluate('document.activeElement.id') == 'filter-field'
    page.get_by_role('button', name='Close').click()
    expect(page.locator('#filters')).to_be_hidden()
    # Wide screens show the same filters without the button.
    page.set_viewport_size(WIDE)
    expect(page.locator('#filters .pill')).to_be_visible()
    expect(page.locator('.unfold').first).to_be_hidden()
    # A sheet needs no script.
    context = browser.new_context(java_script_enabled=False, viewport=NARROW, storage_state=page.context.storage_state())
    other = context.new_page()
    other.goto(f'{server.url}{DAY}&filter=country==DE')
    other.get_by_role('button', name='1 filter').click()
    with other.expect_navigation():
        other.locator('#filters .pill a').last.click()
    assert parameters(other) == {'period': 'day', 'date': '2026-01-05'}
    context.close()


def test_every_state_can_be_used_by_everybody(member):
    page = member.page
    found = {}
    for state in ('period=day&date=2026-01-05', 'from=2026-01-05T09:00&to=2026-01-05T09:59', 'tz=Asia/Tokyo'):
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            member.open(f'{SITE}?{state}')
            for menu in page.locator('.drops summary').all():
                menu.click()
            found[state, size['width']] = faults(page) + faults(page, ALL)
            found[state, size['width'], 'too wide'] = page.evaluate('document.documentElement.scrollWidth > innerWidth')
    page.set_viewport_size(WIDE)
    assert {place: faults for place, faults in found.items() if faults} == {}


def test_the_first_view_is_small(member):
    page = member.page
    sizes = []
    page.on('requestfinished', lambda request: sizes.append((request.url, request.sizes()['responseBodySize'])))
    member.open(DAY)
    page.wait_for_load_state('networkidle')
    # The map comes when it is seen, as an image that is kept.
    assert sum(size for url, size in sizes if not url.endswith('.svg')) <= 40_000, sizes
    assert len([url for url, _ in sizes if not url.endswith('.svg')]) <= 3, sizes
