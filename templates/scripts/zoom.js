const KEYS = { "+": "zoom-in", "=": "zoom-in", "-": "zoom-out", 0: "reset", Home: "reset", ArrowLeft: "earlier", ArrowRight: "later" };

/** The stretch between two places of a drag over a frame, shaded. */
const selectionIn = (frame) => {
  const shade = document.createElement("div");
  shade.className = "selection";
  shade.hidden = true;
  frame.append(shade);
  return {
    show(start, clientX) {
      const box = frame.getBoundingClientRect();
      const [left, right] = [Math.min(start, clientX), Math.max(start, clientX)];
      shade.hidden = right - left < 4;
      shade.style.left = `${left - box.left + frame.scrollLeft}px`;
      shade.style.width = `${right - left}px`;
    },
    hide() {
      shade.hidden = true;
    },
  };
};

/**
 * Lets a reader look closer at plots that share an axis: buttons, keys, Ctrl and the wheel, dragging. `draw` is handed every new range, never
 * shorter than `shortest` nor beyond the whole; `point` the place under the pointer, or null when it leaves.
 */
export const zoomable = ({ frames, buttons, whole, shortest, draw, point, more = {} }) => {
  let view = whole;
  const show = (wanted) => {
    const length = Math.min(whole.to - whole.from, Math.max(shortest, wanted.to - wanted.from));
    const from = Math.max(whole.from, Math.min(whole.to - length, wanted.from));
    view = { from, to: from + length };
    return draw(view);
  };
  const zoom = (factor, centre = (view.from + view.to) / 2) =>
    show({ from: centre - (centre - view.from) * factor, to: centre + (view.to - centre) * factor });
  const move = (share) => show({ from: view.from + (view.to - view.from) * share, to: view.to + (view.to - view.from) * share });
  const actions = {
    "zoom-in": () => zoom(0.5),
    "zoom-out": () => zoom(2),
    earlier: () => move(-0.5),
    later: () => move(0.5),
    reset: () => show(whole),
    ...Object.fromEntries(Object.entries(more).map(([name, rangeOf]) => [name, async () => show(await rangeOf())])),
  };
  for (const button of buttons) button.addEventListener("click", actions[button.dataset.range]);

  const placeAt = (frame, clientX) => {
    const box = frame.querySelector("svg").getBoundingClientRect();
    return view.from + Math.min(1, Math.max(0, (clientX - box.left) / box.width)) * (view.to - view.from);
  };
  const pointAt = (place) => {
    const share = `${(((place - view.from) / (view.to - view.from)) * 100).toFixed(2)}%`;
    for (const line of frames.flatMap((frame) => [...frame.querySelectorAll(".cursor")])) {
      line.setAttribute("x1", share);
      line.setAttribute("x2", share);
    }
    point(place);
  };
  for (const frame of frames) {
    const selection = selectionIn(frame);
    let start = null;
    frame.addEventListener("keydown", (event) => {
      const name = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
      if (name === undefined) return;
      event.preventDefault();
      actions[name]();
    });
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 0.7 : 1.4, placeAt(frame, event.clientX));
    });
    frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      start = event.clientX;
      frame.setPointerCapture(event.pointerId);
    });
    frame.addEventListener("pointermove", (event) => {
      if (start === null) pointAt(placeAt(frame, event.clientX));
      else selection.show(start, event.clientX);
    });
    frame.addEventListener("pointerup", (event) => {
      if (start === null) return;
      const [from, to] = [placeAt(frame, Math.min(start, event.clientX)), placeAt(frame, Math.max(start, event.clientX))];
      const wide = Math.abs(event.clientX - start) > 6;
      start = null;
      selection.hide();
      if (wide) show({ from, to });
    });
    frame.addEventListener("pointerleave", () => point(null));
  }
};
