/* Adds: Format. Numbers, sizes and times as people read them; null always reads as "not measured". */
const Format = (() => {
  const NONE = '–';
  const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const integers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

  const known = value => value !== null && value !== undefined;

  /* Decimal units, as registries and docker count, and three digits, as in the messages of rules and on the terminal. */
  function bytes(value) {
    if (!known(value)) return NONE;
    let unit = 0;
    let number = value;
    while (Math.abs(number) >= 999.5 && unit < UNITS.length - 1) {
      number /= 1000;
      unit++;
    }
    const size = Math.abs(number);
    const digits = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
    return number.toFixed(digits) + ' ' + UNITS[unit];
  }

  /* What is known of a fact with a gap is the least it can be. */
  const atLeast = (text, image, fact) => (text !== NONE && image.incomplete.includes(fact) ? '≥ ' + text : text);

  const number = value => (known(value) ? integers.format(value) : NONE);

  /* Never rounds up to 100 or down to 0: "all" and "none" have to be true. */
  function percent(part, whole) {
    if (!known(part) || !whole) return NONE;
    const value = (100 * part) / whole;
    if (value > 0 && value < 1) return '< 1 %';
    if (value < 100 && value > 99) return '99 %';
    return Math.round(value) + ' %';
  }

  function ratio(value) {
    if (!known(value)) return NONE;
    if (value < 1 && value > 0.999) return '99.9 %';
    return (100 * value).toFixed(value === 1 ? 0 : 1) + ' %';
  }

  const date = text => (known(text) ? text.slice(0, 10) : NONE);

  const time = text => (known(text) ? text.slice(0, 10) + ' ' + text.slice(11, 16) + ' UTC' : NONE);

  function duration(from, to) {
    const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
    if (seconds < 60) return seconds + ' s';
    if (seconds < 3600) return Math.floor(seconds / 60) + ' min ' + (seconds % 60) + ' s';
    return Math.floor(seconds / 3600) + ' h ' + Math.floor((seconds % 3600) / 60) + ' min';
  }

  const plural = (count, one, many) => number(count) + ' ' + (count === 1 ? one : many || one + 's');

  const shortDigest = digest => (known(digest) ? digest.replace(/^(sha\d+):([0-9a-f]{12})[0-9a-f]*$/, '$1:$2…') : NONE);

  /* camelCase and kebab-case as words. */
  const words = name =>
    name.replace(/([a-z])([A-Z])/g, (all, end, start) => end + ' ' + start.toLowerCase()).replace(/[-_]/g, ' ');

  return { NONE, known, atLeast, bytes, number, percent, ratio, date, time, duration, plural, shortDigest, words };
})();
