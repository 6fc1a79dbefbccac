"""What the script of pages adds, and that nothing needs it."""

import pytest

from test_pages import page, stories  # pylint: disable=unused-import


@pytest.fixture
def story(page, server, stories):
    """A function that opens a state of a page."""
    def open_story(name):
        page.goto(f'{server.url}/dev/{name}')
        return page
    return open_story


def test_texts_are_copied(story):
    page = story('snippet/received')
    page.context.grant_permissions(['clipboard-read', 'clipboard-write'])
    page.click('button[data-copy=snippet-tag]')
    page.get_by_text('Copied').wait_for()
    assert page.evaluate('navigator.clipboard.readText()') == page.inner_text('#snippet-tag')


def test_a_password_is_shown_and_hidden_again_when_it_is_sent(story):
    page = story('login/empty')
    page.fill('#password', 'secret')
    page.click('[data-reveal]')
    assert page.get_attribute('#password', 'type') == 'text'
    page.evaluate("""document.querySelector('form[action$=login]')
        .addEventListener('submit', (event) => event.preventDefault())""")
    page.fill('#name', 'ada')
    page.keyboard.press('Enter')
    assert page.get_attribute('#password', 'type') == 'password'


def test_what_cannot_be_taken_back_waits_for_the_name(story):
    page = story('danger/all')
    button = page.get_by_role('button', name='Delete the site')
    assert button.is_disabled()
    page.fill('#delete-confirm', 'example.com')
    assert button.is_enabled()
    page.fill('#delete-confirm', 'example.org')
    assert button.is_disabled()


def test_the_menu_closes_by_escape_and_by_a_click_elsewhere(story):
    page = story('sites/many')
    for close in (lambda: page.keyboard.press('Escape'), lambda: page.click('h1')):
        page.click('[data-menu] summary')
        page.get_by_role('link', name='Your account').wait_for()
        close()
        page.get_by_role('link', name='Your account').wait_for(state='hidden')


def test_colours_are_seen_when_they_are_chosen(story):
    page = story('account/off')
    for theme in ('dark', 'light'):
        page.check(f'#appearance-theme-{theme}')
        assert page.get_attribute('html', 'data-theme') == theme
    page.check('#appearance-theme-system')
    assert page.get_attribute('html', 'data-theme') is None


def test_moments_and_zones_are_those_of_the_reader(browser, server, stories):
    context = browser.new_context(timezone_id='Asia/Tokyo')
    page = context.new_page()
    page.goto(f'{server.url}/dev/setup/empty')
    assert page.input_value('#timezone') == 'Asia/Tokyo'
    page.goto(f'{server.url}/dev/audit/many')
    time = page.locator('time').first
    assert time.inner_text() == '25 Nov 2026, 23:32'
    assert time.get_attribute('title') == '25 Nov 2026, 14:32 UTC'
    context.close()


def test_the_box_of_the_installation_follows_what_arrives(browser, server, stories):
    context = browser.new_context()
    page = context.new_page()
    page.route('**/status.json', lambda route: route.fulfill(json={'state': 'received'}))
    page.goto(f'{server.url}/dev/snippet/waiting')
    page.get_by_text('Waiting for the first hit').wait_for()
    # The page that the box is taken from is the same address, which has another state by then.
    page.route('**/dev/snippet/waiting', lambda route: route.fulfill(
        response=route.fetch(url=f'{server.url}/dev/snippet/received')))
    page.get_by_text('Hits arrive').wait_for()
    assert page.locator('#installation').count() == 1
    context.close()


def test_pages_work_without_script(browser, server, stories):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f'{server.url}/dev/snippet/waiting')
    assert page.get_by_role('link', name='Check again').is_visible()
    assert not page.get_by_role('button', name='Copy').first.is_visible()
    page.goto(f'{server.url}/dev/danger/all')
    assert page.get_by_role('button', name='Delete the site').is_enabled()
    page.goto(f'{server.url}/dev/goals/empty')
    assert page.get_by_label('Event', exact=False).first.is_visible()
    assert not page.locator('.of-scroll').is_visible()
    page.check('#kind-scroll')
    assert page.locator('.of-scroll').is_visible() and not page.locator('.of-event').is_visible()
    context.close()
