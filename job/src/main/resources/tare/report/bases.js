/* Adds: Bases. The forest of lineage: which images are built on which, and how large they are together. */
const Bases = (() => {
  function forest() {
    const roots = new Map();
    const child = (level, key, make) => {
      if (!level.has(key)) level.set(key, { ...make(), children: new Map(), images: [] });
      return level.get(key);
    };
    /* One that this run did not meet is named with its digest, which its tag may have left. */
    const name = ancestor => {
      if (Data.isGuess(ancestor)) return ancestor.reference + ' (probably)';
      const image = Data.known(ancestor);
      if (image) return image.reference;
      return ancestor.digest && !ancestor.reference.includes('@') ? ancestor.reference + '@' + ancestor.digest : ancestor.reference;
    };
    for (const image of Data.images) {
      const chain = Data.ancestors(image);
      let level = roots;
      if (chain.length === 0 && image.family !== image.reference) {
        level = child(roots, image.family, () => ({ title: image.family, virtual: true })).children;
      }
      for (const ancestor of chain) {
        level = child(level, name(ancestor), () => ({ ancestor })).children;
      }
      child(level, image.reference, () => ({})).images.push(image);
    }
    return roots;
  }

  function total(node) {
    const layers = new Map();
    const images = new Set();
    const visit = one => {
      one.images.forEach(image => {
        images.add(image);
        image.layers.forEach(layer => layers.set(layer.digest, layer.compressed || 0));
      });
      one.children.forEach(visit);
    };
    visit(node);
    node.bytes = [...layers.values()].reduce((sum, one) => sum + one, 0);
    node.all = images;
    node.failing = [...images].filter(image => image.verdict === 'failing').length;
    node.children.forEach(total);
  }

  const worstOf = images => ['failing', 'unknown', 'compliant'].find(one => images.some(image => image.verdict === one));

  const sorted = level => [...level].sort((a, b) => b[1].bytes - a[1].bytes);

  function branch(key, node, most, depth) {
    const image = node.images[0];
    const above = node.all.size - node.images.length;
    const failingAbove = node.failing - node.images.filter(one => one.verdict === 'failing').length;
    const title = node.virtual ? h('b', {}, node.title)
      : node.images.length > 1 ? h('a', { class: 'ref', href: Route.images({ q: key }) }, Dom.ref(Data.short(key)))
        : image ? Parts.imageLink(image) : Parts.ancestorName(node.ancestor);
    const line = h('div', { class: 'node' },
      h('span', { class: 'who' }, title,
        image && node.images.length === 1 ? Parts.verdict(image.verdict) : null,
        node.images.length > 1 ? [Parts.verdict(worstOf(node.images)), h('small', {}, Format.plural(node.images.length, 'platform'))] : null,
        !image && !node.virtual && !Data.known(node.ancestor) ? h('small', {}, Data.isGuess(node.ancestor) ? 'probably, by build steps' : 'not in this run') : null),
      h('span', { class: 'track' }, h('span', { class: 'fill', vars: { '--share': node.bytes / most } })),
      h('span', { class: 'num amount' }, h('b', {}, Format.bytes(node.bytes)),
        above > 0 ? h('small', {}, (node.virtual ? '' : 'base of ') + Format.plural(above, 'image') + (failingAbove ? ', ' + Format.number(failingAbove) + (failingAbove === 1 ? ' fails' : ' fail') : '')) : null));
    if (node.children.size === 0) return h('li', {}, line);
    const LEAVES = 40;
    const children = sorted(node.children);
    const list = h('ul', {}, children.slice(0, LEAVES).map(([one, next]) => branch(one, next, most, depth + 1)));
    if (children.length > LEAVES) {
      const more = h('li', {}, h('button', { type: 'button', class: 'more', onclick: () => {
        more.replaceWith(...children.slice(LEAVES).map(([one, next]) => branch(one, next, most, depth + 1)));
      } }, Format.number(children.length - LEAVES) + ' more'));
      list.append(more);
    }
    /* The line stays outside of what opens and closes: a link inside of a button is neither to a screen reader. */
    return h('li', {}, line, h('details', { open: depth < 2 && children.length <= LEAVES },
      h('summary', {}, Format.plural(children.length, 'image') + ' directly on it'), list));
  }

  const LISTED = 6;

  const names = list => (list.length > LISTED ? list.slice(0, LISTED).join(', ') + ' and ' + Format.number(list.length - LISTED) + ' more' : list.join(', '));

  function tools(relative) {
    if (!Format.known(relative.toolsGone) || !Format.known(relative.toolsNew)) return h('span', { class: 'faint' }, 'not measured');
    const { toolsGone: gone, toolsNew: added } = relative;
    if (gone.length === 0 && added.length === 0) return 'the same';
    return [gone.length ? 'without ' + names(gone) : null, gone.length && added.length ? '; ' : null, added.length ? 'with ' + names(added) : null];
  }

  /* What is not known is no zero; "≥" where not all packages are covered. */
  const count = (found, numbers) => (!found || !found.known ? Format.NONE
    : (found.why.length ? '≥ ' : '') + Format.number(Data.total(found[numbers])));

  const known = row => [count(row.vulnerabilities, 'counts'), row.vulnerabilities && row.vulnerabilities.known && Data.total(row.vulnerabilities.counts) > 0
    ? h('div', {}, Parts.vulnerabilityPips(row.vulnerabilities.counts)) : null];

  /* What keeps the numbers of a table from being compared. */
  function notes(bases) {
    const all = bases.flatMap(base => [base, ...base.smaller]).map(row => row.vulnerabilities || null);
    if (all.every(one => one === null)) return null;
    const kinds = new Set(all.filter(one => one && one.known && Format.known(one.listsUnfixed)).map(one => one.listsUnfixed));
    const why = [...new Set(all.flatMap(one => (one === null ? ['matched with other feeds, or never: scan it again'] : one.why)))];
    return h('p', { class: 'hint' },
      kinds.size > 1 ? 'Some feeds list only vulnerabilities that are fixed, others the rest too: compare what is fixable. ' : kinds.has(false) ? 'The feeds list only vulnerabilities that are fixed. ' : null,
      why.length ? ['Not known: ', Dom.name(why.slice(0, LISTED).join('; ')), why.length > LISTED ? ' and more.' : '.'] : null);
  }

  /* Facts beside each other, and no advice: whether an application runs on the smaller one, no layer tells. */
  function relatives() {
    if (Data.bases.length === 0) return null;
    return Parts.section('Smaller relatives', 'Images of the same distribution or with the same runtime that this or an earlier run measured, compared with a base that others are built on.',
      Parts.groupedTable([
        { label: 'Image', cell: one => Parts.ancestorName(one) },
        { label: 'In common', cell: one => (one.isBase ? h('span', { class: 'faint' }, 'the base') : [...(one.sameOs ? [one.os] : []), ...one.runtimes].join(', ')) },
        { label: 'To pull', class: 'num', cell: one => Format.bytes(one.sizeBytes) },
        { label: 'Less by', class: 'num', cell: one => (one.isBase ? null : Format.bytes(one.bytesLess)) },
        { label: 'Packages', class: 'num', cell: one => Format.number(one.packages) },
        { label: 'Known vulnerabilities', class: 'num', cell: known },
        { label: 'Fixable', class: 'num', cell: one => count(one.vulnerabilities, 'fixable') },
        { label: 'Tools', cell: one => (one.isBase ? Format.number(one.tools) : tools(one)) },
      ], Data.bases.map(base => ({
        title: ['Compared with ', Parts.ancestorName(base), ', ' + Format.bytes(base.sizeBytes) + ', which ' + Format.plural(base.images, 'image') + (base.images === 1 ? ' is' : ' are') + ' built on'],
        rows: [{ ...base, isBase: true }, ...base.smaller.map(one => ({ ...one, packages: Format.known(base.packages) && Format.known(one.packagesLess) ? base.packages - one.packagesLess : null }))],
      })), 'Smaller relatives of bases'), notes(Data.bases));
  }

  function draw() {
    const roots = forest();
    roots.forEach(total);
    const list = sorted(roots);
    const most = list.length ? Math.max(1, list[0][1].bytes) : 1;
    return [
      h('h1', { tabindex: '-1' }, 'Bases'),
      h('p', { class: 'hint' }, 'Each image under the one it was built from. The size is that of an image and of all that are built on it, each layer once, compressed: what a fix of this base would reach.'),
      list.length === 0 ? Parts.empty('No images.') : h('ul', { class: 'forest' }, list.map(([key, node]) => branch(key, node, most, 0))),
      relatives(),
    ];
  }

  return { title: 'Bases', draw };
})();
