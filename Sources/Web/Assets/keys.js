// Keys of an account that wants them, each of which is a click on the element that names it; `?` lists them.

const signs = { ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc' };

const meaning = (element) => {
  if (element.dataset.does) return element.dataset.does;
  const copy = element.cloneNode(true);
  copy.querySelectorAll('[aria-hidden]').forEach((part) => part.remove());
  return (element.placeholder || copy.textContent).trim().replace(/\s+/g, ' ');
};
const listKeys = () => {
  const found = new Map();
  const add = (key, text) => { if (!found.has(key)) found.set(key, text); };
  all('[data-key]', (element) => add(signs[element.dataset.key] ?? element.dataset.key, meaning(element)));
  all('[data-go]', (element) => add(`g ${element.dataset.go}`, meaning(element)));
  return [...found, ['.', 'Copy the address'], ['?', 'These keys']];
};
const showKeys = () => {
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const row = ([key, text]) => make('div', {}, make('dt', {}, make('kbd', {}, key)), make('dd', {}, text));
  const close = make('button', { className: 'button secondary' }, 'Close');
  const list = make('dl', {}, ...listKeys().map(row));
  const dialog = make('dialog', { className: 'keys', ariaLabel: 'Keys' }, make('h2', {}, 'Keys'), list, close);
  dialog.addEventListener('close', () => dialog.remove());
  close.addEventListener('click', () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
};
const copyAddress = async () => {
  const status = Object.assign(document.createElement('p'), { className: 'toast', role: 'status' });
  document.body.append(status);
  try {
    await navigator.clipboard.writeText(location.href);
    status.textContent = 'The address is copied';
  } catch {
    status.textContent = 'The address cannot be copied here';
  }
  setTimeout(() => status.remove(), 2000);
};

let goes = false;
addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (!('keys' in document.documentElement.dataset) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.isComposing || target.closest?.('input, select, textarea, dialog')) return;
  // Arrows move what has the focus.
  if (key.startsWith('Arrow') && target.closest?.('[tabindex="0"]')) return;
  const name = goes ? 'go' : 'key';
  goes = key === 'g' && !goes;
  if (goes) setTimeout(() => { goes = false; }, 2000);
  const element = goes ? null : document.querySelector(`[data-${name}="${CSS.escape(key)}"]`);
  // A menu or a sheet that is open takes the keys, and is closed by Escape alone; a browser may know no sheets.
  if (document.querySelector(':is([data-menu][open], :popover-open)')) return;
  if (element) {
    const sheet = element.matches('summary') && element.closest('[popover]');
    if (sheet && !sheet.checkVisibility()) sheet.showPopover();
    element.matches('input') ? element.focus() : element.click();
    if (element.matches('summary')) element.parentElement.querySelector('input:not([type="hidden"]), select')?.focus();
  } else if (name === 'key' && key === '?') showKeys();
  else if (name === 'key' && key === '.') copyAddress();
  else return;
  event.preventDefault();
});
