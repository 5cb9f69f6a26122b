/* Adds: Coverage. What this report does not know, said as plainly as what it knows. */
const Coverage = (() => {
  function uninspected() {
    const all = Data.notInspected;
    return Parts.section('Not inspected (' + Format.number(all.length) + ')', 'Not inspected is not compliant: nothing is known about these.',
      all.length === 0 ? Parts.empty('Everything requested was inspected.') : Parts.longTable([
        { label: 'What', cell: one => [h('span', { class: 'ref' }, Dom.ref(Data.short(one.reference))), one.digest ? h('small', { class: 'sub' }, h('code', { title: one.digest }, Format.shortDigest(one.digest))) : null] },
        { label: 'Stage', cell: one => one.stage },
        { label: 'Reason', cell: one => Dom.name(one.reason) },
      ], all, 'Not inspected', 200));
  }

  /* Told, not guessed: the registry was asked for each by its name. */
  function gone() {
    const all = Data.gone;
    if (all.length === 0) return null;
    return Parts.section('Gone (' + Format.number(all.length) + ')', 'These were there before and are no longer in the registry, which was asked for each by name.',
      Parts.longTable([{ label: 'What', cell: one => h('span', { class: 'ref' }, Dom.ref(Data.short(one))) }], all, 'Gone', 100));
  }

  /* The same gap of many images is one row. */
  function gaps() {
    const groups = new Map();
    for (const image of Data.images) {
      for (const gap of image.gaps) {
        const key = Data.gapKey(gap);
        if (!groups.has(key)) groups.set(key, { gap, images: new Set() });
        groups.get(key).images.add(image);
      }
    }
    const rows = [...groups.values()].sort((a, b) => (a.gap.path ? 0 : 1) - (b.gap.path ? 0 : 1) || b.images.size - a.images.size);
    return Parts.section('Gaps', 'Facts of inspected images that could not be measured. A rule that needs one is unknown, never passed.',
      rows.length === 0 ? Parts.empty('Every fact was measured.') : Parts.longTable([
        { label: 'Fact', cell: row => Dom.name(row.gap.fact || '') },
        { label: 'Reason', cell: row => Dom.name(row.gap.reason || '') },
        { label: 'Path', cell: row => (row.gap.path ? Dom.code(row.gap.path) : Format.NONE) },
        { label: 'Images', cell: row => (row.images.size <= 2 ? h('ul', { class: 'inline' }, [...row.images].map(image => h('li', {}, Parts.imageLink(image))))
          : row.images.size === Data.images.length ? 'all ' + Format.number(row.images.size) : Format.number(row.images.size)) },
      ], rows, 'Gaps', 100));
  }

  function undecided() {
    const NAMED = 6;
    const groups = new Map();
    let all = 0;
    for (const image of Data.images) {
      for (const one of image.findings.filter(finding => finding.kind === 'unknown')) {
        const key = one.rule.id + '\n' + one.message;
        if (!groups.has(key)) groups.set(key, { one, images: [] });
        groups.get(key).images.push(image);
        all++;
      }
    }
    const rows = [...groups.values()].sort((a, b) => b.images.length - a.images.length);
    return Parts.section('Unknown outcomes (' + Format.number(all) + ')', 'Rules that could not be answered on an image.',
      rows.length === 0 ? Parts.empty('Every rule was answered on every image.') : Parts.longTable([
        { label: 'Rule', cell: row => h('a', { href: Route.rule(row.one.rule.id) }, row.one.rule.title) },
        { label: 'Reason', cell: row => Dom.name(row.one.message) },
        { label: 'Images', cell: row => (row.images.length > 2 && row.images.length === Data.images.length
          ? h('a', { href: Route.rule(row.one.rule.id) }, 'all ' + Format.number(row.images.length)) : [
            h('ul', { class: 'inline' }, row.images.slice(0, NAMED).map(image => h('li', {}, Parts.imageLink(image)))),
            row.images.length > NAMED ? h('a', { href: Route.rule(row.one.rule.id) }, 'and ' + Format.number(row.images.length - NAMED) + ' more') : null]) },
      ], rows, 'Unknown outcomes', 100));
  }

  /* A waiver is told by what it says: the same words on many images are one. */
  function waivers() {
    const groups = new Map();
    for (const image of Data.images) {
      for (const one of image.findings.filter(finding => finding.kind === 'waived' && finding.waiver)) {
        const key = [one.rule.id, one.waiver.reason, one.waiver.owner, one.waiver.expires].join('\n');
        if (!groups.has(key)) groups.set(key, { one, images: [] });
        groups.get(key).images.push(image);
      }
    }
    const rows = [...groups.values()].sort((a, b) => (a.one.waiver.expires < b.one.waiver.expires ? -1 : 1));
    const days = waiver => Math.round((Date.parse(waiver.expires) - Date.parse(Data.run.startedAt.slice(0, 10))) / 86400000);
    return Parts.section('Waivers in use (' + Format.number(rows.length) + ')', 'Findings that somebody accepts until a date, the next to expire first.',
      rows.length === 0 ? Parts.empty('No finding is waived.') : Parts.longTable([
        { label: 'Rule', cell: row => h('a', { href: Route.rule(row.one.rule.id) }, row.one.rule.title) },
        { label: 'Reason', cell: row => [Dom.name(row.one.waiver.reason), row.one.waiver.ticket ? h('small', { class: 'sub' }, Dom.name(row.one.waiver.ticket)) : null] },
        { label: 'Owner', cell: row => Dom.name(row.one.waiver.owner) },
        { label: 'Until', class: 'num', cell: row => [row.one.waiver.expires, days(row.one.waiver) <= 30 ? h('small', { class: 'sub wasted' }, 'expires in ' + Format.plural(days(row.one.waiver), 'day')) : null] },
        { label: 'Images', class: 'num', cell: row => (row.images.length <= 3 ? h('ul', { class: 'inline' }, row.images.map(image => h('li', {}, Parts.imageLink(image)))) : Format.number(row.images.length)) },
      ], rows, 'Waivers in use', 100));
  }

  /* Lines of the waiver file that answer for nothing: they are to be taken out, or to be renewed. */
  function idle(state, title, note) {
    const rows = Data.waivers.filter(one => one.state === state); // VEX statements too: their rule is a vulnerability.
    if (rows.length === 0) return null;
    return Parts.section(title + ' (' + Format.number(rows.length) + ')', note, Parts.longTable([
      { label: 'Rule', cell: one => (Data.rulesById.has(one.rule) ? h('a', { href: Route.rule(one.rule) }, Data.rule(one.rule).title) : Dom.code(one.rule)) },
      { label: 'On', cell: one => Dom.code(one.image) },
      { label: 'Reason', cell: one => [Dom.name(one.reason), one.ticket ? h('small', { class: 'sub' }, Dom.name(one.ticket)) : null] },
      { label: 'Owner', cell: one => Dom.name(one.owner) },
      { label: 'Until', class: 'num', cell: one => one.expires },
    ], rows, title, 100));
  }

  function draw() {
    const sum = Data.summary;
    return [
      h('h1', { tabindex: '-1' }, 'Coverage'),
      h('dl', { class: 'figures' },
        Parts.figure('Inspected', Format.number(sum.images), 'images, one for each platform'),
        Parts.figure('Not inspected', Format.number(sum.notInspected)),
        Parts.figure('Unknown', Format.number(sum.unknown), 'images that fail no rule, but that some rules could not judge'),
        Parts.figure('Set apart', Format.number(sum.attached), 'signatures, charts and the like')),
      Data.leftOut > 0 ? h('p', { class: 'warn' }, Format.plural(Data.leftOut, 'image') + ' more than this page can hold: they are in report.json and images.csv.') : null,
      uninspected(), gone(), gaps(), undecided(), waivers(),
      idle('expired', 'Waivers that have expired', 'A finding relied on them, but they have expired: it counts again.'),
      idle('early', 'Statements that are dated later', 'Something of this run needed them, but they are dated after it: they take nothing away yet.'),
      idle('unused', 'Waivers that matched nothing', 'No finding of this run needed them.'),
    ];
  }

  return { title: 'Coverage', draw };
})();
