/* Adds: Parts, Route. Pieces that several views use. */
const Route = (() => {
  /* "#images&q=x" and "#image=name": the first key is the view. */
  function parse(hash) {
    const text = hash.replace(/^#/, '');
    const parameters = new URLSearchParams(text);
    const view = (text.split(/[=&]/)[0] || 'overview');
    return { view, parameters };
  }

  const escape = value =>
    encodeURIComponent(value).replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%40/g, '@').replace(/%20/g, '+');

  const to = (view, value, parameters) =>
    '#' + view + (value ? '=' + escape(value) : '') +
    Object.entries(parameters || {}).filter(([, one]) => one !== null && one !== undefined && one !== '')
      .map(([key, one]) => '&' + key + '=' + escape(one)).join('');

  const image = one => to('image', one.id);
  const rule = id => to('rule', id);
  const images = parameters => to('images', null, parameters);

  return { parse, to, image, rule, images };
})();

const Parts = (() => {
  const THEMES = {
    BASE: 'Base image', SIZE: 'Size', LAYER: 'Layers', TOOL: 'Tools', PKG: 'Packages', LEFT: 'Leftovers', USER: 'Configuration',
    STATE: 'State', MOD: 'Modularity', FRESH: 'Freshness', CVE: 'Vulnerabilities', PROV: 'Provenance', ENV: 'Environment',
    SECRET: 'Secrets', PRIV: 'Privileges', OTHER: 'Other',
  };
  const VERDICTS = { compliant: ['✓', 'complies'], failing: ['✕', 'fails'], unknown: ['?', 'unknown'] };

  const theme = code => THEMES[code] || code.charAt(0) + code.slice(1).toLowerCase();

  const severity = (word, text) => h('span', { class: 'severity ' + word }, text || word);

  function verdict(word) {
    const [sign, text] = VERDICTS[word] || ['?', word];
    return h('span', { class: 'verdict ' + word }, h('span', { 'aria-hidden': 'true' }, sign), ' ' + text);
  }

  /* "2 C  1 H": a letter and a colour each, so that neither is needed alone. */
  function pips(counts) {
    const shown = Data.SEVERITIES.filter(one => counts[one] > 0);
    if (shown.length === 0) return h('span', { class: 'faint' }, 'none');
    return h('span', { class: 'pips' }, shown.map(one =>
      h('span', { class: 'pip ' + one, title: Format.plural(counts[one], one + ' finding') },
        h('b', { 'aria-hidden': 'true' }, one.charAt(0).toUpperCase()), h('span', { class: 'unseen' }, one + ' '), String(counts[one]))));
  }

  const figure = (label, value, note) =>
    h('div', { class: 'figure' }, h('dt', {}, label), h('dd', {}, value, note ? h('small', {}, note) : null));

  const section = (title, note, ...content) =>
    h('section', { class: 'panel' }, h('h2', {}, title), note ? h('p', { class: 'hint' }, note) : null, content);

  const empty = text => h('p', { class: 'empty' }, text);

  /* columns: [{label, class, cell: row -> node}]; rows keep their order. A phone shows each row as a card. */
  function table(columns, rows, caption) {
    return h('div', { class: 'scroll' }, h('table', {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col', class: column.class }, column.label)))),
      h('tbody', {}, rows.map(row => h('tr', {}, columns.map((column, i) =>
        h(i === 0 ? 'th' : 'td', { class: column.class, scope: i === 0 ? 'row' : null, 'data-label': column.label }, column.cell(row))))))));
  }

  /* A long table shows its first rows and offers the rest. */
  function longTable(columns, rows, caption, first) {
    const limit = first || 50;
    const holder = h('div', {});
    const draw = count => {
      holder.replaceChildren(table(columns, rows.slice(0, count), caption));
      if (rows.length > count) {
        holder.append(h('button', { type: 'button', class: 'more', onclick: () => draw(count + 500) },
          'Show ' + Format.number(Math.min(500, rows.length - count)) + ' more of ' + Format.number(rows.length)));
      }
    };
    draw(limit);
    return holder;
  }

  const imageLink = image =>
    h('a', { href: Route.image(image), class: 'ref' }, Dom.name(Data.short(image.reference)));

  function ancestorName(ancestor) {
    const image = Data.known(ancestor);
    return image ? imageLink(image) : h('span', { class: 'ref' }, Dom.name(Data.short(ancestor.reference)));
  }

  const BYTES = /^(bytes|size|.*bytes|compressed|uncompressed|wasted|addedOverBase|installedSize|exclusive)$/i;

  function value(key, one) {
    if (one === null || one === undefined || one === '') return h('span', { class: 'faint' }, one === '' ? 'empty' : Format.NONE);
    if (typeof one === 'number') return h('span', { class: 'num' }, BYTES.test(key) ? Format.bytes(one) : String(one));
    if (typeof one === 'boolean') return one ? 'yes' : 'no';
    if (Array.isArray(one)) return list(key, one);
    if (typeof one === 'object') return evidence(one);
    return Dom.code(one);
  }

  const cutNote = one => 'and ' + Format.number(one.cut) + ' more, see report.json';
  const isCut = one => one !== null && typeof one === 'object' && Object.keys(one).length === 1 && 'cut' in one;

  function list(key, items) {
    const cut = items.find(isCut);
    const rows = items.filter(one => !isCut(one));
    const note = cut ? h('p', { class: 'hint' }, cutNote(cut)) : null;
    if (rows.length === 0) return h('span', { class: 'faint' }, 'none');
    if (rows.every(one => one !== null && typeof one === 'object' && !Array.isArray(one))) {
      const keys = [...new Set(rows.flatMap(Object.keys))].slice(0, 7);
      return [table(keys.map(name => ({
        label: Format.words(name), class: rows.every(row => typeof row[name] === 'number') ? 'num' : null, cell: row => value(name, row[name]),
      })), rows, Format.words(key)), note];
    }
    return [h('ul', { class: 'inline' }, rows.map(one => h('li', {}, value(key, one)))), note];
  }

  /* Evidence has the shape its rule gave it: names and values, lists as tables. */
  function evidence(object) {
    const entries = Object.entries(object || {});
    if (entries.length === 0) return null;
    return h('dl', { class: 'evidence' }, entries.map(([key, one]) => [
      h('dt', {}, Format.words(key)), h('dd', {}, value(key, one))]));
  }

  return { theme, severity, verdict, pips, figure, section, empty, table, longTable, imageLink, ancestorName, evidence, value, isCut, cutNote };
})();
