/* Adds: Past. What changed since an earlier run, and how the runs of the same targets went. */
const Past = (() => {
  const ENDED = {
    fixed: 'fixed', waived: 'waived since', unknown: 'could not be answered', gone: 'no longer covered',
  };

  /* A finding of one repository and platform is listed once, under the tags that have it. */
  function fresh() {
    const groups = new Map();
    for (const image of Data.images) {
      for (const finding of image.failed.filter(one => one.isNew)) {
        const key = [finding.rule.id, image.registry, image.repository, image.platform].join('\n');
        if (!groups.has(key)) groups.set(key, { finding, images: [] });
        groups.get(key).images.push(image);
      }
    }
    return [...groups.values()].sort((a, b) => Data.rank(a.finding.severity) - Data.rank(b.finding.severity));
  }

  const some = images => [h('ul', { class: 'inline' }, images.slice(0, 3).map(image => h('li', {}, Parts.imageLink(image)))),
    images.length > 3 ? h('small', {}, 'and ' + Format.number(images.length - 3) + ' more') : null];

  function changes() {
    const since = Data.since;
    if (!since) return null;
    const rows = fresh();
    const ended = since.ended.map(([change, rule, severity, reference, platform]) => ({ change, rule: Data.rule(rule), severity, reference, platform }));
    const all = since.fixed + since.waived + since.unknown + since.gone;
    return Parts.section('Changes', [
      'Since the run of ' + Format.time(since.startedAt) + ' (', Dom.code(since.run), '). A finding counts once for a repository and platform, however many tags have it.'],
    h('dl', { class: 'figures changes' },
      Parts.figure('New', Format.number(since.new)),
      Parts.figure('Fixed', Format.number(since.fixed), 'evaluated again, and the rule passes'),
      Parts.figure('Unchanged', Format.number(since.unchanged)),
      since.waived ? Parts.figure('Waived', Format.number(since.waived), 'a waiver accepts it now') : null,
      since.unknown ? Parts.figure('Unknown', Format.number(since.unknown), 'could not be answered this time') : null,
      since.gone ? Parts.figure('Gone', Format.number(since.gone), 'this run did not cover it') : null),
    rows.length === 0 ? null : h('details', { class: 'group', open: rows.length <= 5 }, h('summary', {}, h('b', {}, 'New findings'), h('span', { class: 'count num' }, Format.number(rows.length))),
      Parts.longTable([
        { label: 'Rule', cell: row => [h('a', { href: Route.rule(row.finding.rule.id) }, row.finding.rule.title), h('small', { class: 'sub' }, Dom.name(row.finding.message))] },
        { label: 'Severity', cell: row => Parts.severity(row.finding.severity) },
        { label: 'Images', cell: row => some(row.images) },
      ], rows, 'New findings', 20)),
    ended.length === 0 ? null : h('details', { class: 'group', open: rows.length === 0 && ended.length <= 5 },
      h('summary', {}, h('b', {}, 'No longer found'), h('span', { class: 'count num' }, Format.number(all)), ended.length < all ? h('span', { class: 'sample' }, 'the ' + Format.number(ended.length) + ' most severe are listed') : null),
      Parts.longTable([
        { label: 'Rule', cell: row => h('a', { href: Route.rule(row.rule.id) }, row.rule.title) },
        { label: 'Severity', cell: row => Parts.severity(row.severity) },
        { label: 'Was on', cell: row => [h('span', { class: 'ref' }, Dom.ref(Data.short(row.reference))), h('small', { class: 'sub' }, row.platform)] },
        { label: 'Now', cell: row => ENDED[row.change] },
      ], ended, 'Findings of the earlier run that this one does not have', 20)));
  }

  function trend() {
    const runs = Data.history;
    if (runs.length < 2) return null;
    const VERDICTS = ['compliant', 'unknown', 'failing'];
    const most = Math.max(1, ...runs.map(run => run.summary.images));
    const grave = run => run.summary.findings.critical + run.summary.findings.high;
    const text = run => Format.time(run.startedAt) + ': ' + Format.plural(run.summary.images, 'image') + ', ' + run.summary.compliant + ' compliant, ' +
      run.summary.failing + ' failing' + (run.summary.unknown ? ', ' + run.summary.unknown + ' unknown' : '') + '; ' + Format.number(grave(run)) + ' critical and high findings' +
      (Format.known(run.summary.score) ? '; score ' + Format.number(run.summary.score) : '');
    const first = runs[0];
    const last = runs[runs.length - 1];
    /* Of runs on one day the day says nothing. */
    const day = run => (Format.date(first.startedAt) === Format.date(last.startedAt) ? Format.time(run.startedAt) : Format.date(run.startedAt));
    const VULNERABLE = Data.VULNERABLE;
    const sum = numbers => VULNERABLE.reduce((all, one) => all + numbers[one], 0);
    const known = run => (run.summary.vulnerabilities && run.summary.vulnerabilities.images > 0 ? run.summary.vulnerabilities : null);
    const matched = runs.filter(known);
    const mostKnown = Math.max(1, ...matched.map(run => sum(known(run).counts)));
    const told = run => Format.time(run.startedAt) + ': ' + (known(run) ? Format.number(sum(known(run).counts)) + ' known vulnerabilities in ' + Format.plural(known(run).images, 'image') + ', ' + Format.number(sum(known(run).fixable)) + ' fixable' : 'vulnerabilities not known');
    const count = (run, numbers) => (known(run) ? Format.number(sum(known(run)[numbers])) : Format.NONE);
    /* Where nothing was matched there is no bar: that is no zero. */
    const vulnerable = matched.length < 2 ? null : [h('h3', {}, 'Known vulnerabilities'),
      h('div', { class: 'trend known', vars: { '--runs': runs.length }, role: 'img', 'aria-label': 'From ' + told(first) + ' to ' + told(last) },
        runs.map(run => h('div', { class: 'column', title: told(run) }, known(run) ? [
          h('span', { class: 'unfixed', vars: { '--share': (sum(known(run).counts) - sum(known(run).fixable)) / mostKnown } }),
          h('span', { class: 'fixable', vars: { '--share': sum(known(run).fixable) / mostKnown } })] : null))),
      h('p', { class: 'ends', vars: { '--runs': runs.length } }, h('span', {}, day(first)), h('span', {}, day(last)))];
    return Parts.section('Trend', 'The last ' + runs.length + ' runs of the same targets, oldest first.',
      h('div', { class: 'trend', vars: { '--runs': runs.length }, role: 'img', 'aria-label': 'From ' + text(first) + ' to ' + text(last) },
        runs.map(run => h('div', { class: 'column', title: text(run) },
          VERDICTS.slice().reverse().map(one => h('span', { class: one, vars: { '--share': run.summary[one] / most } }))))),
      h('p', { class: 'ends', vars: { '--runs': runs.length } }, h('span', {}, day(first)), h('span', {}, day(last))),
      vulnerable,
      h('details', { class: 'quietlist' }, h('summary', {}, 'As a table'),
        Parts.longTable([
          { label: 'Run', cell: run => [Format.time(run.startedAt), h('small', { class: 'sub' }, run.run)] },
          { label: 'Images', class: 'num', cell: run => Format.number(run.summary.images) },
          { label: 'Compliant', class: 'num', cell: run => Format.number(run.summary.compliant) },
          { label: 'Failing', class: 'num', cell: run => Format.number(run.summary.failing) },
          { label: 'Score', class: 'num', cell: run => Format.number(run.summary.score) },
          { label: 'Critical', class: 'num', cell: run => Format.number(run.summary.findings.critical) },
          { label: 'High', class: 'num', cell: run => Format.number(run.summary.findings.high) },
          { label: 'Medium', class: 'num', cell: run => Format.number(run.summary.findings.medium) },
          { label: 'Low', class: 'num', cell: run => Format.number(run.summary.findings.low) },
          { label: 'Vulnerabilities', class: 'num', cell: run => count(run, 'counts') },
          { label: 'Fixable', class: 'num', cell: run => count(run, 'fixable') },
        ], runs.slice().reverse(), 'Runs', 30)));
  }

  return { changes, trend };
})();
