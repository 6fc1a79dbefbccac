"""A website under test."""

import html

from eventually import eventually

HITS = '''
SELECT name, host, path, title, source, visitor, bot, interactive, scroll, engaged, props,
       extract(epoch FROM ts) AS at
  FROM hourglass_read.hit WHERE host = :'host' ORDER BY ts, name
'''


class Shop:
    """A website with a host of its own, the browser that visits it, and what the server has stored of it."""

    def __init__(self, host, website, server, context):
        self.host = host
        self.website = website
        self.server = server
        self.context = context
        self.tracker = f'http://stats.test:{server.port}'

    @property
    def origin(self):
        """The origin of the pages."""
        return f'http://{self.host}:{self.website.port}'

    def snippet(self, **switches):
        """The element that loads the tracker: `skip='/a'` is `data-skip="/a"`, None leaves one out."""
        switches = {'site': 'shop', 'robots': '', **switches}
        data = ' '.join(f'data-{name.replace("_", "-")}="{html.escape(value)}"'
                        for name, value in switches.items() if value is not None)
        return f'<script async src="{self.tracker}/t.js" {data}></script>'

    def put(self, path='/', body='', head='', headers=None, **switches):
        """Makes a page with the snippet, which comes after the rest of the head."""
        self.website.put(self.host, path, f'<!doctype html><html><head><title>Shop</title>{head}'
                         f'{self.snippet(**switches)}</head><body>{body}</body></html>', headers)

    def open(self, path='/', page=None):
        """Opens a path in a page, or in a new one."""
        page = page or self.context.new_page()
        page.goto(self.origin + path)
        return page

    def hits(self, *names):
        """The stored hits, of some names or of all, in order of time."""
        rows = self.server.rows(HITS, host=self.host)
        return [row for row in rows if not names or row['name'] in names]

    def stored(self, count, *names):
        """The stored hits as soon as there are so many; checks that there are no more."""
        rows = eventually(lambda: self.hits(*names), lambda rows: len(rows) >= count)
        assert len(rows) == count, [(row['name'], row['path'], row['props']) for row in rows]
        return rows

    def settled(self, page):
        """All stored hits, once those that a page has sent so far are among them."""
        sent = page.evaluate("() => { const mark = 'mark' + Math.random(); hourglass(mark); return mark; }")
        assert eventually(lambda: self.hits(sent)), f'{sent} was not stored'
        return [row for row in self.hits() if not row['name'].startswith('mark')]

    def views(self, page):
        """The paths of the stored page views, once those that a page has sent so far are among them."""
        return [row['path'] for row in self.settled(page) if row['name'] == 'pageview']
