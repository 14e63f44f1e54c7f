// What the scripts find in the window, beside what a browser has.
import type { Command, Report, Start } from "./payload";

declare global {
  /** The player's global. */
  interface DatelinePlayer {
    start(map: L.Map, given: Start): Promise<void>;
    command(command: Command): void;
    seek(moment: string | number): void;
    play(): void;
    pause(): void;
    choose(id: string): void;
    state(): object | null;
  }

  /** What Streamlit's script gives the frame of a component. */
  interface ComponentFrame {
    setComponentValue(report: Report): void;
    setFrameHeight(pixels: number): void;
  }

  /** The page of the app, which has the map in a frame of its own. */
  interface DatelinePage {
    /** A component of Streamlit's wants the map in its place: it is told what the map reports. */
    join(slot: HTMLElement, story: string, streamlit: ComponentFrame): void;
    command(command: Command): void;
    report(report: Report): void;
    /** Streamlit's last order for its map. */
    readonly order: Command | null;
  }

  interface Window {
    Streamlit?: ComponentFrame;
    Dateline: DatelinePlayer;
    DatelinePage?: DatelinePage;
  }
}
