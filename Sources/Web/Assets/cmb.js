// Visits and events of pages with the snippet of Crumby. Manual: Sources/Web/README.md
(script => {
  if (window.cmb?.event) return;

  const random = () => Math.floor(Math.random() * 0x7fffffff) + 1;
  const stored = () => document.cookie.match(/(?:^|;\s*)cid=([^;]+)/)?.[1];
  // The id of the browser until it is closed; 0 for none, where cookies are blocked or the person objects.
  const visitor = () => {
    if (navigator.globalPrivacyControl) return 0;
    try {
      if (!stored()) document.cookie = `cid=${random()}; path=/; SameSite=Lax`;
      return stored() || 0;
    } catch {
      return 0;
    }
  };
  // Nothing is thrown into the page.
  const send = fields => {
    try {
      const all = { v: 1, cid: visitor(), ...fields, dl: location.href, dt: document.title };
      const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value != null && value !== ''));
      new Image().src = new URL(`${random()}.gif?${query}`, script?.src || location);
    } catch {}
  };

  window.cmb = { event: (name, value) => send({ t: 'event', en: name, ev: value }) };
  send({
    t: 'visit', ul: navigator.language, sd: screen.colorDepth + '-bit', sr: screen.width + 'x' + screen.height,
    de: document.characterSet, dr: document.referrer,
  });
})(document.currentScript || document.querySelector('script[src*="cmb.js"]'));
