/**
 * A message in the language that is spoken here; `{name}` in it stands for a value.
 * @param {string} message in English
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
function tr(message, values = {}) {
  const said = window.catselWords?.[message] ?? message;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * A whole number with its thousands apart: outside English by a narrow space, since a comma would be the decimal one.
 * @param {number} number
 * @returns {string}
 */
function grouped(number) {
  const said = number.toLocaleString("en");
  return /^(en|$)/.test(document.documentElement.lang) ? said : said.replaceAll(",", "\u202f");
}
