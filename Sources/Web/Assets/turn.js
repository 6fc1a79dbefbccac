// Another state of the same page takes the place of its content, so that the scroll position and the focus stay.

// A page of this server; null for another answer. The one place at which HTML becomes elements.
const policy = window.trustedTypes?.createPolicy('hourglass', { createHTML: (text) => text });
const read = async (address, signal) => {
  const answer = await fetch(address, { signal });
  const isPage = answer.ok && !answer.redirected && answer.headers.get('Content-Type')?.startsWith('text/html');
  if (!isPage) return null;
  const text = await answer.text();
  return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, 'text/html');
};

const choices = (box) => [...box?.querySelectorAll('a[href], button, summary, [role="slider"]') ?? []]
  .filter((element) => !element.closest('[aria-hidden="true"]'));
// The element with the focus, by what remains of it: its section, its text and its place there.
const focused = () => {
  const element = document.activeElement;
  const box = element?.closest('#main [id], #main');
  const place = choices(box).indexOf(element);
  return place < 0 ? null : { id: box.id, text: element.textContent, place };
};
// The button of a menu or a sheet that is closed by now.
const opener = (element) => {
  const sheet = element.closest('[popover]');
  if (sheet?.checkVisibility() === false) return document.querySelector(`[popovertarget="${CSS.escape(sheet.id)}"]`);
  return element.closest('details')?.querySelector('summary');
};
const focusAgain = (place) => {
  const main = document.getElementById('main');
  const found = choices(document.getElementById(place.id) ?? main);
  const element = found.find(({ textContent }) => textContent === place.text) ?? found[place.place] ?? main;
  const shown = element.checkVisibility?.() === false ? opener(element) : element;
  (shown ?? main).focus({ preventScroll: true });
};

let [turning, turned] = [null, location.pathname + location.search];
const turn = async (address, isNew) => {
  turning?.abort();
  turning = new AbortController();
  const { signal } = turning;
  const main = document.getElementById('main');
  main.setAttribute('aria-busy', 'true');
  try {
    const page = await read(address, signal);
    const next = page?.getElementById('main');
    if (!next) throw new TypeError('no page');
    if (isNew) history.pushState(null, '', address);
    turned = location.pathname + location.search;
    const place = focused();
    document.title = page.title;
    document.getElementById('main').replaceWith(document.adoptNode(next));
    improve(next);
    if (place) focusAgain(place);
    if (isNew && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: 'nearest' });
  } catch {
    // Without the other state, the browser tells why.
    if (!signal.aborted) isNew ? location.assign(address) : location.reload();
  }
};

const isState = (address) => document.querySelector('#main .bar-top') && address.origin === location.origin
  && address.pathname === location.pathname && address.search !== location.search;
const open = (text) => {
  const address = new URL(text, location.href);
  if (isState(address)) turn(address.href, true);
  else location.assign(address);
};
addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.altKey || link.hasAttribute('download') || link.hasAttribute('target')) return;
  const address = new URL(link.getAttribute('href'), location.href);
  if (!isState(address)) return;
  event.preventDefault();
  turn(address.href, true);
});
addEventListener('popstate', () => {
  if (turned !== location.pathname + location.search) turn(location.href, false);
});
