/* Adds: Overview. The first view: how many comply, what fails, where the weight is. */
const Overview = (() => {
  function hero() {
    const sum = Data.summary;
    const parts = [
      { key: 'compliant', value: sum.compliant, text: 'comply', href: Route.images({ verdict: 'compliant' }) },
      { key: 'failing', value: sum.failing, text: 'fail', href: Route.images({ verdict: 'failing' }) },
      { key: 'unknown', value: sum.unknown, text: 'unknown', href: Route.images({ verdict: 'unknown' }) },
      { key: 'uninspected', value: sum.notInspected, text: 'not inspected', href: '#coverage' },
    ];
    return h('section', { class: 'hero' },
      h('div', { class: 'big' },
        h('p', { class: 'share' }, Format.percent(sum.compliant, sum.images)),
        h('p', { class: 'claim' }, Format.number(sum.compliant) + ' of ' + Format.plural(sum.images, 'image') +
          (sum.compliant === 1 ? ' complies' : ' comply'))),
      h('div', { class: 'split' },
        Charts.stack(parts.map(part => ({ value: part.value, class: part.key, label: part.value + ' ' + part.text })),
          parts.map(part => part.value + ' ' + part.text).join(', ')),
        h('ul', { class: 'legend' }, parts.map(part => h('li', {},
          h('a', { href: part.href }, h('i', { class: 'swatch ' + part.key, 'aria-hidden': 'true' }), h('b', { class: 'num' }, Format.number(part.value)), ' ' + part.text))))));
  }

  function figures(weight) {
    const sum = Data.summary;
    return h('dl', { class: 'figures' },
      Parts.figure('Score', Format.number(sum.score), Format.known(sum.score) ? 'of 100, the mean of the images' : null),
      Parts.figure('Repositories', Format.number(sum.repositories)),
      Parts.figure('Images', Format.number(sum.images), 'one for each platform'),
      Parts.figure('Layers', Format.number(sum.layersUnique), 'different blobs'),
      Parts.figure('Stored', Format.bytes(weight.total), 'each layer once, compressed'),
      Parts.figure('Fetched', Format.bytes(sum.bytesFetched), Format.plural(sum.layersFetched, 'layer') + ' by this run'),
      Parts.figure('Set apart', Format.number(sum.attached), 'signatures, charts and the like'));
  }

  function severities() {
    const counts = Data.summary.findings;
    const most = Math.max(1, ...Object.values(counts));
    return Parts.section('Findings by severity', null,
      h('ul', { class: 'bars' }, Data.SEVERITIES.map(one => h('li', {},
        h('a', { href: Route.images({ severity: one }) },
          Parts.severity(one),
          h('span', { class: 'track' }, h('span', { class: 'fill ' + one, vars: { '--share': counts[one] / most } })),
          h('b', { class: 'num' }, Format.number(counts[one])))))));
  }

  /* Known and fixable apart, and beside them what nobody could look up: it is in none of the numbers. */
  function vulnerabilities() {
    const sum = Data.summary.vulnerabilities;
    if (!sum) return null;
    const images = count => Format.plural(count, 'image');
    const most = Math.max(1, ...Object.values(sum.counts));
    const all = Data.VULNERABLE.reduce((total, one) => total + sum.counts[one], 0);
    const fixable = Data.VULNERABLE.reduce((total, one) => total + sum.fixable[one], 0);
    const text = one => Format.number(sum.counts[one]) + ' known, ' + Format.number(sum.fixable[one]) + ' fixable';
    const bars = h('ul', { class: 'bars' }, Data.VULNERABLE.map(one => h('li', {},
      h('a', { href: Route.images({ vulnerable: one, sort: '-vulnerable' }), title: text(one) },
        Parts.severity({ negligible: 'note' }[one] || one, one),
        h('span', { class: 'track' }, h('span', { class: 'hold', vars: { '--share': sum.counts[one] / most } },
          Charts.stack([{ value: sum.fixable[one], class: 'fixable', label: Format.number(sum.fixable[one]) + ' fixable' },
            { value: sum.counts[one] - sum.fixable[one], class: 'unfixed', label: Format.number(sum.counts[one] - sum.fixable[one]) + ' without a fix' }], text(one)))),
        h('b', { class: 'num' }, Format.number(sum.counts[one]))))));
    const link = (which, count) => h('a', { href: Route.images({ vulnerable: which }) }, images(count));
    const missing = Parts.section('Not covered', sum.unknown || sum.partly ? [
      sum.unknown ? ['Of ', link('not known', sum.unknown), ' nothing is known. '] : null,
      sum.partly ? ['Of ', link('not all known', sum.partly), ' not all is known. '] : null,
      'What is not covered is in none of the numbers.'] : null,
    sum.reasons.length === 0 ? Parts.empty('Every package is covered by a feed.') : Parts.longTable([
      { label: 'Reason', cell: one => Dom.name(one.text) },
      { label: 'Images', class: 'num', cell: one => Format.number(one.images) },
    ], sum.reasons, 'Reasons why vulnerabilities are not known', 6));
    if (sum.images === 0) return missing;
    return h('div', { class: 'two' },
      Parts.section('Known vulnerabilities', [Format.number(all) + ' in ' + images(sum.images) + ', once for each image that has it; ' + Format.number(sum.different) + ' different ones. ' + Format.number(fixable) + ' are fixed by newer packages.'
        + (sum.imported > 0 ? ' Of ' + images(sum.imported) + ' they are what another scanner found.' : '')
        + (sum.excluded > 0 ? ' VEX statements take away ' + Format.number(sum.excluded) + '.' : '')],
        bars, h('ul', { class: 'legend' }, [['fixable', 'fixable'], ['unfixed', 'no fix is known']].map(([key, label]) => h('li', {}, h('i', { class: 'swatch ' + key, 'aria-hidden': 'true' }), ' ' + label)))),
      missing);
  }

  function themes() {
    const counts = new Map();
    for (const image of Data.images) {
      for (const finding of image.failed) {
        const key = Data.theme(finding.rule);
        if (!counts.has(key)) counts.set(key, Object.fromEntries(Data.SEVERITIES.map(one => [one, 0])));
        counts.get(key)[finding.severity]++;
      }
    }
    const total = row => Data.SEVERITIES.reduce((sum, one) => sum + row[one], 0);
    const rows = [...counts].sort((a, b) => total(b[1]) - total(a[1]));
    const most = rows.length ? total(rows[0][1]) : 1;
    return Parts.section('Findings by theme', null,
      rows.length === 0 ? Parts.empty('No findings.') : h('ul', { class: 'bars' }, rows.map(([key, row]) => h('li', {},
        h('a', { href: Route.to('rules', null, { theme: key }) },
          h('span', { class: 'label' }, Parts.theme(key)),
          h('span', { class: 'track' }, h('span', { class: 'hold', vars: { '--share': total(row) / most } },
            Charts.stack(Data.SEVERITIES.map(one => ({ value: row[one], class: one, label: row[one] + ' ' + one })),
              Data.SEVERITIES.filter(one => row[one]).map(one => row[one] + ' ' + one).join(', ')))),
          h('b', { class: 'num' }, Format.number(total(row))))))));
  }

  function classes() {
    const VERDICTS = ['compliant', 'failing', 'unknown'];
    const counts = new Map();
    for (const image of Data.images) {
      const key = image.class || 'unknown';
      if (!counts.has(key)) counts.set(key, { total: 0, compliant: 0, failing: 0, unknown: 0 });
      counts.get(key)[image.verdict]++;
      counts.get(key).total++;
    }
    const rows = [...counts].sort((a, b) => b[1].total - a[1].total);
    if (rows.length === 0) return null;
    const text = row => VERDICTS.filter(one => row[one]).map(one => row[one] + ' ' + one).join(', ');
    return Parts.section('Images by base class', null,
      h('ul', { class: 'bars' }, rows.map(([key, row]) => h('li', {},
        h('a', { href: Route.images({ class: key }), title: text(row) },
          h('span', { class: 'label' }, Dom.name(key)),
          h('span', { class: 'track' }, h('span', { class: 'hold', vars: { '--share': row.total / rows[0][1].total } },
            Charts.stack(VERDICTS.map(one => ({ value: row[one], class: one, label: row[one] + ' ' + one })), text(row)))),
          h('b', { class: 'num' }, Format.number(row.total)))))));
  }

  /* Each different layer counts once: for its repository, or as shared where several repositories have it. */
  function weigh() {
    const layers = new Map();
    for (const image of Data.images) {
      for (const layer of image.layers) {
        if (!layers.has(layer.digest)) layers.set(layer.digest, { bytes: layer.compressed || 0, family: image.family, repositories: new Set() });
        layers.get(layer.digest).repositories.add(image.home);
      }
    }
    const families = new Map();
    let total = 0;
    for (const { bytes, family, repositories } of layers.values()) {
      if (!families.has(family)) families.set(family, { value: 0, shared: 0, own: new Map() });
      const row = families.get(family);
      row.value += bytes;
      total += bytes;
      if (repositories.size > 1) row.shared += bytes;
      else {
        const [repository] = repositories;
        row.own.set(repository, (row.own.get(repository) || 0) + bytes);
      }
    }
    return { total, families };
  }

  function worstVerdicts() {
    const worst = new Map();
    for (const image of Data.images) {
      const before = worst.get(image.home);
      if (image.verdict === 'failing' || (image.verdict === 'unknown' && before !== 'failing') || !before) {
        worst.set(image.home, image.verdict);
      }
    }
    return worst;
  }

  function treemap(weight) {
    const SMALLEST = 220; /* square pixels */
    const verdicts = worstVerdicts();
    const groups = least => [...weight.families].map(([family, row]) => {
      const own = [...row.own].sort((a, b) => b[1] - a[1]);
      const items = own.filter(one => one[1] >= least).map(([repository, value]) => ({
        label: Data.short(repository), value, class: verdicts.get(repository), note: verdicts.get(repository),
        href: Route.images({ repository }),
      }));
      const rest = own.filter(one => one[1] < least);
      if (rest.length) {
        items.push({ label: Format.number(rest.length) + ' smaller', class: 'rest', value: rest.reduce((sum, one) => sum + one[1], 0) });
      }
      if (row.shared) items.push({ label: 'shared layers', value: row.shared, class: 'shared' });
      return { label: Data.short(family), value: row.value, items };
    });
    const holder = h('div', { class: 'map' });
    let drawnAt = 0;
    const draw = () => {
      const width = holder.clientWidth;
      if (width === 0 || width === drawnAt) return;
      drawnAt = width;
      const height = width < 560 ? 420 : 360;
      holder.replaceChildren(Charts.treemap(groups((weight.total * SMALLEST) / (width * height)), width, height));
    };
    /* In the next frame: drawing inside the observer's own turn would set it off again. */
    new ResizeObserver(() => requestAnimationFrame(draw)).observe(holder);
    return Parts.section('Where the weight is',
      'Compressed bytes the registry stores, by root base, then by repository. A layer that several repositories share counts once.',
      holder,
      h('ul', { class: 'legend' },
        [['compliant', 'complies'], ['failing', 'an image fails'], ['unknown', 'unknown'], ['shared', 'shared layers']].map(([key, text]) =>
          h('li', {}, h('i', { class: 'swatch tile-' + key, 'aria-hidden': 'true' }), ' ' + text))));
  }

  function worst() {
    const rows = Data.images.filter(image => image.verdict === 'failing')
      .sort((a, b) => b.badness - a.badness || (b.size.compressed || 0) - (a.size.compressed || 0));
    /* Once for a tag: its platforms mostly fail alike. */
    const seen = new Set();
    const shown = rows.filter(image => !seen.has(image.reference) && seen.add(image.reference));
    return Parts.section('Worst images', null,
      rows.length === 0 ? Parts.empty('No image fails.') : [
        Parts.table([
          { label: 'Image', cell: image => [Parts.imageLink(image), h('small', { class: 'sub' }, image.platform)] },
          { label: 'Findings', cell: image => Parts.pips(image.bySeverity) },
          { label: 'Compressed', class: 'num', cell: image => Format.bytes(image.size.compressed) },
          { label: 'Wasted', class: 'num', cell: image => Format.bytes(image.size.wasted) },
        ], shown.slice(0, 8), 'Worst images'),
        h('p', {}, h('a', { href: Route.images({ verdict: 'failing', sort: '-findings' }) }, 'All ' + Format.number(Data.summary.failing) + ' that fail')),
      ]);
  }

  /* What ends most, after what stands above it; tare plan says more. */
  function plan() {
    const actions = Data.actions.filter(action => Data.SEVERITIES.some(one => one !== 'note' && action.ends[one] > 0));
    if (actions.length === 0) return null;
    const title = action => action.title.replace(action.subject, () => Data.short(action.subject));
    const more = action => action.base ? '#bases' : Route.rule(action.rules[0]);
    const details = action => [
      action.proposal ? h('small', { class: 'sub' }, 'for example to ' + Data.short(action.proposal)) : null,
      (action.prospect || []).map(clause => h('small', { class: 'sub' }, clause)),
      action.write.length ? h('small', { class: 'sub' }, 'write: ', h('code', {}, action.write[0])) : null,
    ];
    return Parts.section('What to do first', 'The actions that end most findings, in this order. tare plan shows all of them.',
      Parts.table([
        { label: 'Action', cell: action => [h('a', { href: more(action) }, title(action)), details(action)] },
        { label: 'Ends', cell: action => Parts.pips(action.ends) },
        { label: 'Images', class: 'num', cell: action => Format.number(action.images) },
        { label: 'Saves a pull', class: 'num', cell: action => action.pullBytes ? (action.estimated ? 'about ' : '') + Format.bytes(action.pullBytes) : '' },
      ], actions, 'What to do first'));
  }

  /* A rule that fails on a base fails on all that is built on it: fixing the base fixes them. */
  function first() {
    const rules = new Map();
    for (const image of Data.images) {
      for (const finding of image.failed) {
        const row = rules.get(finding.rule) || { rule: finding.rule, severity: finding.severity, images: 0 };
        row.images++;
        if (Data.rank(finding.severity) < Data.rank(row.severity)) row.severity = finding.severity;
        rules.set(finding.rule, row);
      }
    }
    const rows = [...rules.values()].filter(row => row.severity !== 'note')
      .sort((a, b) => Data.rank(a.severity) - Data.rank(b.severity) || b.images - a.images).slice(0, 8);
    return Parts.section('Worst rules', 'The most severe rules that fail, and on how many images.',
      rows.length === 0 ? Parts.empty('Nothing to fix.') : Parts.table([
        { label: 'Rule', cell: row => h('a', { href: Route.rule(row.rule.id) }, row.rule.title) },
        { label: 'Severity', cell: row => Parts.severity(row.severity) },
        { label: 'Images', class: 'num', cell: row => h('a', { href: Route.images({ rule: row.rule.id }) }, Format.number(row.images)) },
      ], rows, 'Worst rules'));
  }

  function uninspected() {
    const all = Data.notInspected;
    if (all.length === 0) return null;
    return Parts.section('Not inspected', 'Not inspected is not compliant: nothing is known about these.',
      h('ul', { class: 'plain' }, all.slice(0, 5).map(one => h('li', {},
        Dom.ref(Data.short(one.reference)), h('span', { class: 'reason' }, one.reason)))),
      h('p', {}, h('a', { href: '#coverage' }, all.length > 5 ? 'All ' + Format.number(all.length) : 'Coverage')));
  }

  /* Where images are told by their own part: what is not theirs, and what is nobody's as far as it is known. */
  function own() {
    if (!Data.own) return null;
    const { inherited, unknown, unknownImages } = Data.own;
    const graver = counts => Data.SEVERITIES.some(one => one !== 'note' && counts[one] > 0);
    const bases = inherited.filter(one => graver(one.findings));
    return Parts.section('Own part', ['Verdicts, findings, scores and what to do are of the images’ own part: what a base brings is counted once, with the base. Sizes, packages and vulnerabilities are those of whole images.'],
      unknownImages ? h('p', { class: 'warn' }, 'Of ' + Format.plural(Data.total(unknown) - unknown.note, 'finding') + ' in ' + Format.plural(unknownImages, 'image') + ' it is not known whether a base brings them: they are in no count, and no such image is said to comply.') : null,
      bases.length === 0 ? Parts.empty('No known base brings a finding.') : Parts.longTable([
        { label: 'Base', cell: one => [Dom.ref(Data.short(one.base)), one.judged ? null : h('small', { class: 'sub' }, 'not judged in this run as these images have it')] },
        { label: 'Brings', cell: one => Parts.pips(one.findings) },
        { label: 'Images that inherit it', cell: one => [Format.number(one.imageCount), h('small', { class: 'sub' }, one.images.map((image, i) => [i ? ', ' : '', Dom.ref(Data.short(image))]),
          one.imageCount > one.images.length ? ' and ' + Format.number(one.imageCount - one.images.length) + ' more' : null)] },
      ], bases, 'What bases bring', 10));
  }

  function draw() {
    const weight = weigh();
    return [
      h('h1', { class: 'unseen', tabindex: '-1' }, 'Overview'),
      hero(), own(), plan(), figures(weight),
      Past.changes(),
      h('div', { class: 'three' }, severities(), themes(), classes()),
      vulnerabilities(),
      Past.trend(),
      treemap(weight),
      h('div', { class: 'two wide-left' }, worst(), first()),
      uninspected(),
    ];
  }

  return { title: 'Overview', draw };
})();
