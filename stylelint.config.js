export default {
  extends: "stylelint-config-standard",
  rules: {
    // A class may be Streamlit's, in its own case.
    "selector-class-pattern": null,
    // Ranges like (width < 700px) are newer than the browsers that the player runs in.
    "media-feature-range-notation": "prefix",
    // Rules are in the order of what they are about.
    "no-descending-specificity": null,
  },
  overrides: [
    {
      // Colours stand in colours.css alone.
      files: ["geo/map/player/player.css", "geo/map/player/graph.css", "ui/frame.css"],
      rules: { "color-no-hex": true, "color-named": "never", "function-disallowed-list": ["rgb", "rgba", "hsl"] },
    },
  ],
};
