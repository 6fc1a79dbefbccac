"""What visitors do on a page."""

import visibility


def props_of(rows, name):
    """The properties of the hits of a name."""
    return [row['props'] for row in rows if row['name'] == name]


def test_a_click_within_a_marked_element_is_its_event(shop):
    shop.put(body='<button data-track="buy" data-track-plan="pro" data-track-seats="3"><b>Buy</b></button>')
    page = shop.open()
    page.click('b')
    assert props_of(shop.settled(page), 'buy') == [{'plan': 'pro', 'seats': '3'}]


def test_a_marked_click_is_a_click_of_the_hour(shop):
    shop.put(body='<button data-track="click">Look</button>')
    page = shop.open()
    page.click('button')
    shop.settled(page)
    hour = '''SELECT count(*) FROM hourglass_read.event JOIN hourglass_read.hit USING (site_id, ts)
               WHERE host = :'host' AND name = 'click' '''
    assert shop.server.rows(hour, host=shop.host) == [{'count': 1}]


def test_an_outbound_link_is_one_event_for_each_kind_of_click(shop):
    shop.put(body='''<a id="plain" href="http://maps.test/here">Map</a> <a id="own" href="#top">Top</a>
        <a id="handled" href="http://bank.test/pay?sum=3">Pay</a>
        <script>document.querySelectorAll('a[id]').forEach(link =>
            link.addEventListener('click', event => event.preventDefault()))</script>''')
    page = shop.open()
    page.click('#handled')
    page.click('#own')
    page.click('#plain')
    with page.context.expect_page():
        page.click('#plain', button='middle')
    page.click('#plain', button='right')
    assert props_of(shop.settled(page), 'Outbound Link: Click') == [
        {'url': 'http://bank.test/pay?sum=3'}, {'url': 'http://maps.test/here'}, {'url': 'http://maps.test/here'}]


def test_a_download_is_an_event_without_the_query(shop):
    shop.put(body='<a href="/files/menu.pdf?version=2">Menu</a>'
             '<script>onclick = event => event.preventDefault()</script>')
    page = shop.open()
    page.click('a')
    rows = shop.settled(page)
    assert props_of(rows, 'File Download') == [{'url': f'{shop.origin}/files/menu.pdf'}]
    assert not props_of(rows, 'Outbound Link: Click')


def test_switches_turn_links_forms_and_files_off(shop):
    shop.put(no_links='', no_files='', body='''<a id="out" href="http://maps.test/">Map</a>
        <a id="file" href="/menu.pdf">Menu</a><form action="/search"><button>Search</button></form><script>
        onsubmit = event => event.preventDefault();
        onclick = event => event.target.closest('a') && event.preventDefault();
        </script>''')
    page = shop.open()
    for element in '#out', '#file', 'button':
        page.click(element)
    assert [row['name'] for row in shop.settled(page)] == ['pageview']


def test_a_form_is_an_event_when_it_is_submitted(shop):
    shop.put(body='<form action="/search"><input name="words"><button>Search</button></form>')
    shop.put('/search')
    page = shop.open()
    page.fill('input', 'secret words')
    page.click('button')
    page.wait_for_url('**/search?words=*')
    rows = shop.settled(page)
    assert props_of(rows, 'Form: Submission') == [{'path': '/search'}]
    assert 'secret' not in str(rows)


def test_a_marked_form_is_its_event_and_no_other(shop):
    shop.put(body='<form action="/x" data-track="signup" data-track-list="news"><button>Join</button></form>'
             '<script>onsubmit = event => event.preventDefault()</script>')
    page = shop.open()
    page.click('button')
    rows = shop.settled(page)
    assert props_of(rows, 'signup') == [{'list': 'news'}]
    assert not props_of(rows, 'Form: Submission')


def test_an_element_is_an_impression_once_after_half_of_it_was_visible_for_a_second(shop):
    shop.put(body='''<p style="height: 3000px">Soups</p>
        <div data-seen="banner" data-track-place="end" style="height: 200px">Desserts</div>
        <p style="height: 3000px">Coffee</p>''')
    page = shop.context.new_page()
    page.clock.install()
    shop.open(page=page)

    def look(visible):
        """Shows so many pixels of the element, and waits until the page was told."""
        page.evaluate('''visible => new Promise(done => {
            scrollTo(0, document.querySelector('div').offsetTop - innerHeight + visible);
            const observer = new IntersectionObserver(done, { threshold: [0, 0.25, 0.5, 0.75, 1] });
            observer.observe(document.querySelector('div'));
        }).then(() => 0)''', visible)

    look(50)
    page.clock.run_for(5000)
    look(150)
    page.clock.run_for(500)
    look(0)
    page.clock.run_for(5000)
    assert not props_of(shop.settled(page), 'impression')
    for _ in range(2):
        look(150)
        page.clock.run_for(2100)
        look(0)
    [props] = props_of(shop.settled(page), 'impression')
    assert props['place'] == 'end' and 'banner' in props.values()
    assert not shop.hits('impression')[0]['interactive']


def test_an_element_in_a_hidden_tab_is_no_impression(shop):
    shop.put(body='<div data-seen="banner" style="height: 200px">Desserts</div>')
    page = shop.context.new_page()
    page.clock.install()
    visibility.control(page)
    shop.open(page=page)
    visibility.hide(page)
    page.clock.run_for(5000)
    assert not props_of(shop.settled(page), 'impression')


def test_a_marked_page_is_a_404(shop):
    shop.put('/gone', body='<p data-404>There is nothing here.</p>')
    assert props_of(shop.settled(shop.open('/gone')), '404') == [{'path': '/gone'}]
