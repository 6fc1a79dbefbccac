// Hourglass: views, time, depth, events. Manual: Sources/Web/README.md
(script => {
  if (!script || window.hourglass?.off) return;
  const data = script.dataset, calls = window.hourglass?.q || [], unique = Date.now().toString(36) + Math.random();
  const { fetch } = window, { parse, stringify } = JSON, { apply } = Reflect;
  let consent = !('consent' in data), queue = [], serial = 0, tries = 0, views = 0;
  let started, gone, flying, pause, change, user, view, here, since, time, scroll, told;

  const has = name => name in data;
  const now = () => performance.now();
  const visible = () => !gone && document.visibilityState == 'visible';
  const why = (...words) => has('debug') && console.info('hourglass:', ...words);
  // Nothing is thrown into the page.
  const safe = work => function () {
    try { return apply(work, this, arguments); } catch (error) { why(error); }
  };
  const on = (target, name, work) => target.addEventListener(name, safe(work), true);
  const beside = path => new URL(path, script.src || location);
  const clean = url => new URL(url, location).href
    .replace(has('hash') ? '' : /#.*/, '').replace(has('noQuery') ? /\?[^#]*/ : '', '');
  const off = safe(() => window.hourglass_off || localStorage.hourglass_off);
  const device = safe(() => localStorage.hourglass_id ||= unique);

  // Sending: one request at a time.
  const send = (name, fields, path = '') => {
    const skip = data.skip?.replace(/\*+/g, '.*').replace(/,/g, '|');
    const reason = off() ? 'off'
      : !has('local') && /^file|\/\/(localhost|127\.|\[)/.test(location) ? 'local'
      : !has('frames') && window != top ? 'frames'
      : !has('robots') && navigator.webdriver ? 'robots'
      : skip && RegExp(`^(${skip})$`).test(new URL(view || location).pathname) ? 'skip'
      : queue[999] && 'full';
    if (reason) return why(name, 'not sent:', reason);
    queue.push({ path, at: now(), text: stringify({
      site: data.site, key: data.key, id: unique + '-' + serial++, name, user,
      gpc: navigator.globalPrivacyControl || undefined, ...fields,
    }) });
    flush();
  };
  const body = ({ at, text }) =>
    stringify({ ...parse(text), age: Math.round(now() - at), visitor: has('remember') ? device() : undefined });
  const to = ({ path }) => new URL(path, beside(data.to || 'api/v1/events'));
  const image = safe(event => {
    const fields = parse(body(event));
    fields.props &&= stringify(fields.props);
    new Image().src = beside('pixel.gif?' + new URLSearchParams(fields));
  });
  const flush = () => {
    const [event] = queue;
    if (!started || !consent || gone || pause || flying || !event) return;
    flying = event;
    new Promise(go => {
      const text = body(event);
      go(fetch(to(event), { method: 'POST', body: text, keepalive: text.length < 2e4, credentials: 'omit' }));
    }).then(answer => answer.text().then(text => {
      why(answer.status, answer.headers.get('Analytics-Rejected') || text);
      return answer.status == 429 || answer.status > 499;
    })).catch(error => why(error) || true).then(again => {
      flying = 0;
      if (again && ++tries < 5) return pause = setTimeout(() => flush(pause = 0), 1e3 * 2 ** tries);
      if (again) image(event);
      queue = queue.filter(other => other != event);
      flush(tries = 0);
    });
  };

  // The time seen since it was told last, and the depth.
  const measure = () => {
    scroll = Math.min(100, Math.max(scroll, Math.round(100 * (scrollY + innerHeight) / document.documentElement.scrollHeight)));
  };
  const engage = () => {
    time += Math.max(0, now() - since);
    since = visible() ? now() : Infinity;
    if (!view || time < 3e3 && scroll == told) return;
    send('engagement', { url: view, engaged: Math.round(time), scroll: told = scroll, interactive: false });
    time = 0;
  };
  const open = (fields = {}) => {
    engage();
    const referrer = view ?? document.referrer;
    here = clean(location);
    view = clean(fields.url || here);
    time = scroll = 0;
    told = -1;
    send('pageview', {
      referrer, title: document.title, language: navigator.language, screen: screen.width + 'x' + screen.height,
      viewport: innerWidth + 'x' + innerHeight, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...fields, url: view,
    });
    if (document.querySelector('[data-404]')) send('404', { url: view, props: { path: location.pathname } });
    look(++views);
  };
  const settle = safe(() => {
    change = 0;
    if (!has('manual') && clean(location) != here) open();
  });
  const track = (name, fields = {}) => {
    if (!started) return calls.push([name, fields]);
    settle();
    if (name == 'pageview') open(fields);
    else send(name, { ...fields, url: clean(fields.url || view || location) });
  };

  // Markup.
  const properties = (element, props = {}) => {
    for (const { name, value } of element.attributes) if (name.startsWith('data-track-')) props[name.slice(11)] = value;
    return { props };
  };
  const look = mine => document.querySelectorAll('[data-seen]').forEach(element => {
    let timer;
    const tell = safe(() => {
      if (now() - since < 999) return timer = setTimeout(tell, 1e3);
      watcher.disconnect();
      if (mine == views) track('impression', properties(element, { seen: element.dataset.seen }));
    });
    const watcher = new IntersectionObserver(entries => {
      clearTimeout(timer);
      if (entries.pop().intersectionRatio >= 0.5) timer = setTimeout(tell, 1e3);
    }, { threshold: 0.5 });
    watcher.observe(element);
  });
  const act = ({ type, target, button }) => {
    measure();
    const form = type == 'submit', marked = target.closest(form ? 'form[data-track]' : '[data-track]:not(form)');
    const { href, host, origin, pathname } = target.closest('a[href^=http]') || location
    if (button > 1) return;
    if (marked) track(marked.dataset.track, properties(marked));
    else if (form) has('noForms') || track('Form: Submission', { props: { path: new URL(target.action).pathname } });
    else if (!has('noFiles') && /\.(7z|avi|csv|dmg|docx?|exe|gz|mov|mp[34]|pdf|pptx?|rar|txt|wav|xlsx?|zip)$/i.test(pathname))
      track('File Download', { props: { url: origin + pathname } });
    else if (!has('noLinks') && host != location.host) track('Outbound Link: Click', { props: { url: href } });
  };

  const start = () => {
    if (started || document.readyState == 'loading' || !visible()) return;
    started = true;
    settle();
    calls.map(call => api(...call));
    flush();
  };
  const api = window.hourglass = safe(track);
  api.identify = safe((name, traits) => send('identify', { user: user = name, traits }, 'identify'));
  api.consent = safe((yes = true) => {
    if (!(consent = yes)) queue = [];
    flush();
  });
  api.off = safe(() => localStorage.hourglass_off = window.hourglass_off = 1);
  on(document, 'visibilitychange', () => {
    engage(measure());
    start();
  });
  on(document, 'DOMContentLoaded', start);
  on(window, 'pagehide', () => {
    gone = true;
    engage(measure());
    if (consent) queue.map(event => event == flying || navigator.sendBeacon(to(event), body(event)) || image(event));
  });
  on(window, 'pageshow', ({ persisted }) => {
    gone = false;
    if (persisted) view = here = '';
    if (started) settle();
  });
  on(window, 'scroll', measure);
  ['click', 'auxclick', 'submit'].map(name => on(document, name, act));
  const changed = () => change ||= started && setTimeout(settle, 100);
  if (window.navigation) on(navigation, 'currententrychange', changed);
  else setInterval(changed, 300);
  start();
})(document.currentScript || document.querySelector('script[data-site]'));
