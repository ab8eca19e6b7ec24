"use strict";
// The page is complete without this script; it adds the readout of charts, the highlighting of a
// stage's edges and the copy button. Text from data is only ever set as textContent.
for (const button of document.querySelectorAll(".copy")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.closest(".command").querySelector("code").textContent);
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 1500);
  });
}

for (const graph of document.querySelectorAll(".graph")) {
  const edges = [...graph.querySelectorAll(".edge")];
  for (const box of graph.querySelectorAll(".box")) {
    const id = box.dataset.id;
    box.addEventListener("pointerenter", () => {
      graph.classList.add("focus");
      for (const edge of edges) {
        edge.classList.toggle("on", edge.dataset.from === id || edge.dataset.to === id);
      }
    });
    box.addEventListener("pointerleave", () => graph.classList.remove("focus"));
  }
}

const tip = document.createElement("div");
tip.id = "tip";
tip.hidden = true;
document.body.append(tip);

function line(style, name, value) {
  const row = document.createElement("div");
  const swatch = document.createElement("i");
  swatch.className = "swatch " + style;
  const label = document.createElement("span");
  label.textContent = name;
  const number = document.createElement("b");
  number.textContent = value;
  row.append(swatch, label, number);
  return row;
}

for (const chart of document.querySelectorAll(".chart")) {
  const crosshair = chart.querySelector(".crosshair");
  const series = [...chart.querySelectorAll(".series")].map(({ dataset }) => ({
    name: dataset.name,
    style: dataset.style,
    pixels: dataset.px.split(" ").map(Number),
    steps: dataset.x.split("|"),
    values: dataset.y.split("|"),
  }));
  const nearest = (pixels, x) => {
    let best = 0;
    for (let i = 1; i < pixels.length; i++) {
      if (Math.abs(pixels[i] - x) < Math.abs(pixels[best] - x)) best = i;
    }
    return best;
  };
  const show = (event) => {
    if (series.length === 0) return;
    const bounds = chart.getBoundingClientRect();
    const x = ((event.clientX - bounds.left) / bounds.width) * chart.viewBox.baseVal.width;
    const at = nearest(series[0].pixels, x);
    const pixel = series[0].pixels[at];
    crosshair.setAttribute("x1", pixel);
    crosshair.setAttribute("x2", pixel);
    crosshair.style.visibility = "visible";
    const rows = series.map((one) => line(one.style, one.name, one.values[nearest(one.pixels, pixel)]));
    const head = document.createElement("strong");
    head.textContent = "step " + series[0].steps[at];
    tip.replaceChildren(head, ...rows);
    tip.hidden = false;
    const left = Math.min(event.clientX + 16, window.innerWidth - tip.offsetWidth - 8);
    tip.style.left = Math.max(8, left) + "px";
    tip.style.top = Math.max(8, event.clientY - tip.offsetHeight - 12) + "px";
  };
  chart.addEventListener("pointermove", show);
  chart.addEventListener("pointerdown", show);
  chart.addEventListener("pointerleave", () => {
    tip.hidden = true;
    crosshair.style.visibility = "hidden";
  });
}
