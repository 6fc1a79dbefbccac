// Hourglass: views, time, depth and events of a page, without cookies. Manual: Sources/Web/README.md
(script => {
  const { document, location, navigator, performance, fetch, setTimeout } = window, { stringify, parse } = JSON, { apply } = Reflect;
  if (!script || window.hourglass?.off) return;
  const data = script.dataset, calls = window.hourglass?.q || [], page = Date.now().toString(36) + Math.random();
  let queue = [], flying = [], serial = 0, pause, gone, started, consent = !('consent' in data), user, change;
  let view, here, since, time, depth, bottom, height, seen, timers = [];

  // Nothing is thrown into the page.
  const why = (...words) => 'debug' in data && console.info('hourglass:', ...words);
  const safe = work => function () { try { return apply(work, this, arguments); } catch (error) { why(error); } };
  const on = (target, names, work) => names.split(' ').map(name => target.addEventListener(name, safe(work), true));
  const stored = safe((name, value) => value ? localStorage[name] = value : localStorage[name]);
  const visible = () => document.visibilityState == 'visible';
  const beside = path => new URL(path, script.src || location);
  const clean = text => {
    const url = new URL(text, location);
    if (!('hash' in data)) url.hash = '';
    if ('noQuery' in data) url.search = '';
    return url.href;
  };

  const obstacle = url => {
    const obstacles = {
      local: /^(?!http)|\/\/(localhost|127\.|\[::1])/.test(location.href),
      frames: window != top,
      robots: navigator.webdriver,
      skip: data.skip?.split(',').some(path => RegExp('^' + path.replace(/[.+?()[\]{}|$^\\]/g, '\\$&').replace(/\*+/g, '.*') + '$')
        .test(new URL(url).pathname)),
      off: window.hourglass_off || stored('hourglass_off'),
      consent: consent === null,
      full: queue[999],
    };
    return Object.keys(obstacles).find(name => obstacles[name] && !/^(local|frames|robots)$/.test(name) | !(name in data));
  };
  const send = (name, fields, path = '') => {
    const reason = obstacle(fields.url);
    if (reason) return why(name, 'not sent:', reason);
    const gpc = navigator.globalPrivacyControl || undefined;
    queue.push({ path, at: performance.now(), text: stringify({
      site: data.site, key: data.key, id: page + '-' + serial++, name, user, gpc, ...fields }) });
    flush();
  };
  const body = events => {
    const texts = events.map(({ at, text }) => text.slice(0, -1) + `,"age":${Math.round(performance.now() - at)}}`);
    return events[1] ? `[${texts}]` : texts[0];
  };
  const to = path => new URL(path, data.to ? new URL(data.to, location) : beside('api/v1/events'));
  const image = safe(event => {
    const fields = parse(body([event]));
    fields.props &&= stringify(fields.props);
    new Image().src = beside('pixel.gif?' + new URLSearchParams(fields));
  });
  // The first events go together, up to 60 000 bytes: a character has three at most.
  const take = list => {
    let count = 0, size = 0;
    do size += list[count++].text.length;
    while (list[count] && !list[0].path && !list[count].path && size + list[count].text.length < 2e4);
    return list.splice(0, count);
  };
  const flush = () => {
    if (!started || gone || !consent || flying[0] || !queue[0]) return;
    flying = take(queue);
    attempt(1);
  };
  const attempt = tries => {
    const text = body(flying);
    pause = 0;
    new Promise(go => go(fetch(to(flying[0].path), { method: 'POST', body: text, keepalive: text.length < 21e3, credentials: 'omit' })))
      .then(answer => answer.text().then(text => {
        why(answer.status, answer.headers.get('Analytics-Rejected') || text);
        return answer.status == 429 || answer.status > 499;
      }))
      .catch(error => why(error) || true)
      .then(again => {
        if (again && tries < 5) return pause = setTimeout(attempt, 1e3 * 2 ** tries, tries + 1);
        if (again) flying.map(image);
        flying = [];
        flush();
      });
  };

  const measure = () => {
    height = document.documentElement.scrollHeight;
    bottom = Math.max(bottom, scrollY + innerHeight);
  };
  // The visible time since the last engagement of the view, and the depth.
  const engage = () => {
    if (!view) return;
    const now = performance.now(), scroll = Math.min(100, Math.round(100 * bottom / height));
    if (since) time += now - since;
    since = visible() && !gone && now;
    if (time < 3e3 && scroll <= depth) return;
    depth = Math.max(depth, scroll);
    send('engagement', { url: view, engaged: Math.round(time), scroll: depth, interactive: false });
    time = 0;
  };
  const leave = event => {
    gone = event.type == 'pagehide';
    measure();
    engage();
    // The rest; again, with the same ids, if the page stays.
    const rest = started && consent && (gone || flying[0]) ? [...pause ? flying : [], ...queue] : [];
    while (rest[0]) {
      const events = take(rest);
      if (!navigator.sendBeacon(to(events[0].path), body(events))) events.map(image);
    }
  };

  const open = fields => {
    engage();
    const referrer = view ?? document.referrer;
    here = clean(location);
    view = clean(fields?.url || location);
    since = visible() && performance.now();
    time = bottom = 0;
    depth = -1;
    seen = new Set();
    measure();
    send('pageview', {
      referrer, title: document.title, language: navigator.language, screen: screen.width + 'x' + screen.height,
      viewport: innerWidth + 'x' + innerHeight, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...fields, url: view,
    });
    if (document.querySelector('[data-404]')) send('404', { url: view, props: { path: location.pathname } });
    look();
  };
  // Several changes of the address in a row are one view.
  const settle = () => {
    change = clearTimeout(change);
    if (clean(location) != here) open();
  };
  const changed = () => {
    clearTimeout(change);
    change = started && !('manual' in data) && setTimeout(safe(settle), 100);
  };
  const track = (name, fields) => {
    if (!started) return calls.push([name, fields]);
    if (change) settle();
    if (name == 'pageview') open(fields);
    else send(name, { ...fields, url: clean(fields?.url || view || location) });
  };

  const properties = (element, props = {}) => {
    for (const { name, value } of element.attributes) if (/^data-track-/.test(name)) props[name.slice(11)] = value;
    return { props };
  };
  const act = ({ type, target, button }) => {
    if (button > 1) return;
    measure();
    const form = type == 'submit', marked = target.closest(form ? 'form[data-track]' : '[data-track]:not(form)');
    if (marked) return track(marked.dataset.track, properties(marked));
    const link = form ? target : target.closest('a[href]');
    const url = new URL(link.getAttribute(form ? 'action' : 'href') || location, document.baseURI);
    if (!/^http/.test(url)) return;
    if (form) return 'noForms' in data || track('Form: Submission', { props: { path: url.pathname } });
    if (!('noFiles' in data) && (link.download || /\.(7z|avi|csv|dmg|docx?|exe|gz|mov|mp[34]|pdf|pkg|pptx?|rar|txt|wav|xlsx?|zip)$/i.test(url.pathname)))
      track('File Download', { props: { url: url.origin + url.pathname } });
    else if (!('noLinks' in data) && url.host != location.host) track('Outbound Link: Click', { props: { url: url.href } });
  };
  const watcher = window.IntersectionObserver && new IntersectionObserver(safe(entries => entries.map(({ target, intersectionRatio }) => {
    clearTimeout(target.timer)
    }), { threshold: 0.5 });

  const start = () => {
    if (started || document.readyState == 'loading' || document.prerendering || !visible()) return;
    started = true;
    if (!('manual' in data)) open();
    calls.map(call => track(...call));
    flush();
  };

})(document.currentScript || document.querySelector('script[data-site]'));
