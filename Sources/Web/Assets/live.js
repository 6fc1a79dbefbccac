// Figures that follow the present moment, by one event stream while the page is seen.

const find = (selector) => document.querySelector(selector);
const set = (selector, text) => {
  const element = find(selector);
  if (element && element.textContent !== `${text}`) element.textContent = text;
};
const figure = (number) => number.toLocaleString('en-US');
const tile = (metric, number) => {
  const data = find(`[data-metric="${metric}"] data`);
  if (!data) return;
  data.value = number;
  data.textContent = figure(number);
};

// A stream that is open while it is wanted and the page is visible: browsers have few connections to one host.
class Live {
  constructor(address, handlers) {
    this.address = address;
    this.handlers = handlers;
    addEventListener('visibilitychange', () => this.update());
    addEventListener('pagehide', () => this.close());
    addEventListener('pageshow', () => this.update());
  }

  want(wanted) {
    this.wanted = wanted;
    this.update();
  }

  update() {
    if (!this.wanted || document.hidden) this.close();
    else if (!this.source) this.open();
  }

  open() {
    this.source = new EventSource(this.address);
    for (const [name, act] of Object.entries(this.handlers)) {
      this.source.addEventListener(name, (event) => act(event.data ? JSON.parse(event.data) : {}, event));
    }
  }

  close() {
    this.source?.close();
    this.source = undefined;
  }
}

// The hour that ends now, in the place of the one that the page was opened with.
const hour = (section, button) => {
  const zone = section.dataset.zoneName;
  const clock = (moment, timeZone) => moment.toLocaleTimeString('en-GB', { timeZone });
  const show = ({ at, hour: counts }) => {
    const end = new Date(at);
    const start = new Date(end - 3_600_000);
    set('[data-clock=start]', clock(start, zone));
    set('[data-clock=end]', clock(end, zone));
    set('[data-clock=utc-start]', clock(start, 'UTC'));
    set('[data-clock=utc-end]', clock(end, 'UTC'));
    set('[data-clock=date]', end.toLocaleDateString('en-GB', {
      timeZone: zone, day: 'numeric', month: 'short', year: 'numeric',
    }));
    Object.entries(counts).forEach(([name, number]) => tile(name, number));
    const names = ['unique_users', 'clicks', 'impressions'];
    set('#lines code', names.map((name) => `${name},${counts[name]}\n`).join(''));
    const slider = find('#at');
    slider.max = Math.max(slider.max, Math.floor(end / 1000));
    slider.value = Math.floor(end / 1000);
    slider.setAttribute('aria-valuetext', clock(end, zone));
    set('#command code', find('#command').textContent.replace(/timestamp=\d+/, `timestamp=${end.valueOf()}`));
  };
  const live = new Live(button.dataset.follow, {
    counts: show,
    behind: () => { button.textContent = 'Follow live (behind)'; },
    open: () => { button.textContent = 'Following live'; },
    error: () => { button.textContent = 'Follow live (away)'; },
  });
  const follow = (wanted) => {
    button.setAttribute('aria-pressed', wanted);
    if (!wanted) button.textContent = 'Follow live';
    live.want(wanted);
  };
  button.hidden = false;
  button.addEventListener('click', () => follow(button.getAttribute('aria-pressed') !== 'true'));
  const slider = find('#at');
  // A moment that is chosen is no longer the present one.
  slider.addEventListener('input', () => {
    follow(false);
    slider.setAttribute('aria-valuetext', clock(new Date(slider.value * 1000), zone));
    set('[data-clock=start]', clock(new Date(slider.value * 1000 - 3_600_000), zone));
    set('[data-clock=end]', clock(new Date(slider.value * 1000), zone));
  });
  slider.addEventListener('change', () => slider.form.requestSubmit());
};

// The page of live figures, from the first reading on.
const realtime = (button) => {
  const box = find('#hits');
  const mostHits = 50;
  const names = new Intl.DisplayNames(['en'], { type: 'region' });
  const cell = (name, column, hit) => {
    const element = document.createElement(name);
    if (column === 'time') {
      const time = element.appendChild(document.createElement('time'));
      time.dateTime = hit.time;
      time.textContent = new Date(hit.time).toLocaleTimeString('en-GB');
      element.scope = 'row';
    } else {
      const text = hit[column] ?? '';
      const isCode = column === 'country' && /^[A-Z]{2}$/.test(text);
      element.appendChild(document.createElement('bdi')).textContent = isCode ? names.of(text) : text;
    }
    return element;
  };
  const columns = (box?.dataset.columns ?? '').split(' ');
  const add = (hit) => {
    const row = document.createElement('tr');
    row.append(cell('th', 'time', hit), ...columns.map((column) => cell('td', column, hit)));
    box.querySelector('tbody').prepend(row);
  };
  let isFirst = true;
  const hits = (data) => {
    if (!box) return;
    const rows = box.querySelector('tbody');
    // A stream begins with the hits that the page has already.
    if (isFirst) rows.replaceChildren();
    isFirst = false;
    data.hits.forEach(add);
    while (rows.children.length > mostHits) rows.lastElementChild.remove();
    box.querySelector('[data-empty]').hidden = rows.children.length > 0;
  };
  const counts = (data) => {
    tile('visitors_5m', data.visitors_5m);
    tile('visitors_30m', data.visitors_30m);
    if (data.hour) Object.entries(data.hour).forEach(([name, number]) => tile(name, number));
    const most = Math.max(1, ...data.minutes.map(({ visitors }) => visitors));
    const bars = document.querySelectorAll('.minutes rect');
    const rows = document.querySelectorAll('#minutes tbody tr');
    data.minutes.forEach(({ visitors, pageviews }, place) => {
      const bar = bars[place];
      const row = rows[rows.length - 1 - place];
      const height = Math.trunc((visitors * 100) / most);
      bar.setAttribute('y', 100 - height);
      bar.setAttribute('height', height);
      const title = bar.firstElementChild;
      title.textContent = `${title.textContent.split(':')[0]}: ${figure(visitors)}`;
      [row.children[1].textContent, row.children[2].textContent] = [figure(visitors), figure(pageviews)];
    });
    set('#as-of time', new Date(data.at).toLocaleTimeString('en-GB'));
    say('');
  };
  const say = (text) => set('#state', text);
  const behind = ({ missed, detail }) => say(missed ? `${figure(missed)} hits were left out.` : `Behind: ${detail}.`);
  const live = new Live(button.dataset.stream, {
    counts,
    hits,
    behind,
    end: () => say(find('#state').dataset.behind),
    error: () => say(find('#state').dataset.behind),
  });
  button.hidden = false;
  find('[data-reload]').hidden = true;
  button.addEventListener('click', () => {
    const isPaused = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', isPaused);
    isFirst = true;
    live.want(!isPaused);
  });
  live.want(true);
};

const section = find('#hour');
const follow = find('[data-follow]');
if (section && follow) hour(section, follow);
const pause = find('[data-stream]');
if (pause) realtime(pause);
