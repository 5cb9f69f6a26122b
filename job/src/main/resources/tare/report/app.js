/* Adds nothing. Starts the page: views by address, theme, keys. */
(() => {
  const VIEWS = { overview: Overview, images: Images, image: ImagePage, bases: Bases, rules: Rules, rule: RulePage, coverage: Coverage, tickets: Tickets };
  const TABS = ['overview', 'images', 'bases', 'rules', 'coverage', 'tickets'];
  const PARENT = { image: 'images', rule: 'rules' };
  const main = document.getElementById('main');
  let drawn = false;

  const tabs = TABS.map(key => h('a', { href: Route.to(key) }, VIEWS[key].title));
  document.getElementById('views').append(...tabs.map(tab => h('li', {}, tab)));

  function show() {
    const { view, parameters } = Route.parse(location.hash);
    if (view === 'main') {
      main.focus();
      return;
    }
    const known = view in VIEWS ? view : 'overview';
    if (Data.part && known !== 'image') {
      location.replace('../index.html' + location.hash);
      return;
    }
    main.replaceChildren(...VIEWS[known].draw(parameters).flat(3).filter(Boolean));
    const heading = main.querySelector('h1');
    document.title = (heading ? heading.textContent : VIEWS[known].title) + ' · Tare report';
    TABS.forEach((key, i) => {
      if (key === (PARENT[known] || known)) tabs[i].setAttribute('aria-current', 'page');
      else tabs[i].removeAttribute('aria-current');
    });
    if (drawn) {
      window.scrollTo(0, 0);
      if (heading) heading.focus({ preventScroll: true });
    }
    drawn = true;
  }

  function run() {
    if (Data.part) document.querySelector('.brand').setAttribute('href', Route.to('overview'));
    const one = Data.run;
    const targets = one.targets.slice(0, 3).map((target, i) => [i ? ', ' : '', Dom.name(target)]);
    document.getElementById('run').append(h('span', {}, targets, one.targets.length > 3 ? ' and ' + (one.targets.length - 3) + ' more' : null),
      h('span', {}, Format.time(one.startedAt)), h('span', {}, Format.duration(one.startedAt, one.finishedAt)), ...(Data.own ? [h('span', {}, 'the images’ own part')] : []));
    document.getElementById('foot').append(
      h('p', {}, 'Run ', Dom.code(one.id), ', Tare ', Data.tool.version, '. Policies: ',
        one.policies.map((policy, i) => [i ? ', ' : '', Dom.name(policy.name + ' ' + policy.revision)])),
      h('p', {}, 'Sizes are decimal (1 MB = 1,000,000 bytes). “–” is not measured. Everything on this page is in report.json.'));
  }

  function theme() {
    const button = document.getElementById('theme');
    const root = document.documentElement;
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const stored = () => {
      try {
        return localStorage.getItem('tare-theme');
      } catch {
        return null; /* Storage may be switched off: the page then follows the system. */
      }
    };
    const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
    const label = () => {
      button.textContent = isDark() ? 'Light' : 'Dark';
      button.setAttribute('aria-label', 'Switch to the ' + (isDark() ? 'light' : 'dark') + ' theme');
    };
    const kept = stored();
    if (kept === 'dark' || kept === 'light') root.dataset.theme = kept;
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      try {
        localStorage.setItem('tare-theme', root.dataset.theme);
      } catch {
        /* Kept for this visit only. */
      }
      label();
    });
    dark.addEventListener('change', label);
    label();
  }

  document.addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    event.preventDefault();
    if (!document.getElementById('search')) location.hash = '#images';
    setTimeout(() => document.getElementById('search').focus());
  });

  /* On paper nothing can be opened. */
  window.addEventListener('beforeprint', () => main.querySelectorAll('details:not([open])').forEach(one => {
    one.dataset.forPrint = '';
    one.open = true;
  }));
  window.addEventListener('afterprint', () => main.querySelectorAll('details[data-for-print]').forEach(one => {
    delete one.dataset.forPrint;
    one.open = false;
  }));

  window.addEventListener('hashchange', show);
  run();
  theme();
  show();
})();
