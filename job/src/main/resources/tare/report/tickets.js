/* Adds: Tickets. What waits for somebody, what this run did to it, and where it is written. */
const Tickets = (() => {
  const CHANGES = {
    created: ['new', 'to create'], updated: ['updated', 'to update'], closed: ['closed', 'to close'], reopened: ['opened again', 'to open again'],
    kept: ['left alone', 'left alone'], waiting: ['waiting to be closed', 'waiting to be closed'], deferred: ['waits for the next run', 'waits for the next run'], failed: ['not written', 'not written'],
  };

  const home = ticket => ticket.registry + '/' + ticket.repository;

  const name = ticket => Data.short(home(ticket)) + (ticket.tags === null ? '' : ':' + ticket.tags);

  /* Its images that this run judged: a digest counts in the ticket's own repository only. */
  const judged = ticket => ticket.images.map(digest => Data.inRepository(home(ticket), digest)).filter(Boolean);

  /* A file beside the report is linked relative to it, whatever its name holds. */
  function place(ticket) {
    if (ticket.location === null) return h('span', { class: 'faint' }, 'not written');
    if (/^https?:\/\//i.test(ticket.location)) return Dom.outward(ticket.location);
    if (ticket.location.startsWith('webhook:')) return h('span', { class: 'faint', title: ticket.location }, 'told by webhook');
    const path = ticket.location.split('/').map(encodeURIComponent).join('/');
    return h('a', { href: './' + path, class: 'ref', title: ticket.location }, Dom.ref(ticket.location.split('/').pop()));
  }

  function images(ticket) {
    /* The platforms of one tag are one line. */
    const all = [...new Map(judged(ticket).map(image => [image.reference, image])).values()];
    const SHOWN = 3;
    if (all.length === 0) return ticket.images.length ? Format.number(ticket.images.length) + ' of an earlier run' : Format.NONE;
    return [h('ul', { class: 'inline' }, all.slice(0, SHOWN).map(image => h('li', {}, Parts.imageLink(image)))),
      all.length > SHOWN ? h('a', { href: Route.images({ repository: home(ticket) }) }, 'and ' + Format.number(all.length - SHOWN) + ' more') : null];
  }

  /* Who runs it is who has to know. */
  function workloads(ticket) {
    const names = new Set();
    judged(ticket).forEach(image => (image.usedBy || []).forEach(one => names.add(one.kind + ' ' + one.namespace + '/' + one.name)));
    const all = [...names].sort();
    return all.length === 0 ? Format.NONE : [all.slice(0, 3).map((one, i) => [i ? ', ' : '', Dom.name(one)]), all.length > 3 ? ' and ' + Format.number(all.length - 3) + ' more' : null];
  }

  function state(ticket) {
    const change = ticket.change ? CHANGES[ticket.change][Data.tickets.planned ? 1 : 0] : null;
    const note = [change, ticket.note].filter(Boolean).join(': ');
    return [h('b', {}, ticket.state === 'unwritten' ? 'not there' : ticket.state), note ? h('small', { class: 'sub' }, Dom.name(note)) : null];
  }

  function table(title, rows, note) {
    if (rows.length === 0) return null;
    const run = Data.images.some(image => image.usedBy);
    return Parts.section(title + ' (' + Format.number(rows.length) + ')', note, Parts.longTable([
      { label: 'About', cell: ticket => [h('a', { href: Route.images({ repository: home(ticket) }), class: 'ref' }, Dom.ref(name(ticket))), ticket.tags === null ? h('small', { class: 'sub' }, 'without a tag') : null] },
      { label: 'Severity', cell: ticket => Parts.severity(ticket.severity) },
      { label: 'Rules', class: 'num', cell: ticket => (ticket.state === 'unwritten' ? Format.NONE : Format.number(ticket.rules)) },
      { label: 'State', cell: state },
      { label: 'Images', cell: images },
      run ? { label: 'Run by', cell: workloads } : null,
      { label: 'Opened', class: 'num', cell: ticket => Format.date(ticket.openedAt) },
      { label: 'Ticket', cell: place },
    ].filter(Boolean), rows, title, 100));
  }

  /* They wait for somebody too: nothing is written over them. */
  function unreadable(all) {
    if (all.length === 0) return null;
    return Parts.section('Unreadable (' + Format.number(all.length) + ')', 'These look like tickets but could not be read. They were left as they are: fix them or move them away.',
      Parts.longTable([
        { label: 'Ticket', cell: place },
        { label: 'Reason', cell: one => Dom.name(one.reason) },
      ], all, 'Unreadable tickets', 100));
  }

  function draw() {
    const tickets = Data.tickets;
    if (tickets && tickets.failure) {
      return [h('h1', { tabindex: '-1' }, 'Tickets'), h('p', { class: 'warn' }, 'Nothing is known of the tickets, and none was written: ', Dom.name(tickets.failure))];
    }
    if (!tickets) {
      return [h('h1', { tabindex: '-1' }, 'Tickets'), Parts.section('None', null, Parts.empty('No tickets are kept beside this report.'))];
    }
    const of = state => tickets.items.filter(ticket => ticket.state === state);
    const closed = of('closed');
    const count = change => tickets.items.filter(ticket => ticket.change === change).length;
    const will = tickets.planned ? 'planned' : 'by this run';
    return [
      h('h1', { tabindex: '-1' }, 'Tickets'),
      h('p', { class: 'hint' }, 'One for each repository and line of tags that fails.', tickets.planned ? ' This run only planned: nothing was written.' : null),
      h('dl', { class: 'figures' },
        Parts.figure('Open', Format.number(of('open').length)),
        Parts.figure('New', Format.number(count('created') + count('reopened')), will),
        Parts.figure('Updated', Format.number(count('updated')), will),
        Parts.figure('Closed', Format.number(count('closed')), will),
        count('waiting') ? Parts.figure('Waiting to be closed', Format.number(count('waiting')), 'tare tickets --allow-closing ' + Data.run.id + ' closes them') : null,
        count('failed') ? Parts.figure('Not written', Format.number(count('failed'))) : null,
        count('deferred') ? Parts.figure('Waiting', Format.number(count('deferred')), 'for the next run') : null),
      tickets.count > tickets.items.length ? h('p', { class: 'warn' }, Format.plural(tickets.count - tickets.items.length, 'ticket') + ' more than this page can hold: they are in report.json.') : null,
      table('Open', of('open')) || Parts.section('Open (0)', null, Parts.empty(of('unwritten').length ? 'No ticket is written yet.' : 'No open tickets.')),
      table('Not written', of('unwritten'), tickets.planned ? 'They would be written now.' : 'These fail and have no ticket: it waits for the next run, or could not be written.'),
      unreadable(tickets.unreadable),
      table('Closed', closed, 'None of these failed when last evaluated.'),
    ];
  }

  return { title: 'Tickets', draw };
})();
