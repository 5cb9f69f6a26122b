/* Adds: Images. The table of images: search, filters, sorting, all of it in the address. */
const Images = (() => {
  const FIRST = 100;

  const COLUMNS = [
    { key: 'name', label: 'Image', text: true, value: image => image.reference, cell: image => [Parts.imageLink(image), h('small', { class: 'sub' }, image.platform)] },
    { key: 'verdict', label: 'Verdict', text: true, value: image => image.verdict, cell: image => Parts.verdict(image.verdict) },
    { key: 'score', label: 'Score', num: true, value: image => image.score, cell: image => Format.number(image.score) },
    { key: 'findings', label: 'Findings', value: image => image.badness, cell: image => (image.failed.some(one => one.severity !== 'note') ? Parts.pips(image.bySeverity) : h('span', { class: 'faint' }, 'none')) },
    { key: 'vulnerable', label: 'Vulnerabilities', value: image => image.vulnerable.badness, cell: image => Parts.vulnerable(image.vulnerable) },
    { key: 'base', label: 'Base', text: true, value: image => image.family, cell: image => [image.class || Format.NONE, h('small', { class: 'sub' }, Dom.ref(Data.short(image.family)))] },
    { key: 'compressed', label: 'Compressed', num: true, value: image => image.size.compressed, cell: image => Format.bytes(image.size.compressed) },
    { key: 'own', label: 'Over base', num: true, value: image => image.size.addedOverBase, cell: image => Format.bytes(image.size.addedOverBase) },
    { key: 'layers', label: 'Layers', num: true, value: image => image.layerCount, cell: image => Format.number(image.layerCount) },
    { key: 'efficiency', label: 'Efficiency', num: true, value: image => image.size.efficiency, cell: image => Format.ratio(image.size.efficiency) },
    { key: 'wasted', label: 'Wasted', num: true, value: image => image.size.wasted, cell: image => Format.atLeast(Format.bytes(image.size.wasted), image, 'size.wasted') },
    { key: 'tools', label: 'Tools', num: true, value: image => image.counts.tools, cell: image => Format.atLeast(Format.number(image.counts.tools), image, 'tools') },
    { key: 'packages', label: 'Packages', num: true, value: image => image.counts.packages, cell: image => Format.atLeast(Format.number(image.counts.packages), image, 'packages.count') },
    { key: 'age', label: 'Age', num: true, value: image => image.ageDays, cell: image => (Format.known(image.ageDays) ? Format.number(image.ageDays) + ' d' : Format.NONE) },
  ];

  /* What may be asked of vulnerabilities; of what is not known nothing holds but that. */
  const VULNERABLE = {
    ...Object.fromEntries(Data.VULNERABLE.map(severity => [severity, found => found.counts[severity] > 0])),
    fixable: found => found.fixed > 0,
    'none known': found => found.known && found.all === 0,
    'not known': found => !found.known,
    'not all known': found => found.known && found.why.length > 0,
  };

  const FILTERS = {
    q: (image, text) => text.toLowerCase().split(/\s+/).every(word => image.haystack.includes(word)),
    verdict: (image, one) => image.verdict === one,
    severity: (image, one) => image.bySeverity[one] > 0,
    vulnerable: (image, one) => VULNERABLE[one] !== undefined && VULNERABLE[one](image.vulnerable),
    base: (image, one) => image.family === one,
    class: (image, one) => image.class === one,
    platform: (image, one) => image.platform === one,
    repository: (image, one) => image.home === one,
    rule: (image, one) => image.failed.some(finding => finding.rule.id === one),
  };

  Data.images.forEach(image => {
    image.haystack = [image.reference, image.digest, image.platform, image.family, image.class, ...image.tags].join(' ').toLowerCase();
  });

  const order = (a, b, column) => {
    const one = column.value(a);
    const two = column.value(b);
    if (!Format.known(one) || !Format.known(two)) return Format.known(one) ? -1 : Format.known(two) ? 1 : 0;
    return column.text ? String(one).localeCompare(String(two), 'en', { numeric: true }) : one - two;
  };

  function select(state) {
    const active = Object.entries(FILTERS).filter(([key]) => state[key]);
    const rows = Data.images.filter(image => active.every(([key, test]) => test(image, state[key])));
    const down = state.sort.startsWith('-');
    const column = COLUMNS.find(one => one.key === state.sort.replace('-', '')) || COLUMNS[0];
    return rows.sort((a, b) => {
      const unknownLast = !Format.known(column.value(a)) || !Format.known(column.value(b));
      return (unknownLast || !down ? 1 : -1) * order(a, b, column) || a.position - b.position;
    });
  }

  const options = values => [...new Set(values.filter(Format.known))].sort();

  function draw(parameters) {
    const state = { sort: parameters.get('sort') || '-findings' };
    for (const key of Object.keys(FILTERS)) state[key] = parameters.get(key) || '';
    let count = FIRST;

    const body = h('tbody', {});
    const note = h('p', { class: 'hint count' });
    const more = h('button', { type: 'button', class: 'more', onclick: () => { count += 500; show(); } });
    const nothing = Parts.empty(Data.images.length === 0 ? 'This run judged no image.' : 'No image fits these filters.');
    const chips = h('p', { class: 'chips' });

    const heads = COLUMNS.map(column => {
      const button = h('button', { type: 'button', onclick: () => {
        const first = column.text ? column.key : '-' + column.key;
        const second = column.text ? '-' + column.key : column.key;
        state.sort = state.sort === first ? second : first;
        update();
      } }, column.label, h('span', { class: 'arrow', 'aria-hidden': 'true' }));
      return { column, node: h('th', { scope: 'col', class: column.num ? 'num' : null, 'data-sort': column.key }, button) };
    });

    const selects = [];
    function choice(key, label, values, text) {
      if (values.length < 2 && !state[key]) return null;
      const node = h('select', { id: 'filter-' + key, onchange: () => { state[key] = node.value; update(); } },
        h('option', { value: '' }, 'any'), values.map(one => h('option', { value: one }, text ? text(one) : one)));
      node.value = state[key];
      selects.push({ key, node });
      return h('label', { class: 'field' }, h('span', {}, label), node);
    }

    const sortChoice = h('select', { id: 'filter-sort', onchange: () => { state.sort = sortChoice.value; update(); } },
      COLUMNS.map(column => [[column.key, ' ↑'], ['-' + column.key, ' ↓']].map(([key, arrow]) => h('option', { value: key }, column.label + arrow))));
    const search = h('input', { type: 'search', id: 'search', value: state.q, placeholder: 'name, tag, digest, base …', autocomplete: 'off', spellcheck: 'false',
      oninput: () => { state.q = search.value; update(); } });

    /* Filters that come by a link and have no field of their own: shown, and removable. */
    function drawChips() {
      const texts = { repository: one => 'repository ' + Data.short(one), rule: one => 'fails ' + one };
      chips.replaceChildren(...Object.keys(texts).filter(key => state[key]).map(key =>
        h('button', { type: 'button', class: 'chip', onclick: () => { state[key] = ''; update(); } },
          texts[key](state[key]), h('span', { 'aria-hidden': 'true' }, ' ✕'), h('span', { class: 'unseen' }, ' remove filter'))));
      chips.hidden = chips.childElementCount === 0;
    }

    function update() {
      const address = { ...state };
      if (address.sort === '-findings') address.sort = '';
      history.replaceState(null, '', Route.images(address));
      count = FIRST;
      show();
      Dom.say(note.textContent);
    }

    function show() {
      const rows = select(state);
      body.replaceChildren(...rows.slice(0, count).map(image => h('tr', {}, COLUMNS.map((column, i) =>
        h(i === 0 ? 'th' : 'td', { scope: i === 0 ? 'row' : null, class: column.num ? 'num' : null, 'data-label': column.label }, column.cell(image))))));
      const bytes = rows.reduce((sum, image) => sum + (image.size.compressed || 0), 0);
      note.textContent = Format.number(rows.length) + ' of ' + Format.plural(Data.images.length, 'image') + ', ' + Format.bytes(bytes) + ' to pull';
      more.hidden = rows.length <= count;
      more.textContent = 'Show ' + Format.number(Math.min(500, rows.length - count)) + ' more';
      nothing.hidden = rows.length > 0;
      for (const { column, node } of heads) {
        const up = state.sort === column.key;
        const down = state.sort === '-' + column.key;
        if (up || down) node.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        else node.removeAttribute('aria-sort');
      }
      for (const { key, node } of selects) node.value = state[key];
      sortChoice.value = state.sort;
      drawChips();
    }

    const view = [
      h('h1', { tabindex: '-1' }, 'Images'),
      Data.leftOut > 0 ? h('p', { class: 'warn' }, Format.plural(Data.leftOut, 'image') + ' more than this page can hold: they are in report.json and images.csv.') : null,
      h('form', { class: 'filters', role: 'search', onsubmit: event => event.preventDefault() },
        h('label', { class: 'field grow' }, h('span', {}, 'Search'), search),
        choice('verdict', 'Verdict', ['compliant', 'failing', 'unknown']),
        choice('severity', 'Finding', Data.SEVERITIES),
        choice('vulnerable', 'Vulnerability', Object.keys(VULNERABLE).filter(one => Data.images.some(image => VULNERABLE[one](image.vulnerable))),
          one => (one === 'unknown' ? 'of unknown severity' : one)),
        choice('class', 'Base class', options(Data.images.map(image => image.class))),
        choice('base', 'Root base', options(Data.images.map(image => image.family)), Data.short),
        choice('platform', 'Platform', options(Data.images.map(image => image.platform))),
        h('label', { class: 'field narrow-only' }, h('span', {}, 'Sort by'), sortChoice)),
      chips, note,
      h('div', { class: 'scroll' }, h('table', { class: 'images' },
        h('caption', { class: 'unseen' }, 'Images'), h('thead', {}, h('tr', {}, heads.map(head => head.node))), body)),
      nothing, more,
    ];
    show();
    return view;
  }

  return { title: 'Images', draw };
})();
