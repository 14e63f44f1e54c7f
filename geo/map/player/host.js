/** What is around the player: its document, and the page of the app with the frame that it may be in. */

/** @import * as Payload from "./payload" */
import { element } from "./dom.js";

export class Host {
  /** The frame that the player is in, if it is the app's: its page's script may come later than the player. */
  #frame = /** @type {HTMLIFrameElement | null} */ (
    window.frameElement?.matches(".dateline-map") ? window.frameElement : null
  );

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
        if (outside.activeElement === outside.body && !this.#frame?.inert) handle(event);
      },
      { signal: left.signal },
    );
    window.addEventListener("pagehide", () => left.abort());
  }

  /**
   * The address of another page of the app that the player runs in; null where it runs alone.
   * @param {string} name
   * @param {string} [part] of the page
   */
  page(name, part = "") {
    const outside = this.#frame?.ownerDocument.location;
    if (!outside) return null;
    return new URL(`${name}?lang=${document.documentElement.lang}${part && `#${part}`}`, outside.href.split(/[?#]/u)[0])
      .href;
  }

  /**
   * A link to another page of the app. The frame may not lead its window elsewhere; a link of the page around it may.
   * @param {string} href
   * @param {string} text
   * @param {string} [look] a class
   */
  link(href, text, look = "") {
    const made = element("a", { href, class: look || null, text });
    made.addEventListener("click", (event) => {
      const outside = this.#frame?.ownerDocument;
      if (!outside || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const twin = outside.createElement("a");
      twin.href = href;
      outside.body.append(twin);
      twin.click();
      twin.remove();
    });
    return made;
  }

  /**
   * Whether nothing in the page around has the focus, so that it may be led to where the reader came for.
   */
  get isIdle() {
    const outside = this.#frame?.ownerDocument;
    return outside !== undefined && outside.activeElement === outside.body;
  }

  /** Whether the player is in a frame of a page that is none of the app's. */
  get isEmbedded() {
    return window.parent !== window && !this.#frame;
  }

  /** @param {Payload.Report} report */
  report(report) {
    this.#page?.report(report);
  }

  /** The page of the app around the player, if it is in one. */
  get #page() {
    return this.#frame?.ownerDocument.defaultView?.DatelinePage;
  }
}
