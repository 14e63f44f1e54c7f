/**
 * Fetches what the map needs while Streamlit's own page is still starting: when the map asks, the browser has it.
 *
 * The front server puts this script into the page, and `ui/prefetch.py` calls the function with addresses relative to
 * the script's own: of small files, which are fetched at once, and of large ones, one after the other.
 */
async (/** @type {string[]} */ small, /** @type {string[]} */ large) => {
  "use strict";
  const { src: here } = /** @type {HTMLScriptElement} */ (document.currentScript);

  /** @param {string} address */
  async function fetched(address) {
    try {
      // What the page itself asks for goes first.
      await (await fetch(new URL(address, here), { priority: "low" })).arrayBuffer();
    } catch (error) {
      // The page asks for the file itself and says what is wrong; nothing is lost but time.
      console.debug(`${address} was not fetched early: ${error}`);
    }
  }

  small.forEach(fetched);
  for (const address of large) await fetched(address);
};
