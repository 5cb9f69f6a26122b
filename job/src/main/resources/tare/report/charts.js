/* Adds: Charts. Bars and a treemap from plain elements: no library, no canvas, readable by a screen reader. */
const Charts = (() => {
  /* parts: [{value, class, label}] */
  function stack(parts, label) {
    const total = parts.reduce((sum, part) => sum + part.value, 0);
    return h('div', { class: 'stack', role: 'img', 'aria-label': label },
      total === 0 ? null : parts.filter(part => part.value > 0).map(part =>
        h('span', { class: part.class, title: part.label, vars: { '--share': part.value / total } })));
  }

  /* Lays out values as rectangles near to squares (Bruls, Huizing, van Wijk: Squarified Treemaps, 2000). */
  function squarify(items, x, y, width, height) {
    const placed = [];
    const total = items.reduce((sum, item) => sum + item.value, 0);
    if (total <= 0 || width <= 0 || height <= 0) return placed;
    const scale = (width * height) / total;
    const queue = items.filter(item => item.value > 0).sort((a, b) => b.value - a.value);
    const worst = (row, sum, side) => {
      const most = row[0].value * scale;
      const least = row[row.length - 1].value * scale;
      const area = sum * scale;
      return Math.max((side * side * most) / (area * area), (area * area) / (side * side * least));
    };
    while (queue.length > 0) {
      const side = Math.min(width, height);
      const row = [queue.shift()];
      let sum = row[0].value;
      while (queue.length > 0) {
        const next = queue[0];
        if (worst([...row, next], sum + next.value, side) > worst(row, sum, side)) break;
        row.push(queue.shift());
        sum += next.value;
      }
      const thickness = (sum * scale) / side;
      let offset = 0;
      for (const item of row) {
        const length = (item.value * scale) / thickness;
        placed.push(width >= height
          ? { item, x, y: y + offset, width: thickness, height: length }
          : { item, x: x + offset, y, width: length, height: thickness });
        offset += length;
      }
      if (width >= height) {
        x += thickness;
        width -= thickness;
      } else {
        y += thickness;
        height -= thickness;
      }
    }
    return placed;
  }

  /* groups: [{label, value, items: [{label, value, class, href, note}]}] */
  function treemap(groups, width, height) {
    const HEAD = 22;
    const pixels = value => value.toFixed(1) + 'px';
    const place = (node, box) => {
      node.style.left = pixels(box.x);
      node.style.top = pixels(box.y);
      node.style.width = pixels(box.width);
      node.style.height = pixels(box.height);
      return node;
    };
    const root = h('div', { class: 'treemap', role: 'list', 'aria-label': 'Stored bytes by base and repository' });
    root.style.height = pixels(height);
    for (const box of squarify(groups, 0, 0, width, height)) {
      const group = box.item;
      const head = box.height > 60 && box.width > 90 ? HEAD : 0;
      const node = place(h('div', { class: 'family', role: 'listitem' },
        head ? h('div', { class: 'head', title: group.label },
          h('bdi', {}, group.label), h('span', { class: 'num' }, Format.bytes(group.value))) : null), box);
      for (const inner of squarify(group.items, 0, head, box.width - 4, box.height - head - 4)) {
        const item = inner.item;
        const label = item.label + ', ' + Format.bytes(item.value) + (item.note ? ', ' + item.note : '');
        const tile = place(h(item.href ? 'a' : 'div',
          { class: 'tile ' + item.class, href: item.href, title: label, 'aria-label': label, role: item.href ? null : 'img' },
          inner.width > 74 && inner.height > 34
            ? [h('bdi', {}, item.label), h('span', { class: 'num' }, Format.bytes(item.value))]
            : null), inner);
        node.append(tile);
      }
      root.append(node);
    }
    return root;
  }

  return { stack, treemap };
})();
