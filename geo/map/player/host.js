/** What is around the player: its document, the frame that it may be in, and Streamlit, where there is one. */

/** @import * as Payload from "./payload" */

export class Host {
  #frame = /** @type {HTMLIFrameElement | null} */ (window.frameElement);

  /** @param {Payload.Scene} scene */
  constructor({ language, title, words }) {
    document.documentElement.lang = language;
    document.title = title;
    this.#frame?.setAttribute("aria-label", words.map);
    // folium forbids zooming the page by hand; a reader with weak eyes needs it.
    for (const meta of document.querySelectorAll("meta[name=viewport]")) {
      meta.setAttribute("content", "width=device-width, initial-scale=1");
    }
  }

  /**
   * Listen for keys, in the page around the frame, too, as long as nothing there has the focus.
   * @param {(event: KeyboardEvent) => void} handle
   */
  listen(handle) {
    document.addEventListener("keydown", handle);
    const outside = this.#frame?.ownerDocument;
    if (!outside) return;
    const left = new AbortController();
    outside.addEventListener(
      "keydown",
      (event) => {
        if (outside.activeElement === outside.body) handle(event);
      },
      { signal: left.signal },
    );
    window.addEventListener("pagehide", () => left.abort());
  }

  /**
   * Stacked under one another on a phone, the parts take the height they need and the page scrolls.
   * @param {HTMLElement} root
   */
  follow(root) {
    const frame = this.#frame;
    if (!frame) return;
    new ResizeObserver(() => frame.style.setProperty("--dateline-height", `${root.scrollHeight}px`)).observe(root);
  }

  /** @param {Payload.Report} report */
  report(report) {
    window.Streamlit?.setComponentValue(report);
  }
}
