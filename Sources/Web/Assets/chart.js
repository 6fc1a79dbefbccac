// The chart of a series: it tells the part next to the pointer, or the one that keys choose, and leads to it.
// The values are those of the titles in the drawing, which the table has as well.

// The address of the time from one part to another, of the addresses of both; null for parts that have none.
const span = (first, last) => {
  const hour = last.match(/[?&]to=([^&]*)/);
  if (hour && !first.includes('/visits?')) return first.replace(/([?&]to=)[^&]*/, `$1${hour[1]}`);
  const day = last.match(/[?&]period=day&date=([^&]*)/);
  return day && first.replace(/([?&])period=day&date=([^&]*)/, `$1from=$2&to=${day[1]}`);
};

const follow = (chart) => {
  const spots = [...chart.querySelectorAll('.spots rect')];
  if (spots.length === 0) return;
  const texts = spots.map((spot) => {
    const title = spot.querySelector('title');
    const text = title.textContent;
    // Else the browser would tell it a second time.
    title.remove();
    return text;
  });
  const tip = Object.assign(document.createElement('p'), { className: 'tip', hidden: true });
  const line = document.createElementNS(chart.namespaceURI, 'line');
  const handle = Object.assign(document.createElement('span'), { className: 'handle', tabIndex: 0, role: 'slider' });
  const attributes = { 'aria-label': 'Parts of the chart', 'aria-valuemin': 1, 'aria-valuemax': spots.length };
  Object.entries(attributes).forEach(([name, value]) => handle.setAttribute(name, value));
  Object.entries({ class: 'cross', y1: 0, y2: 200 }).forEach(([name, value]) => line.setAttribute(name, value));
  tip.setAttribute('aria-hidden', 'true');
  const width = parseFloat(spots[0].getAttribute('width'));
  let [chosen, touched] = [spots.length - 1, -1];

  const choose = (index) => {
    chosen = Math.min(Math.max(index, 0), spots.length - 1);
    handle.setAttribute('aria-valuenow', chosen + 1);
    handle.setAttribute('aria-valuetext', texts[chosen]);
  };
  const show = (index) => {
    choose(index);
    const middle = parseFloat(spots[chosen].getAttribute('x')) + width / 2;
    ['x1', 'x2'].forEach((name) => line.setAttribute(name, `${middle}%`));
    line.setAttribute('visibility', 'visible');
    tip.textContent = texts[chosen];
    tip.hidden = false;
    const [plot, box] = [chart.parentElement.getBoundingClientRect(), chart.getBoundingClientRect()];
    const x = box.left - plot.left + box.width * middle / 100;
    tip.style.left = `${Math.min(Math.max(x - tip.offsetWidth / 2, 0), plot.width - tip.offsetWidth)}px`;
    handle.style.left = `${x}px`;
  };
  const hide = () => {
    line.setAttribute('visibility', 'hidden');
    tip.hidden = true;
  };
  const near = ({ clientX }) => {
    const box = chart.getBoundingClientRect();
    return Math.floor((clientX - box.left) / box.width * 100 / width);
  };

  chart.addEventListener('pointermove', (event) => show(near(event)));
  chart.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'touch' && document.activeElement !== handle) hide();
  });
  // The first touch tells a part, and another one leads to it.
  chart.addEventListener('click', (event) => {
    if (event.pointerType !== 'touch') return;
    show(near(event));
    if (touched !== chosen) event.preventDefault();
    touched = chosen;
  });
  handle.addEventListener('focus', () => show(chosen));
  handle.addEventListener('blur', hide);
  handle.addEventListener('keydown', (event) => {
    const moves = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: spots.length - 1 };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) show(moves[event.key]);
    else if (event.key === 'Enter' && spots[chosen].closest('a')) open(spots[chosen].closest('a').getAttribute('href'));
    else return;
    event.preventDefault();
  });
  // From where a pointer goes down to where it goes up is another period.
  let [start, end] = [-1, -1];
  const mark = () => spots.forEach((spot, index) => {
    const isHeld = start >= 0 && start !== end && index >= Math.min(start, end) && index <= Math.max(start, end);
    spot.classList.toggle('held', isHeld);
  });
  const stop = () => {
    start = -1;
    mark();
  };
  chart.addEventListener('dragstart', (event) => event.preventDefault());
  chart.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button) return;
    start = end = near(event);
  });
  chart.addEventListener('pointermove', (event) => {
    if (start < 0) return;
    end = Math.min(near(event), spots.length - 1);
    mark();
  });
  chart.addEventListener('pointerup', () => {
    const to = (index) => spots[index]?.closest('a')?.getAttribute('href');
    const [first, last] = [to(Math.min(start, end)), to(Math.max(start, end))];
    const address = start !== end && first && last && span(first, last);
    stop();
    if (address) open(address);
  });
  chart.addEventListener('pointerleave', stop);
  choose(chosen);
  hide();
  chart.append(line);
  chart.parentElement.append(tip, handle);
};
