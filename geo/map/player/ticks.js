/** The bars above the slider: for each slice of time one, as high as it has events; hollow where none happened. */
(() => {
  "use strict";
  const Dateline = (window.Dateline = window.Dateline || {});

  const SLICE_PX = 4;
  const BAR_PX = 3;
  const LEAST_HEIGHT = 6;

  Dateline.drawTicks = (canvas, axis, events) => {
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (!width) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    const slices = count(events, (event) => Math.round((axis.position(axis.clamp(event.anchor)) * width) / SLICE_PX));
    const highest = Math.max(LEAST_HEIGHT, ...[...slices.values()].map(({ happened, other }) => happened + other));
    context.fillStyle = context.strokeStyle = Dateline.COLOURS.ink;
    for (const [slice, { happened, other }] of slices) {
      const x = Math.min(slice * SLICE_PX, width - BAR_PX);
      const solid = (happened / highest) * height;
      const hollow = (other / highest) * height;
      context.fillRect(x, height - solid, BAR_PX, solid);
      if (other) context.strokeRect(x + 0.5, height - solid - hollow + 0.5, BAR_PX - 1, hollow - 1);
    }
    drawEdges(context, axis, width, height);
  };

  function count(events, sliceOf) {
    const slices = new Map();
    for (const event of events) {
      const slice = sliceOf(event);
      const counted = slices.get(slice) || { happened: 0, other: 0 };
      counted[event.status === "happened" ? "happened" : "other"] += 1;
      slices.set(slice, counted);
    }
    return slices;
  }

  /** Dashed lines where one chapter's scale ends and the next begins. */
  function drawEdges(context, axis, width, height) {
    context.strokeStyle = "#8a8578";
    context.setLineDash([2, 2]);
    for (const chapter of axis.chapters.slice(1)) {
      const x = Math.round(chapter.left * width) + 0.5;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, height);
      context.stroke();
    }
  }
})();
