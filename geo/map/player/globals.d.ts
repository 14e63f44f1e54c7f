// What the scripts find in the window, beside what a browser has.
import type { Command, Report, Start } from "./payload";

declare global {
  interface Window {
    /** Streamlit's side of the frame; a page of one file has none. */
    Streamlit?: {
      setComponentValue(report: Report): void;
      setFrameHeight(pixels: number): void;
    };
    Dateline: {
      start(map: L.Map, given: Start): Promise<void>;
      command(command: Command): void;
      seek(moment: string | number): void;
      play(): void;
      pause(): void;
      choose(id: string): void;
      state(): object | null;
    };
  }
}
