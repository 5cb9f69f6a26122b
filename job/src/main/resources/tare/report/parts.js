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

  /* A page with the details of some images has no other view: they are on the report's own page. */
  const to = (view, value, parameters) =>
    (Data.part && view !== 'image' ? '../index.html#' : '#') + view + (value ? '=' + escape(value) : '') +
    Object.entries(parameters || {}).filter(([, one]) => one !== null && one !== undefined && one !== '')
      .map(([key, one]) => '&' + key + '=' + escape(one)).join('');

  /* Which holds on any page of this report, whatever else is on it. */
  const at = address => '#image=' + escape(address);

  const image = one => to('image', one.id);
  const rule = id => to('rule', id);
  const images = parameters => to('images', null, parameters);

  return { parse, to, at, image, rule, images };
})();

const Parts = (() => {
  const THEMES = {
    BASE: 'Base image', SIZE: 'Size', LAYER: 'Layers', TOOL: 'Tools', PKG: 'Packages', LEFT: 'Leftovers', USER: 'Configuration',
    STATE: 'State', MOD: 'Modularity', FRESH: 'Freshness', CVE: 'Vulnerabilities', PROV: 'Provenance', ENV: 'Environment',
    SECRET: 'Secrets', PRIV: 'Privileges', START: 'Start', OTHER: 'Other',
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
    const shown = Data.SEVERITIES.filter(one => one !== 'note' && counts[one] > 0);
    if (shown.length === 0) return h('span', { class: 'faint' }, 'no findings');
    return h('span', { class: 'pips' }, shown.map(one =>
      h('span', { class: 'pip ' + one, title: Format.plural(counts[one], one + ' finding') },
        h('b', { 'aria-hidden': 'true' }, one.charAt(0).toUpperCase()), h('span', { class: 'unseen' }, one + ' '), String(counts[one]))));
  }

  const AFFECTED = { negligible: ['note', 'N'], unknown: ['unsure', '?'] };

  /* The same of known vulnerabilities: "?" are those of which no feed says how severe they are. */
  function vulnerabilityPips(counts) {
    return h('span', { class: 'pips wrapping' }, Data.VULNERABLE.filter(one => counts[one] > 0).map(one => {
      const [look, letter] = AFFECTED[one] || [one, one.charAt(0).toUpperCase()];
      const word = one === 'unknown' ? 'of unknown severity' : one;
      return h('span', { class: 'pip ' + look, title: Format.plural(counts[one], 'vulnerability', 'vulnerabilities') + ', ' + word },
        h('b', { 'aria-hidden': 'true' }, letter), h('span', { class: 'unseen' }, word + ' '), Format.number(counts[one]));
    }));
  }

  /* In a cell: how many of each severity, how many of them newer packages fix, and what is not known. */
  function vulnerable(found) {
    if (!found.known) return [h('span', { class: 'faint' }, 'not known'), h('small', { class: 'sub' }, found.why.join('; '))];
    const notes = [found.all ? (found.fixed === found.all ? 'all' : Format.number(found.fixed)) + ' fixable' : null, ...found.why].filter(Boolean);
    return [found.all ? vulnerabilityPips(found.counts) : h('span', { class: 'faint' }, 'none known'),
      notes.length ? h('small', { class: 'sub' }, notes.join('; ')) : null];
  }

  const figure = (label, value, note) =>
    h('div', { class: 'figure' }, h('dt', {}, label), h('dd', { class: typeof value === 'string' && value.length < 12 ? null : 'worded' }, value, note ? h('small', {}, note) : null));

  const section = (title, note, ...content) =>
    h('section', { class: 'panel' }, h('h2', {}, title), note ? h('p', { class: 'hint' }, note) : null, content);

  const empty = text => h('p', { class: 'empty' }, text);

  const bodyRow = (columns, row) => h('tr', {}, columns.map((column, i) =>
    h(i === 0 ? 'th' : 'td', { class: column.class, scope: i === 0 ? 'row' : null, 'data-label': column.label }, column.cell(row))));

  /* columns: [{label, class, cell: row -> node}], groups: [{title, rows}]; rows keep their order. */
  function groupedTable(columns, groups, caption) {
    return h('div', { class: 'scroll' }, h('table', {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col', class: column.class }, column.label)))),
      groups.map(group => h('tbody', {},
        group.title ? h('tr', { class: 'grouphead' }, h('th', { scope: 'rowgroup', colspan: columns.length }, group.title)) : null,
        group.rows.map(row => bodyRow(columns, row))))));
  }

  const table = (columns, rows, caption) => groupedTable(columns, [{ title: null, rows }], caption);

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
    h('a', { href: Route.image(image), class: 'ref', title: image.reference }, Dom.ref(Data.short(image.reference)));

  function ancestorName(ancestor) {
    const image = Data.known(ancestor);
    return image ? imageLink(image) : h('span', { class: 'ref', title: ancestor.reference }, Dom.ref(Data.short(ancestor.reference)));
  }

  /* The origin stands beside the title; the identity is for the fingerprint. */
  const UNSHOWN = ['origin', 'identity'];

  const BYTES = /^(bytes|size|.*bytes|compressed|uncompressed|wasted|addedOverBase|installedSize|exclusive)$/i;

  function value(key, one) {
    if (one === null || one === undefined || one === '') return h('span', { class: 'faint' }, one === '' ? 'empty' : Format.NONE);
    if (typeof one === 'number') return h('span', { class: 'num' }, BYTES.test(key) ? Format.bytes(one) : one.toLocaleString('en', { maximumFractionDigits: 4 }));
    if (typeof one === 'boolean') return one ? 'yes' : 'no';
    if (Array.isArray(one)) return list(key, one);
    if (typeof one === 'object') return evidence(one);
    return Dom.code(one);
  }

  /* Of a row of evidence: what it is about stands first, what all rows share is said once. */
  const SUBJECT = ['name', 'path', 'kind', 'package', 'version'];

  const cutNote = one => 'and ' + Format.number(one.cut) + ' more, see report.json';
  const isCut = one => one !== null && typeof one === 'object' && Object.keys(one).length === 1 && 'cut' in one;

  function list(key, items) {
    const cut = items.find(isCut);
    const rows = items.filter(one => !isCut(one));
    const note = cut ? h('p', { class: 'hint' }, cutNote(cut)) : null;
    if (rows.length === 0) return h('span', { class: 'faint' }, 'none');
    if (rows.every(one => one !== null && typeof one === 'object' && !Array.isArray(one))) {
      const all = [...new Set(rows.flatMap(Object.keys))].filter(name => rows.some(row => Format.known(row[name])));
      const same = all.filter(name => rows.length > 2 && !SUBJECT.includes(name) && typeof rows[0][name] !== 'object' && rows.every(row => row[name] === rows[0][name]));
      const order = name => (SUBJECT.includes(name) ? SUBJECT.indexOf(name) : SUBJECT.length);
      const keys = all.filter(name => !same.includes(name)).sort((a, b) => order(a) - order(b)).slice(0, 7);
      const alike = same.length ? h('p', { class: 'hint' }, 'All: ', same.map((name, i) => [i ? ', ' : '', Format.words(name) + ': ', value(name, rows[0][name])])) : null;
      return [alike, table(keys.map(name => ({
        label: Format.words(name), class: rows.every(row => typeof row[name] === 'number') ? 'num' : null, cell: row => value(name, row[name]),
      })), rows, Format.words(key)), note];
    }
    return [h('ul', { class: 'inline' }, rows.map(one => h('li', {}, value(key, one)))), note];
  }

  /* Evidence has the shape its rule gave it: names and values, lists as tables. */
  function evidence(object, theme) {
    const inBytes = theme === 'SIZE' || Object.values(object || {}).some(one => Array.isArray(one) && one.some(row => row && Format.known(row.bytes)));
    const measured = (key, one) => {
      if (typeof one !== 'number' || !(key === 'allowed' || key === 'found')) return value(key, one);
      if (theme === 'FRESH') return Format.plural(one, 'day');
      return value(inBytes ? 'bytes' : key, one);
    };
    const entries = Object.entries(object || {}).filter(([key]) => !UNSHOWN.includes(key));
    if (entries.length === 0) return null;
    return h('dl', { class: 'evidence' }, entries.map(([key, one]) => [
      h('dt', {}, Format.words(key)), h('dd', {}, measured(key, one))]));
  }

  /* Advice of a rule: paragraphs, `code`, and fenced or indented blocks. Nothing else of Markdown is understood. */
  function prose(text) {
    const inline = line => line.split(/(`[^`]+`)/).map(part => (/^`[^`]+`$/.test(part) ? Dom.code(part.slice(1, -1)) : part));
    return h('div', { class: 'prose' }, text.trim().split(/\n\s*\n/).map(block => {
      const lines = block.split('\n');
      const fenced = lines[0].startsWith('```');
      const isCode = fenced || lines.every(line => /^( {4}|\t|(FROM|RUN|COPY|USER|ENV|ADD|CMD|ENTRYPOINT|WORKDIR|HEALTHCHECK|LABEL) )/.test(line));
      if (!isCode) return h('p', {}, inline(block));
      return h('pre', { tabindex: '0' }, h('code', {}, lines.filter(line => !line.startsWith('```')).join('\n')));
    }));
  }

  /* Whether what a finding shows came with the base: then the base is what to change. What nobody knows is not its own. */
  function origin(finding) {
    const text = { base: 'from its base', mixed: 'partly from its base', unknown: 'origin unknown' }[(finding.evidence || {}).origin];
    return text ? h('span', { class: 'tag' }, text) : null;
  }

  /* The layer that brought something, and whose it is. */
  function broughtBy(image, index) {
    const layer = image.layers[index];
    if (!layer) return Format.NONE;
    return [String(index), layer.inBase === null ? h('abbr', { title: 'Whether it came with the base is not known' }, ' ?') : layer.inBase ? ' (base)' : null];
  }

  /* Three answers: a null is neither of the two that are known. */
  const yesNo = (value, yes, no) => (value === true ? yes : value === false ? no : h('span', { class: 'faint' }, Format.NONE));

  return { prose, origin, broughtBy, yesNo, theme, severity, verdict, pips, vulnerabilityPips, vulnerable, figure, section, empty, table, groupedTable, longTable, imageLink, ancestorName, evidence, value, isCut, cutNote };
})();
