/* Adds: ImagePage. One image: verdict, lineage, findings, layers, tools, packages, leftovers, gaps. */
const ImagePage = (() => {
  const CUT = Parts.isCut;

  function heading(image) {
    const copy = h('button', { type: 'button', class: 'quiet', onclick: () => {
      navigator.clipboard.writeText(image.digest).then(() => Dom.say('Digest copied'), () => Dom.say('The browser does not allow this page to copy'));
    } }, 'Copy digest');
    return h('div', { class: 'imagehead' },
      h('p', { class: 'crumb' }, h('a', { href: Route.to('images') }, 'Images'), ' / ', h('a', { href: Route.images({ repository: image.home }) }, Dom.ref(image.repository))),
      h('h1', { class: 'ref', tabindex: '-1' }, Dom.ref(Data.short(image.reference))),
      h('p', { class: 'facts' }, Parts.verdict(image.verdict), h('span', {}, 'score ' + Format.number(image.score)), Parts.pips(image.bySeverity), h('span', {}, image.platform),
        image.profile ? h('span', {}, 'profile ' + image.profile) : null),
      h('p', { class: 'digest' }, Dom.code(image.digest), ' ', copy),
      image.tags.length > 1 ? h('p', { class: 'hint' }, 'Tags: ', image.tags.map((tag, i) => [i ? ', ' : '', Dom.code(tag)])) : null,
      image.usedBy ? usedBy(image.usedBy) : null);
  }

  function usedBy(workloads) {
    const shown = workloads.slice(0, 20);
    return h('p', { class: 'hint' }, 'Run by ',
      shown.map((one, i) => [i ? ', ' : '', Dom.name(one.kind + ' ' + one.namespace + '/' + one.name), ' (', Dom.code(one.container), ')']),
      workloads.length > shown.length ? ' and ' + (workloads.length - shown.length) + ' more' : null);
  }

  function figures(image) {
    const os = image.os;
    const found = image.vulnerable;
    const user = image.config ? image.config.user : undefined;
    const runAt = Data.run.startedAt.slice(0, 10);
    return [h('dl', { class: 'figures' },
      Parts.figure('Compressed', Format.bytes(image.size.compressed), 'to pull'),
      Parts.figure('Uncompressed', Format.atLeast(Format.bytes(image.size.uncompressed), image, 'size.uncompressed'), Format.known(image.size.files) ? Format.atLeast(Format.plural(image.size.files, 'file'), image, 'size.files') : null),
      Parts.figure('Over base', Format.bytes(image.size.addedOverBase), Format.known(image.size.addedOverBase) ? Format.percent(image.size.addedOverBase, image.size.compressed) + ' of it' : image.class === 'scratch' ? 'built from scratch' : 'no base is known'),
      Parts.figure('Layers', Format.number(image.layerCount)),
      Parts.figure('Efficiency', Format.ratio(image.size.efficiency), Format.atLeast(Format.bytes(image.size.wasted), image, 'size.wasted') + ' wasted'),
      Parts.figure('Packages', Format.atLeast(Format.number(image.counts.packages), image, 'packages.count'), Format.known(image.counts.packagesAddedOverBase) ? Format.number(image.counts.packagesAddedOverBase) + ' over base' : Format.known(image.counts.packages) ? null : 'not measured'),
      Parts.figure('Vulnerabilities', found.known ? (found.why.length ? '≥ ' : '') + Format.number(found.all) : Format.NONE, found.known ? (found.all ? Format.number(found.fixed) + ' fixable' : null) : 'not known'),
      Parts.figure('Tools', Format.atLeast(Format.number(image.counts.tools), image, 'tools'), image.counts.hiddenTools ? image.counts.hiddenTools + ' hidden' : null)),
    h('dl', { class: 'figures worded' },
      Parts.figure('User', user === undefined ? Format.NONE : user ? Dom.name(user) : 'root', user === undefined || user ? null : 'none is set'),
      Parts.figure('System', os ? Dom.name(os.prettyName || os.id || Format.NONE) : image.incomplete.includes('base.os') ? Format.NONE : 'none', os && os.eol ? (os.eol < runAt ? 'out of support since ' : 'supported until ') + os.eol : null),
      Parts.figure('Base class', image.class || Format.NONE),
      Parts.figure('Built', Format.date(image.created), Format.known(image.ageDays) ? (image.ageDays === 0 ? 'less than a day old' : Format.plural(image.ageDays, 'day') + ' old') : Format.known(image.created) ? null : 'no time is set'))];
  }

  function lineage(image) {
    const chain = Data.ancestors(image);
    const ties = image.lineage.filter(one => one.tie);
    const parent = chain[chain.length - 1];
    const moved = parent && image.outdated && image.outdated.known && Format.known(image.outdated.currentDigest) && Format.known(parent.digest) && image.outdated.currentDigest !== parent.digest;
    const asides = Data.asides(image);
    const confidence = one => (Format.known(one.confidence) && one.confidence < 1 ? Format.ratio(one.confidence) + ' sure' : null);
    const known = one => [one.layers ? Format.plural(one.layers, 'layer') : 'layers unknown', one.evidence && one.evidence.length ? 'by ' + one.evidence.join(', ') : null];
    const official = image.official;
    const nearer = official && Format.known(official.reference) && !chain.some(one => one.reference === official.reference);
    return Parts.section('Lineage', chain.length === 0 ? (image.class === 'scratch' ? 'Built from scratch.' : 'No known image is an ancestor of this one.') : null,
      chain.length === 0 ? null : h('ol', { class: 'chain' },
        chain.map((one, i) => h('li', {},
          h('span', { class: 'role' }, Data.isGuess(one) ? 'probably' : i === 0 ? 'root' : i === chain.length - 1 ? 'parent' : 'base'),
          Parts.ancestorName(one),
          h('small', {}, [...(Data.isGuess(one) ? ['by its build steps'] : known(one)), confidence(one)].filter(Boolean).join(', ')))),
        h('li', { class: 'self' }, h('span', { class: 'role' }, 'this image'), h('span', { class: 'ref' }, Dom.ref(Data.short(image.reference))), h('small', {}, Format.plural(image.layerCount || 0, 'layer')))),
      ties.length ? h('p', { class: 'hint' }, 'The evidence fits these as well: ', ties.map((one, i) => [i ? ', ' : '', Dom.name(one.reference)])) : null,
      nearer ? h('p', { class: 'hint' }, 'By its build steps it is probably built on ', Dom.name(official.reference), ', ', confidence(official), '.') : null,
      official && official.candidates.length ? h('p', { class: 'hint' }, 'It may be built on ', official.candidates.map((one, i) => [i ? ' or ' : '', Dom.name(one)]),
        ', whose variables are set; the build steps do not tell.') : null,
      asides.length ? h('p', { class: 'hint' }, 'It is annotated with a base that has no name and that this run did not see: ',
        asides.map((one, i) => [i ? ', ' : '', h('code', { title: one.reference }, Format.shortDigest(one.reference))]), '.') : null,
      moved ? h('p', { class: 'warn' },
        'The parent’s tag has moved on', image.outdated.lagDays > 0 ? ' to an image ' + Format.plural(image.outdated.lagDays, 'day') + ' newer' : '',
        image.outdated.currentDigest ? [': it now names ', Dom.code(Format.shortDigest(image.outdated.currentDigest))] : '') : null);
  }

  function finding(one, open) {
    return h('details', { class: 'finding ' + one.severity + ' ' + one.kind, open },
      h('summary', {}, Parts.severity(one.kind === 'fail' ? one.severity : one.kind === 'unknown' ? 'unknown' : 'waived', one.kind === 'fail' ? one.severity : one.kind),
        h('span', { class: 'what' }, h('b', {}, one.rule.title), Parts.origin(one), one.isNew ? h('span', { class: 'tag new' }, 'new') : null, h('span', { class: 'message' }, Dom.name(one.message))),
        h('code', {}, one.rule.id)),
      h('div', { class: 'body' },
        one.waiver ? h('p', { class: 'waiver' }, 'Waived until ' + one.waiver.expires + ' by ', Dom.name(one.waiver.owner), ': ', Dom.name(one.waiver.reason),
          one.waiver.ticket ? [' (', Dom.name(one.waiver.ticket), ')'] : null) : null,
        one.evidence ? Parts.evidence(one.evidence, Data.theme(one.rule)) : null,
        one.rule.remediation ? h('div', { class: 'remedy' }, h('h3', {}, 'Remedy'), Parts.prose(one.rule.remediation)) : null,
        h('p', {}, h('a', { href: Route.rule(one.rule.id) }, 'About this rule'))));
  }

  function findings(image) {
    const fails = image.failed.filter(one => one.severity !== 'note');
    const notes = image.failed.filter(one => one.severity === 'note');
    const waived = image.findings.filter(one => one.kind === 'waived');
    const unknown = image.findings.filter(one => one.kind === 'unknown');
    const passed = Data.rules.filter(rule => image.results[rule.number] === 'p');
    const apart = Data.rules.filter(rule => image.results[rule.number] === 'n');
    const names = list => h('ul', { class: 'plain names' }, list.map(rule => h('li', {}, h('a', { href: Route.rule(rule.id) }, rule.id), ' ', rule.title)));
    return Parts.section('Findings', null,
      fails.length === 0 ? Parts.empty('No rule above a note fails.') : fails.map((one, i) => finding(one, i === 0)),
      unknown.length ? [h('h3', {}, 'Unknown'), unknown.map(one => finding(one))] : null,
      waived.length ? [h('h3', {}, 'Waived'), waived.map(one => finding(one))] : null,
      notes.length ? [h('h3', {}, 'Notes'), notes.map(one => finding(one))] : null,
      passed.length ? h('details', { class: 'quietlist' }, h('summary', {}, Format.plural(passed.length, 'rule') + ' passed'), names(passed)) : null,
      apart.length ? h('details', { class: 'quietlist' }, h('summary', {}, Format.plural(apart.length, 'rule') + ' not applicable'), names(apart)) : null);
  }

  /* This run and the ones before it, the last one first: the same name, not always the same build. */
  function history(image) {
    if (image.past.length === 0) return null;
    const now = { startedAt: Data.run.startedAt, digest: image.digest, verdict: image.verdict, compressed: image.size.compressed, bySeverity: image.bySeverity };
    const all = [now, ...image.past];
    const rows = all.map((one, i) => ({ ...one, before: all[i + 1] || null }));
    const grown = row => (row.before && Format.known(row.compressed) && Format.known(row.before.compressed) ? row.compressed - row.before.compressed : 0);
    return Parts.section('History', 'What the last runs of the same targets found for this name.', Parts.table([
      { label: 'Run', cell: row => [Format.time(row.startedAt), row === rows[0] ? h('small', { class: 'sub' }, 'this run') : null] },
      { label: 'Verdict', cell: row => Parts.verdict(row.verdict) },
      { label: 'Findings', cell: row => Parts.pips(row.bySeverity) },
      { label: 'Compressed', class: 'num', cell: row => [Format.bytes(row.compressed), grown(row) ? h('small', { class: 'sub' }, (grown(row) > 0 ? '+' : '−') + Format.bytes(Math.abs(grown(row)))) : null] },
      { label: 'Build', cell: row => [h('code', { title: row.digest }, Format.shortDigest(row.digest)), row.before && row.before.digest !== row.digest ? h('small', { class: 'sub' }, 'new build') : null] },
    ], rows, 'History'));
  }

  /* What the layer's command says, without what every builder writes in front of it. */
  const command = text =>
    (text || '').replace(/^\/bin\/sh -c #\(nop\)\s+/, '').replace(/^RUN \/bin\/sh -c /, 'RUN ').replace(/^\/bin\/sh -c /, 'RUN ').replace(/\s*# buildkit$/, '').replace(/^(ENTRYPOINT|CMD) &\{(\[.*\])\}$/, '$1 $2');

  function layers(image) {
    if (image.layers.length === 0) return null;
    const most = Math.max(1, ...image.layers.map(layer => layer.uncompressed || 0));
    const chain = Data.ancestors(image);
    const rows = [];
    let group = null;
    image.layers.forEach((layer, i) => {
      const owner = chain.find(one => i < one.layers) || null;
      const key = owner ? owner.reference : { true: 'base', false: 'own', null: 'unknown' }[layer.inBase];
      if (key !== group) {
        group = key;
        rows.push(h('li', { class: 'from' }, owner ? ['from ', Parts.ancestorName(owner)] : { base: 'from its base', own: 'added by this image', unknown: 'from its base or added by this image: not known' }[key]));
      }
      /* What is a copy may also be deleted later: the larger of both is certain. */
      const wasted = Math.min(Math.max(layer.wasted, layer.hidden), layer.uncompressed || 0);
      rows.push(h('li', { class: 'layer' + (layer.inBase ? ' inbase' : layer.inBase === null ? ' unplaced' : '') },
        h('span', { class: 'index num', title: 'layer ' + layer.index + ', root is 0' }, String(layer.index)),
        h('div', { class: 'measure' },
          h('div', { class: 'track', role: 'img', 'aria-label': Format.bytes(layer.uncompressed) + (wasted ? ', of it wasted ' + Format.bytes(wasted) : '') },
            h('span', { class: 'fill', vars: { '--share': (layer.uncompressed || 0) / most } },
              wasted > 0 ? h('span', { class: 'waste', vars: { '--share': wasted / (layer.uncompressed || wasted) } }) : null)),
          h('details', {}, h('summary', {}, h('code', { dir: 'auto' }, command(layer.createdBy) || 'no command recorded')),
            h('p', { class: 'digest' }, Dom.code(layer.digest || '')))),
        h('span', { class: 'num amount' }, h('b', {}, Format.bytes(layer.uncompressed)), h('small', {}, Format.bytes(layer.compressed) + ' compressed')),
        h('span', { class: 'num amount' },
          h('small', {}, Format.known(layer.files) ? Format.plural(layer.files, 'file') : ''),
          layer.wasted && layer.wasted !== layer.hidden ? h('small', { class: 'wasted' }, Format.bytes(layer.wasted) + ' wasted') : null,
          layer.hidden ? h('small', { class: 'wasted' }, Format.bytes(layer.hidden) + ' replaced or deleted later') : null)));
    });
    return Parts.section('Layers', 'Root first; bars show uncompressed size.',
      h('ul', { class: 'legend' },
        image.layers.some(layer => layer.inBase === false) ? h('li', {}, h('i', { class: 'swatch own', 'aria-hidden': 'true' }), ' this image') : null,
        image.layers.some(layer => layer.inBase === null) ? h('li', {}, h('i', { class: 'swatch unplaced', 'aria-hidden': 'true' }), ' its base or this image') : null,
        image.layers.some(layer => layer.inBase) ? h('li', {}, h('i', { class: 'swatch based', 'aria-hidden': 'true' }), ' from its base') : null,
        h('li', {}, h('i', { class: 'swatch wastes', 'aria-hidden': 'true' }), ' wasted: written again or deleted by a later layer')),
      h('ol', { class: 'layers' }, rows));
  }

  function toolTable(image, rows, caption) {
    const byCategory = new Map();
    rows.forEach(tool => byCategory.set(tool.category, [...(byCategory.get(tool.category) || []), tool]));
    return [...byCategory].sort((a, b) => b[1].length - a[1].length).map(([category, tools]) =>
      h('details', { class: 'group' },
        h('summary', {}, h('b', {}, Format.words(category || 'other')), h('span', { class: 'num count' }, String(tools.length)),
          h('span', { class: 'sample' }, Dom.name([...new Set(tools.map(tool => tool.name))].slice(0, 12).join(', ')))),
        Parts.longTable([
          { label: 'Name', cell: tool => Dom.code(tool.name) },
          { label: 'Path', cell: tool => [Dom.code(tool.path), tool.target && tool.target !== tool.path ? [' → ', Dom.code(tool.target)] : null] },
          { label: 'Kind', cell: tool => tool.kind + (tool.via ? ' of ' + tool.via : '') },
          { label: 'Layer', class: 'num', cell: tool => Parts.broughtBy(image, tool.layer) },
          { label: 'Package', cell: tool => (tool.package ? Dom.name(tool.package) : Parts.yesNo(tool.owned, 'a package', h('span', { class: 'faint' }, 'no package'))) },
          { label: 'Size', class: 'num', cell: tool => Format.bytes(tool.size) },
        ], tools, caption + ': ' + category, 60)));
  }

  function tools(image) {
    const now = Data.tools(image);
    const hidden = Data.hiddenTools(image);
    const left = (image.counts.tools || 0) - now.length;
    const calls = new Map();
    now.filter(tool => tool.via).forEach(tool => calls.set(tool.via, (calls.get(tool.via) || 0) + 1));
    const multi = [...calls].filter(one => one[1] > 1).sort((a, b) => b[1] - a[1]);
    return Parts.section('Tools', multi.length ? [Format.plural(now.length, 'tool'), multi.map(([via, uses]) => [', ', uses === now.length ? 'all' : Format.number(uses), ' of them names of the one program ', Dom.code(via)]), '.'] : null,
      image.counts.tools === null ? Parts.empty('Not measured: see the gaps.') : now.length === 0 ? Parts.empty('No shell, no package manager, no tool that Tare knows.') : toolTable(image, now, 'Tools'),
      left > 0 ? h('p', { class: 'hint' }, 'And ' + Format.number(left) + ' more, see report.json.') : null,
      hidden.length ? [h('h3', {}, 'Deleted later, still shipped'), toolTable(image, hidden, 'Hidden tools')] : null);
  }

  function packages(image) {
    const all = Data.packages(image);
    if (all.length === 0) {
      return Parts.section('Packages', null, Parts.empty(image.counts.packages === null ? 'Not measured: see the gaps.' : 'No package evidence.'));
    }
    const holder = h('div', {});
    const columns = [
      { label: 'Package', cell: one => Dom.name(one.name || '') },
      { label: 'Version', cell: one => Dom.code(one.version || '') },
      { label: 'Type', cell: one => one.type || '' },
      { label: 'Layer', class: 'num', cell: one => Parts.broughtBy(image, one.layer) },
      { label: 'Installed', class: 'num', cell: one => Format.bytes(one.installedSize) },
    ];
    const sorted = all.slice().sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const show = text => {
      const rows = sorted.filter(one => (one.name + ' ' + one.version).toLowerCase().includes(text.toLowerCase()));
      holder.replaceChildren(rows.length ? Parts.longTable(columns, rows, 'Packages', 20) : Parts.empty('No package of that name.'));
    };
    const search = h('input', { type: 'search', placeholder: 'package name', 'aria-label': 'Search packages', oninput: () => show(search.value) });
    show('');
    const left = (image.counts.packages || 0) - all.length;
    return Parts.section('Packages', Format.plural(image.counts.packages, 'package') + (image.packageManagers && image.packageManagers.length ? ', from ' + image.packageManagers.filter(one => !CUT(one)).join(', ') : '') +
      (left > 0 ? '; ' + Format.number(left) + ' of them only in report.json' : ''), search, holder);
  }

  /* What advisories say of its packages: numbers by severity, what is behind them, and each one. */
  function vulnerabilities(image) {
    const found = image.vulnerable;
    const TITLE = 'Known vulnerabilities';
    const missing = found.why.length ? h('p', { class: 'warn' }, found.known ? 'Not all packages are covered: ' : 'Not known: ', found.why.map((one, i) => [i ? '; ' : '', Dom.name(one)]), '. Nothing of it counts as zero.') : null;
    if (!found.known) return Parts.section(TITLE, null, missing || Parts.empty('Not known: its packages were not matched with advisories.'), imports(found));
    const word = one => (one === 'unknown' ? 'of unknown severity' : one);
    const look = one => ({ negligible: 'note' })[one] || one;
    const share = (numbers, one) => (Format.known(numbers[one]) ? Format.number(numbers[one]) : Format.NONE);
    const own = one => (Format.known(found.inBase[one]) ? Format.number(found.counts[one] - found.inBase[one]) : Format.NONE);
    const summary = found.all === 0 ? Parts.empty('No feed lists one of what is installed.') : Parts.table([
      { label: 'Severity', cell: one => Parts.severity(look(one), word(one)) },
      { label: 'Known', class: 'num', cell: one => share(found.counts, one) },
      { label: 'Fixable', class: 'num', cell: one => share(found.fixable, one) },
      { label: 'From base', class: 'num', cell: one => share(found.inBase, one) },
      { label: 'Own', class: 'num', cell: own },
    ], Data.VULNERABLE.filter(one => found.counts[one] !== 0), TITLE + ' by severity');
    return Parts.section(TITLE, ['Each counts once, however many packages have it. ', found.sources.some(one => one.kind === 'import') ? 'No feed is about the image; they are what was found by ' : 'Matched with ', found.sources.filter(CUT_NOT).map((one, i) => [i ? ', ' : '', feed(one)]), '.'],
      missing, h('div', { class: 'narrow' }, summary), image.detailed ? [each(image), excluded(image)] : null, imports(found));
  }

  /* What other scanners found, beside what is matched. */
  function imports(found) {
    const all = (found.imports || []).filter(CUT_NOT);
    if (all.length === 0) return null;
    const names = ids => (ids.length ? ids.filter(CUT_NOT).slice(0, 10).join(', ') + (ids.length > 10 ? ' and more' : '') : Format.NONE);
    return [h('h3', {}, 'By other scanners'), Parts.table([
      { label: 'Scanner', cell: one => [Dom.name(one.scanner + (one.version ? ' ' + one.version : '')), h('small', { class: 'sub' }, one.createdAt ? Format.date(one.createdAt) : '')] },
      { label: 'Known', class: 'num', cell: one => Format.number(Data.total(one.counts)) },
      { label: 'By severity', cell: one => Parts.vulnerabilityPips(one.counts) },
      { label: 'In both', class: 'num', cell: one => (Format.known(one.both) ? Format.number(one.both) : Format.NONE) },
      { label: 'Only by the scanner', cell: one => (Format.known(one.both) ? names(one.onlyImported) : Format.NONE) },
      { label: 'Only matched', cell: one => (Format.known(one.both) ? names(one.onlyMatched) : Format.NONE) },
    ], all, 'What other scanners found')];
  }

  const CUT_NOT = one => !CUT(one);

  const UNFIXED = { true: ', which lists what nothing fixes too', false: ', which lists only what is fixed' };

  const feed = source => [Dom.name(source.name || ''), UNFIXED[source.listsUnfixed] || null, source.updatedAt ? ', as of ' + Format.date(source.updatedAt) : null];

  const percent = share => (Format.known(share) ? (100 * share).toFixed(share < 0.1 ? 2 : 1) + ' %' : Format.NONE);

  const STATUS = { not_affected: 'not affected', fixed: 'fixed', affected: 'affected', under_investigation: 'under investigation' };

  const said = vex => (vex ? h('small', { class: 'sub' }, 'VEX: ' + (STATUS[vex.status] || vex.status) + ' by ', Dom.name(vex.author || '')) : null);

  /* What statements take away is shown, and by whom. */
  function excluded(image) {
    const all = Data.excluded(image);
    if (all.length === 0) return null;
    const left = image.excludedCount - all.length;
    return [h('h3', {}, 'Not there by VEX (' + Format.number(image.excludedCount) + ')'), h('p', { class: 'hint' }, 'Feeds list them, statements of yours say that the image does not have them: they are in none of the numbers.'),
      Parts.longTable([
        { label: 'Vulnerability', cell: one => [Dom.code(one.id || ''), one.exploited ? h('span', { class: 'tag new' }, 'exploited') : null] },
        { label: 'Severity', cell: one => Parts.severity({ negligible: 'note' }[one.severity] || one.severity || 'unknown', one.severity) },
        { label: 'Package', cell: one => [Dom.name(one.package || ''), h('small', { class: 'sub' }, one.installed || '')] },
        { label: 'Statement', cell: one => [STATUS[one.vex.status] || one.vex.status, one.vex.justification ? h('small', { class: 'sub' }, Dom.name(one.vex.justification)) : null] },
        { label: 'By', cell: one => Dom.name(one.vex.author || '') },
        { label: 'Until', class: 'num', cell: one => one.vex.expires || Format.NONE },
      ], all, 'Vulnerabilities that statements take away', 20), left > 0 ? h('p', { class: 'hint' }, 'And ' + Format.number(left) + ' more, see report.json.') : null];
  }

  function each(image) {
    const score = one => (one.epss && Format.known(one.epss.score) ? one.epss.score : -1);
    const all = Data.vulnerabilities(image).sort((a, b) => (b.exploited === true) - (a.exploited === true)
      || Data.VULNERABLE.indexOf(a.severity) - Data.VULNERABLE.indexOf(b.severity) || score(b) - score(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    if (all.length === 0) return null;
    const left = image.vulnerabilityCount - all.length;
    const origin = one => (image.layers[one.layer] || { inBase: null }).inBase;
    const SHOWN = { all: () => true, fixable: one => Format.known(one.fixed), 'exploited in attacks': one => one.exploited === true, 'own packages': one => origin(one) === false, 'packages of the base': one => origin(one) === true };
    const columns = [
      { label: 'Vulnerability', cell: one => [Dom.code(one.id || ''), one.exploited ? h('span', { class: 'tag new' }, 'exploited') : null,
        one.aliases && one.aliases.length ? h('small', { class: 'sub' }, one.aliases.filter(CUT_NOT).join(', ')) : null, said(one.vex)] },
      { label: 'Severity', cell: one => [Parts.severity({ negligible: 'note' }[one.severity] || one.severity || 'unknown', one.severity === 'unknown' ? 'unknown' : one.severity), one.severitySource ? h('small', { class: 'sub' }, 'by ' + one.severitySource) : null] },
      { label: 'Package', cell: one => [Dom.name(one.package || ''), h('small', { class: 'sub' }, one.installed || '')] },
      { label: 'Fixed in', cell: one => (Format.known(one.fixed) ? Dom.code(one.fixed) : h('span', { class: 'faint' }, 'no fix is known')) },
      { label: 'Layer', class: 'num', cell: one => Parts.broughtBy(image, one.layer) },
    ];
    if (all.some(one => score(one) >= 0)) {
      columns.splice(2, 0, { label: 'EPSS', class: 'num', cell: one => (score(one) < 0 ? Format.NONE
        : [percent(one.epss.score), h('small', { class: 'sub' }, 'higher than ' + percent(one.epss.percentile) + ' of all')]) });
    }
    const holder = h('div', {});
    let chosen = 'all';
    let text = '';
    const show = () => {
      const rows = all.filter(one => SHOWN[chosen](one) && [one.id, one.package, ...(one.aliases || [])].join(' ').toLowerCase().includes(text.toLowerCase()));
      holder.replaceChildren(rows.length ? Parts.longTable(columns, rows, 'Vulnerabilities of packages', 20) : Parts.empty('None of them.'));
    };
    const search = h('input', { type: 'search', placeholder: 'CVE or package', 'aria-label': 'Search vulnerabilities', oninput: () => { text = search.value; show(); } });
    const select = h('select', { 'aria-label': 'Which vulnerabilities', onchange: () => { chosen = select.value; show(); } },
      Object.keys(SHOWN).filter(one => all.some(SHOWN[one])).map(one => h('option', { value: one }, one)));
    show();
    return [h('h3', {}, 'In packages (' + Format.number(image.vulnerabilityCount) + ')'), h('p', { class: 'choose' }, search, ' ', select), holder,
      left > 0 ? h('p', { class: 'hint' }, 'And ' + Format.number(left) + ' more, see report.json.') : null];
  }

  function listing(title, items, columns, note, after) {
    if (!items || items.length === 0) return null;
    const cut = items.find(CUT);
    return Parts.section(title, note, Parts.longTable(columns, items.filter(one => !CUT(one)), title, 20), cut ? h('p', { class: 'hint' }, Parts.cutNote(cut)) : null, after);
  }

  const path = { label: 'Path', cell: one => Dom.code(one.path || '') };
  const kind = { label: 'Kind', cell: one => Format.words(one.kind || '') };
  const base = { label: 'From base', cell: one => Parts.yesNo(one.inBase, 'yes', 'no') };

  function rest(image) {
    return [
      listing('Leftovers', image.leftovers, [kind, path,
        { label: 'Size', class: 'num', cell: one => Format.bytes(one.bytes) },
        { label: 'Files', class: 'num', cell: one => Format.number(one.files) },
        { label: 'Deleted, still shipped', class: 'num', cell: one => Format.bytes(one.hiddenBytes) }, base]),
      listing('Secrets', image.secrets, [kind, path,
        { label: 'Layer', class: 'num', cell: one => Format.number(one.layer) },
        { label: 'Deleted later', cell: one => (one.hidden ? 'yes, still shipped' : 'no') }], 'Where they are; never their value.'),
      listing('Runs with other rights (setuid, setgid, capabilities)', image.privileged, [path, { label: 'Mode', cell: one => Dom.code(one.mode || '') },
        { label: 'Capabilities', cell: one => (one.capabilities || []).join(', ') || 'none' }, base]),
      listing('World-writable', image.worldWritable, [path, { label: 'Mode', cell: one => Dom.code(one.mode || '') }]),
      listing('Services', image.services, [{ label: 'Name', cell: one => Dom.name(one.name || '') }, path]),
      listing('State', image.state, [kind, path, { label: 'Size', class: 'num', cell: one => Format.bytes(one.bytes) }]),
    ];
  }

  function configuration(image) {
    const config = image.config || {};
    const labels = Object.entries(image.labels || {});
    const words = list => (list && list.length ? list.map((one, i) => [i ? ' ' : '', CUT(one) ? Parts.cutNote(one) : Dom.code(one)]) : h('span', { class: 'faint' }, 'none'));
    const row = (name, value) => [h('dt', {}, name), h('dd', {}, value)];
    return Parts.section('Configuration', null,
      h('dl', { class: 'evidence' },
        row('user', config.user ? Dom.code(config.user) : 'none is set: root'), row('entrypoint', words(config.entrypoint)), row('cmd', words(config.cmd)),
        row('ports', words(config.exposedPorts)), row('volumes', words(config.volumes)), row('working directory', config.workingDir ? Dom.code(config.workingDir) : '/'),
        row('health check', config.healthcheck ? Parts.value('healthcheck', config.healthcheck) : h('span', { class: 'faint' }, 'none')),
        row('environment', config.env && config.env.length ? h('ul', { class: 'inline' }, config.env.map(one => h('li', {}, CUT(one) ? Parts.cutNote(one) : [Dom.code(one.name + '=' + (one.value === null ? '' : one.value)), one.value === null ? h('span', { class: 'faint' }, ' held back') : null]))) : h('span', { class: 'faint' }, 'none'))),
      labels.length ? [h('h3', {}, 'Labels'), h('dl', { class: 'evidence' }, labels.map(([key, value]) => row(Dom.name(key), Dom.code(value))))] : null);
  }

  /* In front of everything: what the numbers below do not know. */
  function incomplete(image) {
    if (image.incomplete.length === 0) return null;
    const facts = [...new Set(image.incomplete.map(one => Format.words(one === 'packages.count' ? 'packages' : one.split('.').pop())))];
    return h('p', { class: 'warn' }, 'Not all could be measured: ', facts.join(', '), '. See the gaps at the end.');
  }

  function gaps(image) {
    if (image.gaps.length === 0) return null;
    const common = image.gaps.filter(Data.everywhere);
    const shared = common.length ? h('p', { class: 'hint' }, 'On every image of this run: ',
      common.map((one, i) => [i ? '; ' : '', h('span', { title: one.reason }, one.fact)]), '. ', h('a', { href: Route.to('coverage') }, 'Coverage'), ' says why.') : null;
    const rows = image.gaps.filter(one => !Data.everywhere(one)).sort((a, b) => (a.path ? 0 : 1) - (b.path ? 0 : 1));
    if (rows.length === 0) return Parts.section('Gaps', null, shared);
    return [listing('Gaps', rows, [
      { label: 'Fact', cell: one => Dom.name(one.fact || '') },
      { label: 'Reason', cell: one => Dom.name(one.reason || '') },
      { label: 'Path', cell: one => (one.path ? Dom.code(one.path) : Format.NONE) },
      { label: 'Layer', class: 'num', cell: one => Format.number(one.layer) }], 'What could not be measured. It is not guessed.', shared)];
  }

  function draw(parameters) {
    const address = parameters.get('image') || '';
    const found = Data.find(address);
    if (found.length === 0) {
      return [h('h1', { tabindex: '-1' }, 'No such image'), h('p', {}, 'This report has no image ', Dom.code(address), '. '), h('p', {}, h('a', { href: Route.to('images') }, 'All images'))];
    }
    if (found.length > 1) {
      return [h('h1', { tabindex: '-1' }, Format.plural(found.length, 'image') + ' have this digest'), h('p', { class: 'digest' }, Dom.code(address)),
        h('ul', { class: 'plain' }, found.map(one => h('li', {}, Parts.imageLink(one), ' ', Parts.verdict(one.verdict))))];
    }
    const [image] = found;
    return [
      heading(image), incomplete(image), figures(image), lineage(image), findings(image), vulnerabilities(image), history(image), layers(image),
      image.detailed ? [tools(image), packages(image), rest(image), configuration(image)]
        : Parts.section('Details', null, h('p', {}, 'This run has too many images for one page. ',
          h('a', { id: 'elsewhere', href: image.page + Route.at(image.address) }, 'Tools, packages and evidence of this image'), ' are on another.')),
      gaps(image),
    ];
  }

  return { title: 'Image', draw };
})();
