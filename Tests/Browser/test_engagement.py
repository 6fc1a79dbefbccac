"""How long and how far pages are read."""

import pytest

import visibility

TOLERANCE = 1500


@pytest.fixture
def page(shop):
    """A page four times as high as the window, whose clock and visibility tests set, and another page."""
    shop.context.new_page()
    page = shop.context.new_page()
    page.clock.install()
    visibility.control(page)
    shop.put(body='<p style="height: 400vh; margin: 0">Soups</p>')
    shop.put('/end')
    shop.open(page=page)
    return page


def engaged(rows):
    """The milliseconds of the engagements of the first page."""
    return [row['engaged'] for row in rows if row['name'] == 'engagement' and row['path'] == '/']


def test_leaving_tells_the_visible_time(shop, page):
    page.clock.fast_forward(7000)
    shop.open('/end', page)
    assert sum(engaged(shop.settled(page))) == pytest.approx(7000, abs=TOLERANCE)


def test_hidden_time_is_excluded_and_increments_add_up_to_the_visible_time(shop, page):
    for seconds in 5, 11, 4:
        page.clock.fast_forward(seconds * 1000)
        visibility.hide(page)
        page.clock.fast_forward(600_000)
        visibility.show(page)
    page.clock.fast_forward(8000)
    shop.open('/end', page)
    # A clock that jumps while a request is under way changes the order of their times.
    told = sorted(engaged(shop.settled(page)))
    assert told == [pytest.approx(seconds * 1000, abs=TOLERANCE) for seconds in (4, 5, 8, 11)]


def test_the_greatest_depth_is_told(shop, page):
    for part in 0.5, 0.1:
        page.evaluate('''part => new Promise(done => {
            addEventListener('scroll', done, { once: true });
            scrollTo(0, part * document.documentElement.scrollHeight - innerHeight);
        }).then(() => 0)''', part)
    shop.open('/end', page)
    shop.settled(page)
    assert max(row['scroll'] for row in shop.hits('engagement') if row['path'] == '/') == 50


def test_a_new_view_begins_a_new_time(shop, page):
    page.clock.fast_forward(5000)
    page.evaluate("history.pushState({}, '', '/soups')")
    page.clock.run_for(500)
    page.clock.fast_forward(9000)
    shop.open('/end', page)
    rows = shop.settled(page)
    assert sum(engaged(rows)) == pytest.approx(5000, abs=TOLERANCE)
    soups = [row['engaged'] for row in rows if row['name'] == 'engagement' and row['path'] == '/soups']
    assert sum(soups) == pytest.approx(9000, abs=TOLERANCE)


def test_closing_the_tab_tells_the_time(shop, page):
    page.clock.fast_forward(7000)
    shop.stored(1, 'pageview')
    page.close(run_before_unload=True)
    rows = shop.stored(1, 'engagement')
    assert engaged(rows) == [pytest.approx(7000, abs=TOLERANCE)]
