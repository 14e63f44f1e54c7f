/** The colours of `colours.css`, for what is drawn on a canvas. */

const NAMES = /** @type {const} */ ([
  "accent",
  "border",
  "coast",
  "edge",
  "focus",
  "ink",
  "sea-name",
  "land",
  "land-name",
  "land-veil",
  "quiet",
  "region-name",
  "river",
  "sea",
  "sea-veil",
  "train",
  "white",
]);

/** @typedef {Record<typeof NAMES[number], string>} Colours */

/**
 * The colours that the document's style gives now.
 * @returns {Colours}
 */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const found = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]);
  return Object.fromEntries(found);
}
