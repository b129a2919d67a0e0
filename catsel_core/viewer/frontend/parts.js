/**
 * The one element of a kind that a component's HTML has for its script.
 * @template {Element} E
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => E} kind
 * @returns {E}
 */
function part(root, selector, kind) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`${selector}: no such part`);
  return found;
}

/**
 * A new element with some of its properties.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

/**
 * @param {HTMLElement} element
 * @returns {boolean} whether it is on the page and has a width
 */
function isShown(element) { return element.isConnected && element.clientWidth > 0; }
