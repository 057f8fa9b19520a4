// Elements are made here and nowhere else; text only ever becomes text, so that a patient's name with
// markup in it stays a name. The server's Trusted Types policy forbids every other way.

/**
 * Makes an element.
 * @param {string} tag
 * @param {Object} [props] "class", "data-*", "aria-*" and other attributes; "on*" functions; null and false are left out
 * @param {...(Node|string|number|null)} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : String(child))));
  return node;
}

/** Replaces what stands in a node. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}

export function byId(id) {
  return document.getElementById(id);
}

/** Says something to people who listen instead of look; the same sentence twice is said twice. */
export function announce(id, sentence) {
  const region = byId(id);
  region.textContent = '';
  setTimeout(() => { region.textContent = sentence; }, 60);
}
