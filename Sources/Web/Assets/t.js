// Hourglass. Sources/Web/README.md
(script => {
if (!script || window.hourglass?.off) return

let data = script.dataset, has = x => x in data, calls = window.hourglass?.q || [], queue = []
let { fetch } = window, { parse, stringify } = JSON, page = Math.random() + '' + Math.random(), serial = 0, last = 0
let consent = !has('consent') || null, begun, gone, busy, user, view, here, since, time, depth, told, turn

let why = (...x) => has('debug') && console.info(data.site, ...x)
let safe = f => (...x) => {
  try { return f(...x) } catch (e) { why(e) }
}
let store = safe(() => localStorage)() || {}
let seen = () => !gone && !document.hidden
let clean = x => {
  x = new URL(x, location)
  if (!has('hash')) x.hash = ''
  if (has('noQuery')) x.search = ''
  return x.href
}

let send = (name, x) => {
  let no = {
    off: window.hourglass_off || store.hourglass_off || consent === false,
    local: /^127|^[^.]*$/.test(location.hostname),
    frames: window != top,
    robots: navigator.webdriver,
    skipped: data.skip?.split(',').some(x => view?.startsWith(clean(x.replace('*', '')))),
    full: queue[999],
  }
  for (let x in no) if (no[x] && !has(x)) return why(name, x)
  queue.push({ name, at: performance.now(), text: stringify({
    site: data.site, key: data.key, id: page + serial++, name, user, gpc: navigator.globalPrivacyControl, ...x,
  }) })
  flush()
}
let json = ({ at, text }) => stringify({
  ...parse(text), age: performance.now() - Math.max(at, last) | 0,
  ...has('remember') && { visitor: store.hourglass_id ||= page },
})
let to = ({ name }) => new URL(name ? '' : 'identify', new URL(data.to || 'api/v1/events', script.src))
let image = safe(e => {
  let x = parse(json(e))
  x.props &&= stringify(x.props)
  new Image().src = new URL('pixel.gif?' + new URLSearchParams(x), script.src)
})
let flush = async (tries = 1) => {
  let e = queue[0], again = 1
  if (!begun || !consent || gone || busy || !e) return
  busy = e
  try {
    let body = json(e), x = await fetch(to(e), { method: 'POST', body, keepalive: body.length < 2e4 })
    last = performance.now() - parse(body).age
    why(x.status, x.headers.get('Analytics-Rejected') || await x.text())
    again = /429|5../.test(x.status)
  } catch (e) { why(e) }
  busy = again && tries < 5
  if (busy) return setTimeout(() => flush(tries + 1, busy = 0), 1e3 << tries)
  if (again) image(e)
  queue.shift()
  flush()
}

let measure = () => {
  depth = Math.max(depth, Math.min(100, 100 * (scrollY + innerHeight) / document.documentElement.scrollHeight | 0))
}
let engage = x => {
  if (x) measure()
  time += Math.max(0, performance.now() - since)
  since = seen() ? performance.now() : Infinity
  if (!view || time < 3e3 && depth == told) return
  send('engagement', { url: view, engaged: time | 0, scroll: told = depth })
  time = 0
}
let open = (x = {}) => {
  engage()
  let referrer = view ?? document.referrer
  here = clean(location)
  view = clean(x.url || here)
  time = depth = 0
  told = -1
  send('pageview', {
    referrer, title: document.title, language: navigator.language, screen: screen.width + 'x' + screen.height,
    viewport: innerWidth + 'x' + innerHeight, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, ...x, url: view,
  })
  if (document.querySelector('[data-404]')) track('404', { props: { path: location.pathname } })
  look(turn = {})
}
let tick = safe(() => {
  if (document.readyState == 'loading' || !seen()) return
  begun = 1
  has('manual') || clean(location) == here || open()
  calls.splice(0).map(x => track(...x))
  flush()
})
let track = window.hourglass = safe((name, x = {}) => {
  tick()
  if (!begun) calls.push([name, x])
  else if (name == 'pageview') open(x)
  else send(name, { ...x, url: clean(x.url || view || location) })
})

let marks = (e, props) => {
  for (let { name, value } of e.attributes) if (name.startsWith('data-track-')) props[name.slice(11)] = value
  return { props }
}
let look = mine => document.querySelectorAll('[data-seen]').forEach(e => {
  let timer
  new IntersectionObserver((x, w) => {
    let ripe = () => {
      if (performance.now() - since < 999) return timer = setTimeout(ripe, 1e3)
      w.disconnect()
      if (mine == turn) track('impression', marks(e, { seen: e.dataset.seen }))
    }
    clearTimeout(timer)
    timer = x.pop().intersectionRatio >= .5 && setTimeout(ripe, 1e3)
  }, { threshold: .5 }).observe(e)
})
let act = ({ type, target: t, button }) => {
  measure()
  let e = t.closest(type == 'submit' ? 'form' : '[data-track]:not(form)') || t.closest('[href]')
  if (!e || button > 1) return
  if (e.dataset.track) return track(e.dataset.track, marks(e, {}))
  let x = new URL(e.href || e.getAttribute('action') || '', document.baseURI)
  if (type == 'submit') has('noLinks') || track('Form: Submission', { props: { path: x.pathname } })
  else if (!has('noFiles') && /\.(csv|docx?|dmg|exe|gz|mp[34]|pdf|pptx?|rar|txt|xlsx?|zip)$/i.test(x.pathname))
    track('File Download', { props: { url: x.origin + x.pathname } })
  else if (!has('noLinks') && x.host && x.host != location.host) track('Outbound Link: Click', { props: { url: x.href } })
}

track.identify = safe((x, traits) => send(undefined, { user: user = x, traits }))
track.consent = safe((yes = true) => {
  if (!(consent = yes)) queue = []
  flush()
})
track.off = safe(() => store.hourglass_off = track.consent(false) || 1)
let on = {
  click: act, auxclick: act, submit: act, scroll: measure, visibilitychange: engage,
  pagehide() {
    engage(gone = 1)
    if (consent) queue.map(e => navigator.sendBeacon(to(e), json(e)) || image(e))
  },
  pageshow(x) {
    gone = 0
    if (x.persisted) view = here = ''
  },
}
for (let x in on) addEventListener(x, safe(on[x]), true)
tick(setInterval(tick, 200))
})(document.currentScript || document.querySelector('script[data-site]'))
