// What makes pages more comfortable; each of them does the same without it. `chart.js`, `keys.js` and `turn.js` are
// served before it as one file with it.

const all = (selector, act) => document.querySelectorAll(selector).forEach(act);

// Texts to copy.
const select = (element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
};
const copy = async (element) => {
  // Plain http has no clipboard but the command of old.
  if (navigator.clipboard) return navigator.clipboard.writeText(element.textContent);
  select(element);
  if (!document.execCommand('copy')) throw new Error('not allowed');
};
const offerCopying = (button) => {
  const label = button.querySelector('[aria-live]');
  const element = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await copy(element);
      label.textContent = 'Copied';
      setTimeout(() => { label.textContent = 'Copy'; }, 2000);
    } catch {
      select(element);
      label.textContent = 'Press Ctrl+C';
    }
  });
};

// Passwords that are shown.
const offerRevealing = (button) => {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  const show = (shown) => {
    input.type = shown ? 'text' : 'password';
    button.firstChild.textContent = shown ? 'Hide' : 'Show';
    button.setAttribute('aria-pressed', shown);
  };
  button.addEventListener('click', () => show(input.type === 'password'));
  // So that browsers see a password when the form is sent.
  input.form.addEventListener('submit', () => show(false));
};

// Moments in the time of the reader.
const localize = (time) => {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.valueOf())) return;
  time.title = time.textContent;
  if ('clockTime' in time.dataset) {
    time.textContent = moment.toLocaleTimeString('en-GB');
    return;
  }
  const parts = { day: 'numeric', month: 'short', year: 'numeric' };
  if (!('date' in time.dataset)) Object.assign(parts, { hour: '2-digit', minute: '2-digit' });
  time.textContent = moment.toLocaleString('en-GB', parts);
};

// The time until one may try again.
const countDown = (place) => {
  const end = Date.now() + place.dataset.seconds * 1000;
  const timer = setInterval(() => {
    place.textContent = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    if (Date.now() > end) clearInterval(timer);
  }, 250);
};

// A button that waits until the name has been typed.
const guard = (input) => {
  const button = input.form.querySelector('button.danger');
  const check = () => { button.disabled = input.value !== input.dataset.confirm; };
  input.addEventListener('input', check);
  check();
};

const replace = async (id) => {
  const page = await read(location.href);
  const next = page?.getElementById(id);
  if (next) {
    document.getElementById(id).replaceWith(document.adoptNode(next));
    all(`#${id}`, improve);
  }
};

// What arrives from a site: asked for while the page is seen.
const watch = (box) => {
  const timer = setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(box.dataset.live);
      if (!answer.ok || !box.isConnected) return;
      const { state } = await answer.json();
      if (state === box.dataset.state) return;
      clearInterval(timer);
      await replace(box.id);
    } catch {
      // The server is away; the next time it may be back.
    }
  }, 2000);
  box.querySelector('[data-again]')?.remove();
};

// Colours are seen when they are chosen.
const preview = (group) => group.addEventListener('change', ({ target }) => {
  if (target.value === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = target.value;
});

const chooseZone = (list) => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if ([...list.options].some((option) => option.value === timeZone)) list.value = timeZone;
};

// The names of zones, which browsers know; that of the reader with one click.
const offerZones = (button) => {
  const field = document.getElementById(button.dataset.ownZone);
  field.addEventListener('focus', () => {
    const zones = Intl.supportedValuesOf?.('timeZone') ?? [];
    field.list.replaceChildren(...zones.map((zone) => new Option(zone)));
  }, { once: true });
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const offered = [...field.closest('details').querySelectorAll('a')].map(({ textContent }) => textContent.split(' ')[0]);
  if (!timeZone || offered.includes(timeZone)) return;
  button.textContent = `Yours: ${timeZone}`;
  button.hidden = false;
  button.addEventListener('click', () => {
    field.value = timeZone;
    field.form.requestSubmit();
  });
};

function improve(root) {
  const inside = (selector, act) => [root, ...root.querySelectorAll(selector)]
    .filter((element) => element.matches?.(selector)).forEach(act);
  inside('[data-copy]', offerCopying);
  inside('[data-reveal]', offerRevealing);
  inside('time[datetime]', localize);
  inside('[data-seconds]', countDown);
  inside('[data-confirm]', guard);
  inside('[data-live]', watch);
  inside('[data-themes]', preview);
  inside('[data-zone]', chooseZone);
  inside('[data-own-zone]', offerZones);
  inside('[data-series]', follow);
  // In a row of tabs that is wider than the screen.
  inside('.tabs [aria-current]', (tab) => tab.scrollIntoView({ block: 'nearest', inline: 'center' }));
}
improve(document);

// Menus close as people expect; a form is sent once.
addEventListener('click', ({ target }) => all('[data-menu][open]', (menu) => {
  if (!menu.contains(target)) menu.open = false;
}));
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') {
    all('[data-menu][open]', (menu) => { menu.open = false; menu.firstElementChild.focus(); });
  }
});
addEventListener('submit', (event) => {
  if (event.target.getAttribute('aria-busy')) event.preventDefault();
  event.target.setAttribute('aria-busy', 'true');
  // Somebody may have stopped it.
  setTimeout(() => event.target.removeAttribute('aria-busy'), 5000);
});
addEventListener('pageshow', () => all('form[aria-busy]', (form) => form.removeAttribute('aria-busy')));
