/* Adds: Rules, RulePage. What was asked, and who fails it. */
const Rules = (() => {
  const KINDS = ['f', 'w', 'u', 'p', 'n'];

  function count() {
    const counts = Data.rules.map(() => Object.fromEntries(KINDS.map(kind => [kind, 0])));
    for (const image of Data.images) {
      for (let i = 0; i < Data.rules.length; i++) {
        if (image.results[i] !== ' ') counts[i][image.results[i]]++;
      }
    }
    return counts;
  }

  function draw(parameters) {
    const counts = count();
    const only = parameters.get('theme');
    const themes = new Map();
    Data.rules.filter(rule => !only || Data.theme(rule) === only).forEach(rule => {
      themes.set(Data.theme(rule), [...(themes.get(Data.theme(rule)) || []), rule]);
    });
    const number = kind => rule => (counts[rule.number][kind] ? Format.number(counts[rule.number][kind]) : h('span', { class: 'faint' }, '0'));
    return [
      h('h1', { tabindex: '-1' }, 'Rules'),
      h('p', { class: 'hint' }, Format.plural(Data.rules.length, 'rule') + ' on ' + Format.plural(Data.images.length, 'image') + '. Policies: ' +
        (Data.run.policies.map(one => one.name + ' ' + one.revision).join(', ') || 'none') + '.'),
      only ? h('p', { class: 'chips' }, h('a', { class: 'chip', href: '#rules' }, 'theme ' + Parts.theme(only) + ' ✕')) : null,
      h('section', { class: 'panel' }, Parts.groupedTable([
        { label: 'Rule', cell: rule => [h('a', { href: Route.rule(rule.id) }, rule.title), h('small', { class: 'sub' }, h('code', {}, rule.id))] },
        { label: 'Severity', cell: rule => (rule.severity ? Parts.severity(rule.severity) : Format.NONE) },
        { label: 'Fail', class: 'num', cell: rule => (counts[rule.number].f ? h('a', { href: Route.images({ rule: rule.id }) }, Format.number(counts[rule.number].f)) : h('span', { class: 'faint' }, '0')) },
        { label: 'Waived', class: 'num', cell: number('w') },
        { label: 'Unknown', class: 'num', cell: number('u') },
        { label: 'Pass', class: 'num', cell: number('p') },
        { label: 'Not applicable', class: 'num', cell: number('n') },
      ], [...themes].map(([key, rules]) => ({ title: Parts.theme(key), rows: rules })), 'Rules')),
    ];
  }

  return { title: 'Rules', draw, count };
})();

const RulePage = (() => {
  function draw(parameters) {
    const rule = Data.rulesById.get(parameters.get('rule'));
    if (!rule) {
      return [h('h1', { tabindex: '-1' }, 'No such rule'), h('p', {}, 'This report has no rule ', Dom.code(parameters.get('rule') || ''), '.'), h('p', {}, h('a', { href: '#rules' }, 'All rules'))];
    }
    const controls = Object.entries(rule.controls || {});
    const of = kind => Data.images.flatMap(image => image.findings.filter(one => one.rule === rule && one.kind === kind).map(one => ({ image, one })));
    /* The platforms of a tag that say the same are one row; what all rows say is said once. */
    function who(title, all) {
      if (all.length === 0) return null;
      const groups = new Map();
      for (const { image, one } of all) {
        const key = [image.reference, one.severity, one.message].join('\n');
        if (!groups.has(key)) groups.set(key, { one, images: [] });
        groups.get(key).images.push(image);
      }
      const rows = [...groups.values()];
      const alike = rows.length > 1 && rows.every(row => row.one.message === rows[0].one.message && row.one.severity === rows[0].one.severity);
      const platform = image => h('a', { href: Route.image(image) }, image.platform);
      return Parts.section(title + ' (' + Format.number(all.length) + ')', alike ? Dom.name(rows[0].one.message) : null, Parts.longTable([
        { label: 'Image', cell: row => [Parts.imageLink(row.images[0]),
          h('small', { class: 'sub' }, row.images.length === 1 ? row.images[0].platform : row.images.map((image, i) => [i ? ', ' : '', platform(image)]))] },
        ...(alike ? [] : [
          { label: 'Severity', cell: row => Parts.severity(row.one.severity) },
          { label: 'What', cell: row => Dom.name(row.one.message) }]),
      ], rows, title, 50));
    }
    const fails = of('fail');
    return [
      h('p', { class: 'crumb' }, h('a', { href: '#rules' }, 'Rules'), ' / ', Parts.theme(Data.theme(rule))),
      h('h1', { tabindex: '-1' }, rule.title),
      h('p', { class: 'facts' }, h('code', {}, rule.id), rule.severity ? Parts.severity(rule.severity) : null,
        rule.since ? h('span', {}, 'since ' + rule.since) : null),
      rule.undocumented ? h('p', { class: 'warn' }, 'Its bundle says nothing about this rule.') : h('div', { class: 'panel prosebox' },
        Parts.prose(rule.description),
        rule.rationale ? [h('h2', {}, 'Why'), Parts.prose(rule.rationale)] : null,
        rule.remediation ? [h('h2', {}, 'Remedy'), Parts.prose(rule.remediation)] : null,
        controls.length ? [h('h2', {}, 'Controls'), h('dl', { class: 'evidence' }, controls.map(([framework, list]) => [h('dt', {}, framework), h('dd', {}, list.join(', '))]))] : null,
        rule.relatedResources.length ? [h('h2', {}, 'More'), h('ul', { class: 'plain' }, rule.relatedResources.map(url => h('li', {}, Dom.outward(url))))] : null),
      fails.length === 0 ? Parts.section('Fails on', null, Parts.empty('No image.')) : who('Fails on', fails),
      who('Waived on', of('waived')), who('Unknown on', of('unknown')),
    ];
  }

  return { title: 'Rule', draw };
})();
