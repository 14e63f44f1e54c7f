/** Elements with text in them. A story's words only ever come in here, as text. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | null>} attributes `text` is the text, in the direction of its own script
 *   and apart from what is around it; the others are attributes; what is null or false is left out
 * @param {(Node | string | null)[]} children text, too, goes in as text
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, { text = null, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  if (text !== null) {
    made.dir = "auto";
    made.textContent = String(text);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * An element of a drawing.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | null>} attributes `text` is the text; what is null is left out
 * @param {(Node | null)[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, { text = null, ...attributes } = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) made.setAttribute(name, String(value));
  }
  if (text !== null) made.textContent = String(text);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/**
 * A button with a sign on it.
 * @param {string} id for tests
 * @param {string} sign
 * @param {string} label
 */
export function button(id, sign, label) {
  return element(
    "button",
    { type: "button", "data-testid": id, "aria-label": label, title: label },
    element("span", { "aria-hidden": "true", class: `dateline-sign dateline-sign-${sign}` }),
  );
}

/**
 * Fill the {slots} of a sentence; an unknown one stays.
 * @param {string} sentence
 * @param {Record<string, string>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (slot, name) => values[name] ?? slot);
}

/** Whether the reader asked for less motion. */
export function isStill() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
