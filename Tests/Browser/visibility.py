"""The visibility of pages, which headless browsers do not change."""

SCRIPT = '''
window.visibility = '%s';
Object.defineProperty(Document.prototype, 'visibilityState', { get: () => window.visibility, configurable: true });
Object.defineProperty(Document.prototype, 'hidden', { get: () => window.visibility != 'visible', configurable: true });
'''


def control(page, at_first='visible'):
    """Lets `show` and `hide` decide what a page is told about its visibility."""
    page.add_init_script(SCRIPT % at_first)


def show(page):
    """Shows a page."""
    change(page, 'visible')


def hide(page):
    """Hides a page, as when another tab is chosen."""
    change(page, 'hidden')


def change(page, state):
    """Changes the state and tells the page."""
    page.evaluate('''state => {
        visibility = state;
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }''', state)
