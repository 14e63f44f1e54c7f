/** How wide text is on the map, measured once a text: a page that is asked for widths lays itself out anew. */

export const SANS = 'system-ui, "Segoe UI", roboto, "Noto Sans", "DejaVu Sans", sans-serif';

/** @type {Map<string, number>} */
const widths = new Map();
/** @type {CanvasRenderingContext2D | null} */
let context = null;

/**
 * The width of a line of text, pixels.
 * @param {string} text
 * @param {string} font as in CSS
 * @param {string} spacing of letters
 */
export function widthOf(text, font, spacing = "0px") {
  const key = `${font}|${spacing}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    context ??= /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    context.font = font;
    context.letterSpacing = spacing;
    widths.set(key, (width = context.measureText(text).width));
  }
  return width;
}

/**
 * Text in lines; a word that is wider than a line is broken.
 * @param {string} text
 * @param {number} width of a line, in what `measure` gives
 * @param {number} most lines; what is left over shows as an ellipsis
 * @param {(text: string) => number} measure
 */
export function wrapped(text, width, most, measure) {
  const words = text.split(/(?<=[\s\u200b-])/).flatMap((word) => broken(word, width, measure));
  /** @type {string[]} */
  const lines = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && measure((line + word).trimEnd()) <= width) lines[lines.length - 1] = line + word;
    else lines.push(word);
  }
  return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1].trimEnd().slice(0, -1)}…`] : lines;
}

/**
 * A word in parts that fit a line.
 * @param {string} word
 * @param {number} width
 * @param {(text: string) => number} measure
 */
function broken(word, width, measure) {
  if (measure(word.trimEnd()) <= width) return [word];
  const parts = [""];
  for (const letter of word) {
    const part = parts[parts.length - 1];
    if (part && measure(part + letter) > width) parts.push(letter);
    else parts[parts.length - 1] = part + letter;
  }
  return parts;
}
