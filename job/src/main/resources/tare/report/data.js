/* Adds: Data. Reads the block of JSON that PageData.java writes and gives it names again. */
const Data = (() => {
  const raw = JSON.parse(document.getElementById('data').textContent);
  const tables = raw.tables;
  const SEVERITIES = ['critical', 'high', 'medium', 'low', 'note'];
  const VULNERABLE = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];
  const KINDS = { p: 'pass', f: 'fail', w: 'waived', n: 'not-applicable', u: 'unknown' };
  const rank = severity => SEVERITIES.indexOf(severity);

  const rulesById = new Map(raw.rules.map(rule => [rule.id, rule]));
  /* A rule without documentation still has outcomes: it is shown by its identifier. */
  const rules = tables.rules.map(
    id =>
      rulesById.get(id) || {
        id, title: id, description: '', severity: null, theme: 'other', rationale: '', remediation: '',
        relatedResources: [], controls: {}, since: '', undocumented: true,
      });
  rules.forEach((rule, number) => {
    rule.number = number;
    rulesById.set(rule.id, rule);
  });

  const layerTable = tables.layers.map((row, number) => ({
    number, digest: row[0], compressed: row[1], uncompressed: row[2], files: row[3], createdBy: row[4],
  }));

  const evidence = number => (number < 0 ? null : tables.evidence[number]);

  /* Names of one repository, made comparable as ImageName.java does: "debian:12" and "docker.io/library/debian" are one. */
  function repositoryOf(reference) {
    const tagged = reference.replace(/@sha\d+:[0-9a-f]+$/, '');
    const slash = tagged.indexOf('/');
    const first = tagged.slice(0, Math.max(slash, 0));
    const hasRegistry = /[.:]/.test(first) || first === 'localhost';
    const registry = (hasRegistry ? first : 'docker.io')
      .replace(/^(index|registry-1)\.docker\.io$/, 'docker.io').replace(/^(127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost');
    const path = (hasRegistry ? tagged.slice(slash + 1) : tagged).replace(/:[^/]*$/, '');
    return registry + '/' + (registry === 'docker.io' && !path.includes('/') ? 'library/' : '') + path;
  }

  const total = bySeverity => Object.values(bySeverity).reduce((sum, one) => sum + one, 0);

  /* What is known of an image's vulnerabilities in numbers; why is what is not known, or not wholly. A severity without a number is no zero. */
  function vulnerable(row, gaps) {
    const found = { known: false, counts: {}, fixable: {}, inBase: {}, sources: [], ...row };
    found.why = gaps.filter(gap => gap.fact === 'vulnerabilities').map(gap => gap.reason || '');
    found.all = found.known ? total(found.counts) : null;
    found.fixed = found.known ? total(found.fixable) : null;
    found.badness = found.known ? VULNERABLE.reduce((sum, one) => sum * 10000 + (found.counts[one] || 0), 0) : null;
    return found;
  }

  function decode(image, position) {
    image.position = position;
    image.home = image.registry + '/' + image.repository;
    image.address = image.home + '@' + image.digest;
    image.results = image.results.padEnd(rules.length);
    image.findings = image.findings.map(([rule, kind, severity, message, proof, waiver, isNew]) => ({
      rule: rules[rule], kind: KINDS[kind], severity, message: tables.messages[message],
      evidence: evidence(proof), waiver: waiver ? waiver.waiver : null, isNew: isNew === 1,
    }));
    image.findings.sort((a, b) => rank(a.severity) - rank(b.severity) || (a.rule.id < b.rule.id ? -1 : 1));
    image.failed = image.findings.filter(finding => finding.kind === 'fail');
    image.bySeverity = Object.fromEntries(SEVERITIES.map(severity => [severity, 0]));
    image.failed.forEach(finding => image.bySeverity[finding.severity]++);
    image.badness = SEVERITIES.reduce((sum, severity) => sum * 1000 + image.bySeverity[severity], 0);
    image.layers = image.layers.map(([number, inBase, wasted, hidden], index) => ({
      ...layerTable[number], index, inBase: inBase === null ? null : inBase === 1, wasted, hidden,
    }));
    for (const name of ['os', 'root', 'lineage', 'official', 'annotated', 'outdated', 'privileged', 'worldWritable', 'services']) {
      image[name] = name in image ? tables.shared[image[name]] : null;
    }
    image.past = (image.past || []).map(([run, digest, verdict, compressed, counts]) => ({
      startedAt: raw.history[run].startedAt, digest: digest || image.digest, verdict, compressed,
      bySeverity: Object.fromEntries(SEVERITIES.map((severity, i) => [severity, counts[i]])),
    }));
    image.gaps = image.gaps.map(number => tables.shared[number]);
    image.vulnerable = vulnerable(tables.shared[image.vulnerable], image.gaps);
    /* The year 1 is what a builder writes that sets no time; nothing is 2000 years old. */
    if (image.created && image.created < '1970') image.created = image.ageDays = null;
    image.size = image.size || {};
    if (image.incomplete.includes('size.efficiency')) image.size.efficiency = null;
    image.lineage = image.lineage || [];
    return image;
  }

  const images = raw.images.map(decode);

  /* An image is addressed by its reference; platforms of one tag and the like need more. */
  const uses = new Map();
  images.forEach(image => uses.set(image.reference, (uses.get(image.reference) || 0) + 1));
  const byId = new Map();
  images.forEach(image => {
    image.id = image.reference;
    if (uses.get(image.reference) > 1) image.id += ' ' + image.platform;
    if (byId.has(image.id)) image.id += ' ' + image.digest;
    byId.set(image.id, image);
  });
  /* One digest may stand in several repositories, judged by other profiles and waivers in each: it is looked up in one of them. */
  const place = (repository, digest) => repositoryOf(repository) + '@' + digest;
  const byPlace = new Map(images.map(image => [place(image.home, image.digest), image]));
  const inRepository = (repository, digest) => byPlace.get(place(repository, digest)) || null;

  /* What an address of this page means: one image by its name, or by its repository and digest; all that have a bare digest. */
  function find(address) {
    const at = address.lastIndexOf('@');
    const one = byId.get(address) || (at < 0 ? null : inRepository(address.slice(0, at), address.slice(at + 1)));
    return one ? [one] : images.filter(image => image.digest === address);
  }

  /* The registry's host is on every name: leave it out where there is only one. */
  const registries = new Set(images.map(image => image.registry));
  const prefix = registries.size === 1 ? [...registries][0] + '/' : '';
  const short = reference =>
    (prefix && reference.startsWith(prefix) ? reference.slice(prefix.length) : reference).replace(/((?:^|@)sha\d+:[0-9a-f]{12})[0-9a-f]+$/, '$1…');

  function rows(groups, table, members, fields) {
    const all = [];
    for (const [layer, group] of groups || []) {
      for (const number of table[group]) {
        const row = { layer };
        fields.forEach((field, i) => {
          row[field] = members[number][i] === undefined ? null : members[number][i];
        });
        all.push(row);
      }
    }
    return all;
  }

  const TOOL = ['name', 'category', 'path', 'target', 'kind', 'via', 'size', 'package', 'owned', 'version', 'mode',
    'onPath', 'usedByEntrypoint'];
  const PACKAGE = ['type', 'name', 'version', 'architecture', 'installedSize'];

  const VULNERABILITY = ['id', 'severity', 'package', 'installed', 'fixed', 'status', 'exploited', 'epss', 'severitySource', 'source', 'aliases', 'vex'];

  const vulnerabilities = image => rows(image.vulnerabilities, tables.vulnerabilityGroups, tables.vulnerabilities, VULNERABILITY);
  const excluded = image => rows(image.excluded || [], tables.vulnerabilityGroups, tables.vulnerabilities, VULNERABILITY);
  const tools = image => rows(image.tools, tables.toolGroups, tables.tools, TOOL);
  const hiddenTools = image => rows(image.hiddenTools, tables.toolGroups, tables.tools, TOOL);
  const packages = image => rows(image.packages, tables.packageGroups, tables.packages, PACKAGE);

  /* Named by build steps alone: it may be another build of what has that name in this run. */
  const isGuess = ancestor => (ancestor.evidence || []).includes('family');

  /* What an ancestor is in this run: the same digest in the repository that it is named by. Its tag may stand for something else now. */
  const known = ancestor => (isGuess(ancestor) ? null : ancestor.digest ? inRepository(ancestor.reference, ancestor.digest) : byId.get(ancestor.reference)) || null;

  /* Builders also annotate the digest of an unnamed step of their own: it has no name to build on and
     no layer to recognise, so it is told but is no base. */
  const nameless = ancestor => ancestor.layers === 0 && /^sha\d+:[0-9a-f]+$/.test(ancestor.reference) && known(ancestor) === null;
  const ancestors = image => image.lineage.filter(one => !one.tie && !nameless(one));
  const asides = image => image.lineage.filter(one => !one.tie && nameless(one));
  const rootOf = image => (image.root && !nameless(image.root) ? image.root : ancestors(image)[0] || null);

  const isRootOfOthers = new Set();
  images.forEach(image => image.lineage.forEach(one => {
    const ancestor = known(one);
    if (ancestor) isRootOfOthers.add(ancestor);
  }));

  /* The name of the family an image belongs to: its root base. */
  function family(image) {
    const root = rootOf(image);
    if (root && isGuess(root)) return root.reference + ' (probably)';
    if (root) return known(root) ? known(root).reference : root.reference;
    if (isRootOfOthers.has(image)) return image.reference;
    return image.class === 'scratch' ? 'from scratch' : 'no known base';
  }
  images.forEach(image => {
    image.family = family(image);
  });

  /* What stands on every image is said once, on Coverage. */
  const gapKey = gap => gap.fact + '\n' + gap.reason + '\n' + (gap.path || '');
  const gapUses = new Map();
  images.forEach(image => new Set(image.gaps.map(gapKey)).forEach(key => gapUses.set(key, (gapUses.get(key) || 0) + 1)));
  const everywhere = gap => images.length > 1 && gapUses.get(gapKey(gap)) === images.length;

  const theme = rule => (rule.theme || 'other').toUpperCase();

  const rule = id => rulesById.get(id) || { id, title: id };

  return {
    part: raw.part === true, since: raw.since || null, waivers: raw.waivers || [], tickets: raw.tickets || null, own: raw.own || null, gone: raw.gone || [], bases: raw.bases || [], actions: raw.actions || [],
    history: raw.history, rule,
    tool: raw.tool, run: raw.run, summary: raw.summary, notInspected: raw.notInspected, leftOut: raw.imagesLeftOut,
    rules, rulesById, images, find, inRepository, layerTable, SEVERITIES, VULNERABLE, total, rank, vulnerabilities, excluded, short, tools, hiddenTools, packages,
    ancestors, asides, isGuess, known, theme, gapKey, everywhere,
  };
})();
