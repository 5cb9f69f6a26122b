/* Adds: h, Dom. The only place that makes elements; text enters the page as text and in no other way. */
const Dom = (() => {
  const SVG = 'http://www.w3.org/2000/svg';

  /* Characters that would hide themselves or turn the text around them are shown by their number. */
  const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

  const visible = text =>
    String(text).replace(UNSEEN, c => '\\u' + c.charCodeAt(0).toString(16).padStart(4, '0'));

  function append(parent, child) {
    if (child === null || child === undefined || child === false) return;
    if (Array.isArray(child)) child.forEach(one => append(parent, one));
    else parent.append(child instanceof Node ? child : visible(child));
  }

  function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
      else if (name === 'vars') for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
      else node.setAttribute(name, value === true ? '' : visible(value));
    }
    append(node, children);
    return node;
  }

  const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

  const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

  /* Links from the data may only lead to the web. */
  function outward(url, text) {
    return /^https?:\/\//i.test(url)
      ? h('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, text || url)
      : h('span', {}, url);
  }

  /* Untrusted text, set apart so that right-to-left names do not reorder what stands beside them. */
  const name = text => h('bdi', { class: 'name' }, text);

  /* A reference breaks where its parts end, not in the middle of a word. */
  const ref = text => h('bdi', { class: 'name' }, String(text).split(/(?<=[/:@._-])/).map((part, i) => (i ? [h('wbr', {}), part] : part)));

  const code = text => h('code', { dir: 'auto' }, text);

  const say = text => {
    document.getElementById('live').textContent = text;
  };

  return { h, svg, visible, outward, name, ref, code, say };
})();
const h = Dom.h;
