// Events of pages with the snippet of Trail. Manual: Sources/Web/README.md
(script => {
  if (window.trailApp?.init) return;

  const early = [];
  let key, session;

  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  // The cookie is a JSON string; others may hold anything.
  const stored = () => document.cookie
    .match(/(?:^|;\s*)trailApp_session=(?:"|%22)?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?:"|%22)?\s*(?:;|$)/i)?.[1];
  // The session until the browser is closed; of this page alone where cookies are blocked or the person objects.
  const current = () => {
    try {
      if (navigator.globalPrivacyControl) throw 0;
      session = stored() || session || uuid();
      document.cookie = `trailApp_session="${session}"; path=/; SameSite=Lax`;
    } catch {
      session ||= uuid();
    }
    return session;
  };
  // Nothing is thrown into the page.
  const send = (type, params) => {
    if (!key) return void (early.length < 100 && early.push([type, params]));
    try {
      const body = JSON.stringify({
        page_url: location.href, event_type: type, api_key: key, session_id: current(), custom_params: params,
      });
      fetch(new URL('../api/v1/register-new', script?.src || location), {
        method: 'POST', body, keepalive: body.length < 2e4, credentials: 'omit',
      }).catch(() => {});
    } catch {}
  };

  window.trailApp = {
    init: apiKey => {
      key = apiKey;
      send('pageview');
      early.splice(0).forEach(event => send(...event));
    },
    signalEvent: (type, params) => send(type, params),
  };
})(document.currentScript || document.querySelector('script[src*="trail.js"]'));
