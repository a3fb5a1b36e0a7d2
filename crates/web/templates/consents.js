/* Saqta: draws the operator's consent texts into a form of the shop. One box for each purpose and channel, none ticked.
   It keeps nothing in the browser and tells nobody what was ticked: the answers travel with the shop's own form.
   When the server is away nothing is drawn, the form works as before, and the answer is no. */
(() => {
  'use strict';
  const script = document.currentScript;
  if (!script || !window.fetch) return;
  const PATIENCE = 5000;
  const said = script.dataset;

  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };

  const hidden = (set, name, value) => {
    const input = element('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    set.append(input);
    return input;
  };

  /* One box, and the fields by which the shop's server learns the answer. */
  const box = (form, set, told, consent, shown, number, gpc) => {
    const name = (field) => `consents[${number}][${field}]`;
    hidden(set, name('purpose'), consent.purpose);
    if (shown.channel) hidden(set, name('channel'), shown.channel);
    hidden(set, name('text_digest'), consent.digest);
    hidden(set, name('language'), told.language);
    if (gpc) hidden(set, name('gpc'), 'true');
    const given = hidden(set, name('given'), 'false');
    const tick = element('input');
    tick.type = 'checkbox';
    tick.checked = false;
    tick.autocomplete = 'off';
    const follow = () => { given.value = String(tick.checked); };
    tick.addEventListener('change', follow);
    form.addEventListener('submit', follow, true);
    form.addEventListener('reset', () => setTimeout(follow));
    window.addEventListener('pageshow', follow);
    const label = element('label');
    label.append(tick, ' ', shown.label);
    const line = element('p', 'saqta-box');
    line.append(label);
    set.append(line);
  };

  const draw = (form, told) => {
    const gpc = told.gpc || navigator.globalPrivacyControl === true;
    const drawn = element('div', 'saqta-consents');
    drawn.lang = told.language;
    let number = form.querySelectorAll('input[type=hidden][name^="consents["][name$="[given]"]').length;
    for (const consent of told.consents) {
      const set = element('fieldset', 'saqta-consent');
      set.append(element('legend', '', consent.title));
      for (const line of consent.text.split(/\n+/)) {
        if (line) set.append(element('p', 'saqta-text', line));
      }
      if (gpc && consent.boxes[0].channel) set.append(element('p', 'saqta-gpc', told.words.gpc));
      for (const shown of consent.boxes) box(form, set, told, consent, shown, number++, gpc);
      const link = element('a', '', told.words.policy);
      link.href = told.policy;
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
      const note = element('p', 'saqta-note', told.words.optional + ' ');
      note.append(link);
      set.append(note);
      drawn.append(set);
    }
    if (!told.consents.length) return;
    const place = form.querySelector('[data-saqta]');
    const send = form.querySelector('button:not([type=button]):not([type=reset]), input[type=submit]');
    if (place) place.append(drawn);
    else if (send) send.before(drawn);
    else form.append(drawn);
    form.dispatchEvent(new CustomEvent('saqta:drawn', { bubbles: true }));
  };

  const start = () => {
    const form = said.form ? document.getElementById(said.form) : script.closest('form');
    if (!(form instanceof HTMLFormElement)) return;
    const tagged = form.closest('[lang]');
    const address = new URL('consents.json', script.src);
    address.searchParams.set('language', said.language || (tagged ? tagged.lang : 'ru'));
    if (said.purpose) address.searchParams.set('purpose', said.purpose);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal: patience.signal })
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((told) => { if (told) draw(form, told); })
      .catch(() => {})
      .finally(() => clearTimeout(timer));
  };

  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
