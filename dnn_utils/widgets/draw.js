// Draws a recording: numbers that Python made, at the positions where the controls stand.
// Nothing is computed here. Numbers are scaled to the picture, and rounded to be read.
//
// A recording has controls, arrays and panels. A panel function makes its element once and
// returns { element, update }; `update` runs whenever a control has moved.

const GAP = -128; // among int8: not a number
const FULL = 127; // among int8: what is drawn at full size
const TYPES = { int8: Int8Array, uint8: Uint8Array, float64: Float64Array };

/* Elements */

const put = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};
const html = (tag, attributes = {}, ...children) =>
  put(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) =>
  put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const picture = (label, width, height, ...children) =>
  svg("svg", { role: "img", "aria-label": label, viewBox: `0 0 ${width} ${height}`, width, height }, ...children);
const label = (x, y, text, attributes = {}) => svg("text", { x, y, ...attributes }, text);

/* Numbers */

const minus = (text) => text.replaceAll("-", "\u2212");
const written = (value, format = "2") => {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "\u221e" : "\u2212\u221e";
  const text = format[0] === "e" ? value.toExponential(+format[1]) : value.toFixed(+format);
  return minus(/[1-9]/.test(text) ? text : text.replace("-", "")); // no negative zero
};

// Copies entries that do not lie side by side, in the order of their axes.
function gather(data, first, sizes, strides) {
  const copy = new data.constructor(sizes.reduce((product, n) => product * n, 1));
  for (let k = 0; k < copy.length; k++) {
    let rest = k;
    let from = first;
    for (let j = sizes.length - 1; j >= 0; j--) {
      from += (rest % sizes[j]) * strides[j];
      rest = Math.floor(rest / sizes[j]);
    }
    copy[k] = data[from];
  }
  return copy;
}

// The arrays of a recording, seen from where the controls stand.
class Numbers {
  constructor({ arrays, controls }, bytes, position) {
    this.controls = Object.fromEntries(controls.map((control) => [control.name, control]));
    this.position = position;
    this.gaps = false; // whether a slice had one
    const start = bytes.byteOffset ?? 0; // numbers of eight bytes must start at a multiple of eight
    const buffer = (bytes.buffer ?? bytes).slice(start, start + bytes.byteLength);
    this.arrays = {};
    for (const [name, { axes, shape, type, at }] of Object.entries(arrays)) {
      const size = shape.reduce((product, n) => product * n, 1);
      const strides = shape.map((_, i) => shape.slice(i + 1).reduce((product, n) => product * n, 1));
      this.arrays[name] = { axes, shape, strides, data: new TYPES[type](buffer, at, size) };
    }
  }

  // The entries of an array along its free axes, and their shape. Every other axis has the
  // position that `fixed` or a control gives it; `along` is a control whose axis stays free.
  slice(name, { fixed = {}, along = null } = {}) {
    const { axes, shape, strides, data } = this.arrays[name];
    const free = [];
    let first = 0;
    axes.forEach((axis, i) => {
      const at = fixed[axis] ?? (axis !== along && axis in this.controls ? this.position(axis) : null);
      if (at === null) free.push(i);
      else first += at * strides[i];
    });
    const sizes = free.map((i) => shape[i]);
    const size = sizes.reduce((product, n) => product * n, 1);
    const trailing = free.every((i, k) => i === axes.length - free.length + k);
    const seen = trailing
      ? data.subarray(first, first + size)
      : gather(data, first, sizes, free.map((i) => strides[i]));
    if (data instanceof Int8Array && seen.includes(GAP)) this.gaps = true;
    return { data: seen, shape: sizes, first };
  }

  // A text with `{name}` and `{name:digits}` filled in; several numbers become a sum.
  fill(text) {
    return text.replace(/\{(\w+)(?::(\d|e\d))?\}/g, (_, name, format) => {
      if (name in this.controls) return this.controls[name].values[this.position(name)];
      const { data } = this.slice(name);
      if (data.length === 1) return written(data[0], format);
      const terms = [...data].filter((value) => !Number.isNaN(value));
      return terms.map((value) => written(value, format)).join(" + ").replaceAll("+ \u2212", "\u2212 ");
    });
  }
}

/* Colours of the theme, for what is painted pixel by pixel */

const themes = new Set();
let watching = false;
function onTheme(element, repaint) {
  if (!watching) {
    watching = true;
    const changed = () => {
      for (const entry of themes) entry();
    };
    const watch = { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-name", "class"] };
    for (const target of [document.documentElement, document.body]) {
      new MutationObserver(changed).observe(target, watch);
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
  }
  let seen = "";
  const entry = () => {
    const { color, backgroundColor } = getComputedStyle(element);
    const now = color + backgroundColor;
    if (now === seen) return;
    seen = now;
    repaint();
  };
  themes.add(entry);
  return () => themes.delete(entry);
}

// Colours as numbers, for the pixels of a canvas; asked for once in each theme.
class Inks {
  constructor(root) {
    this.root = root;
    this.forget();
  }

  forget() {
    this.known = null;
  }

  get() {
    if (!this.known) {
      // A browser that hides who its reader is lets nobody read the pixels of a canvas.
      const probe = html("i");
      this.root.append(probe);
      this.known = ["--positive", "--negative"].map((name) => {
        probe.style.color = `var(${name})`;
        const [red, green, blue] = getComputedStyle(probe).color.match(/\d+/g) ?? [0, 0, 0]; // not on the page
        return red | (green << 8) | (blue << 16);
      });
      probe.remove();
    }
    return this.known;
  }
}

// Values over a rectangle, one pixel each, which the browser makes large and smooth: positive
// plain, negative hatched (by the style sheet), the stronger the larger.
function shading(rows, columns, inks, style = "") {
  const layers = ["plain", "hatched"].map((name) => {
    const canvas = html("canvas", { class: name, width: columns, height: rows, "aria-hidden": "true" });
    const context = canvas.getContext("2d");
    const image = context.createImageData(columns, rows);
    return { canvas, context, image, pixels: new Uint32Array(image.data.buffer) };
  });
  const paint = (values) => {
    inks.get().forEach((ink, negative) => {
      const { context, image, pixels } = layers[negative];
      const sign = negative ? -2 : 2; // the largest value, 127, is opaque
      for (let k = 0; k < values.length; k++) {
        const row = rows - 1 - Math.floor(k / columns); // the first row is at the bottom, as in a plot
        const strength = values[k] === GAP ? 0 : Math.max(0, sign * values[k]);
        pixels[row * columns + (k % columns)] = ink | (strength << 24);
      }
      context.putImageData(image, 0, 0);
    });
  };
  return { element: html("div", { class: "shading", style }, ...layers.map(({ canvas }) => canvas)), paint };
}

/* Panels */

const SIDES = Array.from({ length: FULL + 1 }, (_, value) => 0.94 * Math.sqrt(value / FULL));

// Squares in a grid of cells: the area is the size of the number, a hollow one is negative.
function squares(values, columns, cell, x0 = 0, y0 = 0) {
  let filled = "";
  let hollow = "";
  let gaps = "";
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value === 0) continue;
    const x = x0 + (k % columns) * cell + cell / 2;
    const y = y0 + Math.floor(k / columns) * cell + cell / 2;
    if (value === GAP) {
      const r = cell / 4;
      gaps += `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`;
      continue;
    }
    let side = SIDES[Math.abs(value)] * cell;
    if (value > 0) {
      filled += `M${x - side / 2} ${y - side / 2}h${side}v${side}h${-side}z`;
    } else {
      side = Math.max(0.5, side - 1.2); // the outline stays within the square
      hollow += `M${x - side / 2} ${y - side / 2}h${side}v${side}h${-side}z`;
    }
  }
  return { filled, hollow, gaps };
}

function squarePaths() {
  const paths = {
    filled: svg("path", { class: "positive" }),
    hollow: svg("path", { class: "negative" }),
    gaps: svg("path", { class: "gap" }),
  };
  const set = (shapes) => {
    for (const [name, path] of Object.entries(paths)) path.setAttribute("d", shapes[name]);
  };
  return { elements: Object.values(paths), set };
}

const titled = (panel, ...children) =>
  html("div", { class: `panel panel-${panel.kind} ${panel.place ?? ""}` }, html("div", { class: "title" }, panel.title ?? ""),
    ...children, html("div", { class: "note" }, panel.note ?? ""));

const PANELS = {
  // A matrix as squares. `mark` names the controls whose row or column is framed.
  blocks(panel, { numbers }) {
    const { shape } = numbers.slice(panel.array);
    const [rows, columns] = shape.length === 1 ? [1, shape[0]] : shape;
    const cell = panel.cell ?? Math.min(24, 320 / columns);
    const [width, height] = [columns * cell, rows * cell];
    const paths = squarePaths();
    const marks = Object.keys(panel.mark ?? {}).map(() => svg("rect", { class: "mark" }));
    let grid = "";
    for (let i = 0; i <= rows; i++) grid += `M0 ${i * cell}h${width}`;
    for (let j = 0; j <= columns; j++) grid += `M${j * cell} 0v${height}`;
    const drawing = picture(panel.alt ?? panel.title, width + 4, height + 4,
      svg("g", { transform: "translate(2 2)" }, svg("path", { class: "rule", d: grid }), ...paths.elements, ...marks));
    const update = () => {
      const { data } = numbers.slice(panel.array);
      paths.set(squares(data, columns, cell));
      Object.entries(panel.mark ?? {}).forEach(([side, { control, positions }], k) => {
        const at = positions ? positions[numbers.position(control)] : numbers.position(control);
        const box = side === "row" ? [0, at * cell, width, cell] : [at * cell, 0, cell, height];
        for (const [i, name] of ["x", "y", "width", "height"].entries()) {
          marks[k].setAttribute(name, box[i]);
        }
        marks[k].classList.toggle("absent", at < 0);
      });
    };
    return { element: titled(panel, drawing), update };
  },

  // Lines over a control (`along`) or over an array of their own (`x`), a mark where the control stands.
  curves(panel, { numbers }) {
    const frame = axesOf(panel);
    const now = svg("path", { class: "now" });
    const lines = panel.lines.map((line, k) => curve(panel, line, k, frame, numbers));
    const legend = html("ul", { class: "legend" }, ...lines.flatMap(({ entry }) => entry ?? []));
    frame.inside.append(now, ...lines.flatMap(({ elements }) => elements));
    const update = () => {
      if (panel.along) {
        const here = numbers.position(panel.along);
        const x = panel.x ? numbers.slice(panel.x, { along: panel.along }).data[here] : here;
        now.setAttribute("d", `M${frame.sx(x)} ${frame.top}V${frame.bottom}`);
      }
      for (const line of lines) line.update();
    };
    return { element: titled(panel, legend, frame.drawing), update };
  },

  // Values over the plane, with the labelled points on it.
  field(panel, { numbers, inks }) {
    const size = panel.size ?? 280;
    const look = () => numbers.slice(panel.array, { fixed: panel.fixed });
    const [rows, columns] = look().shape;
    const area = shading(rows, columns, inks);
    const [x0, x1, y0, y1] = panel.extent;
    const sx = (x) => ((x - x0) / (x1 - x0)) * size;
    const sy = (y) => size - ((y - y0) / (y1 - y0)) * size;
    const points = ["", ""];
    const [x, y, labels] = [panel.x, panel.y, panel.labels].map((name) => numbers.slice(name).data);
    const r = panel.point ?? 3.2;
    for (let i = 0; i < x.length; i++) {
      const d = labels[i] > 0
        ? `M${sx(x[i]) - r} ${sy(y[i])}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
        : `M${sx(x[i]) - r} ${sy(y[i]) - r}h${2 * r}v${2 * r}h${-2 * r}z`;
      points[labels[i] > 0 ? 1 : 0] += d;
    }
    const overlay = picture(panel.alt ?? panel.title, size, size,
      svg("path", { class: "point zero", d: points[0] }), svg("path", { class: "point one", d: points[1] }));
    const update = () => {
      const { data } = look();
      area.paint(data);
    };
    const stack = html("div", { class: "stack", style: `max-width: ${size}px` }, area.element, overlay);
    return { element: titled(panel, stack), update };
  },

  // Units as boxes, one column a layer. A box shows a small field or a square; a line is a
  // weight, the thicker the larger, dashed if negative; the bar below a unit is a gradient.
  network(panel, tools) {
    const { layers, box = 40 } = panel;
    const most = Math.max(...layers.map((layer) => layer.units));
    const [width, height] = [340, most * (box + 22) + 16];
    const place = (l, i) => ({
      x: layers.length === 1 ? width / 2 - box / 2 : 2 + ((width - box - 4) * l) / (layers.length - 1),
      y: 16 + ((most - layers[l].units) / 2 + i) * (box + 22),
    });
    const heads = layers.map(({ label: text }, l) =>
      label(place(l, 0).x + box / 2, 11, text, { "text-anchor": "middle", class: "muted" }));
    const each = (make) => layers.flatMap((layer, l) => Array.from({ length: layer.units }, (_, i) => make(layer, l, i)));
    const weights = each((layer, l, i) => layer.weights
      ? Array.from({ length: layers[l - 1].units }, (_, k) =>
        weight(layer.weights, i * layers[l - 1].units + k, place(l - 1, k), place(l, i), box, tools))
      : []).flat();
    const units = each((layer, l, i) => {
      const chosen = panel.select?.units.findIndex(([a, b]) => a === l && b === i) ?? -1;
      return unit(layer, i, { ...place(l, i), width, height, box }, chosen, panel.select?.control, tools);
    });
    const drawing = picture(panel.alt ?? panel.title, width, height,
      ...heads, ...weights.map(({ element }) => element), ...units.flatMap(({ elements }) => elements));
    const areas = units.flatMap(({ area }) => (area ? area.element : []));
    const update = () => {
      for (const part of [...weights, ...units]) part.update();
    };
    const stack = html("div", { class: "stack", style: `max-width: ${width}px` }, ...areas, drawing);
    return { element: titled(panel, stack), update };
  },

  // Sentences with numbers; `by` names the control that chooses among several sets of them.
  text(panel, { numbers }) {
    const box = html("div", { class: panel.formula ? "lines formula" : "lines" });
    const update = () => {
      const lines = panel.by ? panel.lines[numbers.position(panel.by)] : panel.lines;
      box.replaceChildren(...lines.map((line) => html("div", {}, numbers.fill(line))));
    };
    return { element: titled(panel, box), update };
  },

  // Columns of numbers, one row for each entry of the arrays; a row without numbers is left out.
  table(panel, { numbers }) {
    const body = html("tbody");
    const head = panel.columns.map(({ head }) => html("th", { scope: "col" }, head));
    const update = () => {
      const columns = panel.columns.map(({ array }) => numbers.slice(array).data);
      const rows = [];
      for (let i = 0; i < columns[0].length; i++) {
        if (columns.every((column) => Number.isNaN(column[i]))) continue;
        rows.push(html("tr", {}, ...panel.columns.map(({ digits }, k) =>
          html("td", {}, written(columns[k][i], digits)))));
      }
      body.replaceChildren(...rows);
    };
    return { element: titled(panel, html("table", {}, html("thead", {}, html("tr", {}, ...head)), body)), update };
  },

  // Small pictures in colour, each with its name, and a number and a verdict if there is one.
  pictures(panel, { numbers, words }) {
    const list = html("ul", { class: "gallery" });
    const items = panel.names.map((name) => {
      const [, rows, columns] = numbers.slice(panel.array).shape;
      const canvas = html("canvas", { width: columns, height: rows, role: "img", "aria-label": name });
      const [note, verdict] = [html("span"), html("span", { class: "verdict" })];
      canvas.style.width = canvas.style.height = `${panel.side ?? 64}px`;
      const item = html("li", {}, canvas, html("span", {}, name), note, verdict);
      list.append(item);
      return { canvas, context: canvas.getContext("2d"), note, verdict, item, seen: -1 };
    });
    const update = () => {
      const { data, shape: [, rows, columns], first } = numbers.slice(panel.array);
      items.forEach((each, i) => {
        if (each.seen !== first) {
          const image = each.context.createImageData(columns, rows);
          for (let k = 0; k < rows * columns; k++) {
            for (let c = 0; c < 3; c++) image.data[4 * k + c] = data[(i * rows * columns + k) * 3 + c];
            image.data[4 * k + 3] = 255;
          }
          each.context.putImageData(image, 0, 0);
          each.seen = first;
        }
        if (panel.values) {
          const { array, text, digits } = panel.values;
          each.note.textContent = `${text} ${written(numbers.slice(array).data[i], digits)}`;
        }
        if (panel.right) {
          const right = numbers.slice(panel.right).data[i] > 0;
          each.verdict.textContent = right ? words.right : words.wrong;
          each.item.classList.toggle("wrong", !right);
        }
      });
    };
    return { element: titled(panel, list), update };
  },

  // An equation whose arrays are boxes with sides in proportion, and the shapes of all arrays.
  // A side is the name of a control, whose position says how long it is, or the number itself.
  shapes(panel, { numbers }) {
    const equation = html("div", { class: "equation" });
    const rows = Object.entries(panel.table).map(([name, cells]) => {
      const boxes = cells.map((array) => ({ array, cell: html("td") }));
      return { row: html("tr", {}, html("th", { scope: "row" }, name), ...boxes.map(({ cell }) => cell)), boxes };
    });
    const head = html("tr", {}, html("td"), ...panel.heads.map((text) => html("th", { scope: "col" }, text)));
    const table = html("table", {}, html("thead", {}, head), html("tbody", {}, ...rows.map(({ row }) => row)));
    const side = (text) => (text in numbers.controls ? +numbers.controls[text].values[numbers.position(text)] : +text);
    const shape = (array) => panel.arrays[array].map(side);
    const update = () => {
      const terms = panel.equations[numbers.position(panel.by)];
      equation.replaceChildren(...terms.map((term) => {
        if (!(term in panel.arrays)) return html("span", {}, term);
        const [n, k] = shape(term);
        const style = `height: ${n * panel.unit}px; width: ${k * panel.unit}px`;
        return html("span", { class: "array" }, html("span", { class: "box", style }), html("b", {}, term), html("small", {}, `(${n}, ${k})`));
      }));
      for (const { boxes } of rows) {
        for (const { array, cell } of boxes) {
          cell.textContent = array ? `(${shape(array).join(", ")})` : "";
          cell.classList.toggle("chosen", terms.includes(array));
        }
      }
    };
    return { element: titled(panel, equation, html("div", { class: "scroll", tabindex: "0" }, table)), update };
  },

  // Panels side by side. A panel with `since` is empty until its control has come that far.
  grid(panel, tools) {
    const cells = panel.panels.map((inner) => ({ inner, ...PANELS[inner.kind](inner, tools) }));
    const style = `grid-template-columns: repeat(${panel.columns}, auto)`;
    const update = () => {
      for (const { inner, element, update } of cells) {
        if (inner.since) {
          const ahead = tools.numbers.position(inner.since.control) - inner.since.position;
          element.classList.toggle("waiting", ahead < 0);
          element.classList.toggle("current", ahead === 0);
        }
        update();
      }
    };
    return { element: titled(panel, html("div", { class: "cells", style }, ...cells.map(({ element }) => element))), update };
  },
};

// A line of a network from one unit to another.
function weight(array, at, from, to, box, { numbers }) {
  const element = svg("path", { d: `M${from.x + box} ${from.y + box / 2}L${to.x} ${to.y + box / 2}` });
  const update = () => {
    const value = numbers.slice(array).data[at];
    element.setAttribute("stroke-width", value === GAP ? 0 : 0.3 + (5 * Math.abs(value)) / FULL);
    element.setAttribute("class", value < 0 ? "weight below" : "weight");
  };
  return { element, update };
}

// A unit of a network. If a control chooses among the units, a click moves that to `chosen`.
function unit(layer, i, { x, y, width, height, box }, chosen, control, { numbers, inks, move }) {
  const outline = svg("rect", { class: chosen < 0 ? "unit" : "unit live", x, y, width: box, height: box, rx: 3 });
  if (chosen >= 0) outline.addEventListener("click", () => move(control, chosen));
  const paths = squarePaths();
  const bar = svg("rect", { class: "gradient", x, y: y + box + 3, height: 5, width: 0 });
  const name = layer.names ? [label(x + box / 2, y + box / 2 + 4, layer.names[i], { "text-anchor": "middle" })] : [];
  const percent = (part, whole) => `${(100 * part) / whole}%`;
  const area = layer.field && shading(...numbers.slice(layer.field).shape.slice(1), inks,
    `left: ${percent(x, width)}; top: ${percent(y, height)}; width: ${percent(box, width)}; height: ${percent(box, height)}`);
  const update = () => {
    if (area) {
      const { data, shape: [count] } = numbers.slice(layer.field);
      area.paint(data.subarray((i * data.length) / count, ((i + 1) * data.length) / count));
    } else if (layer.values) {
      paths.set(squares(numbers.slice(layer.values).data.subarray(i, i + 1), 1, box, x, y));
    }
    if (layer.gradient) {
      const value = numbers.slice(layer.gradient).data[i];
      bar.setAttribute("width", value === GAP ? 0 : (box * Math.abs(value)) / FULL);
    }
    if (chosen >= 0) outline.classList.toggle("chosen", numbers.position(control) === chosen);
  };
  return { elements: [outline, ...paths.elements, bar, ...name], area, update };
}

// The axes of a plot, the scales from numbers to places, and the part inside for the lines.
function axesOf(panel) {
  const [width, height] = [340, panel.height ?? 190];
  const [left, right, top, bottom] = [40, width - 22, 10, height - 36];
  const [x0, x1] = panel.xlim;
  const [y0, y1] = panel.ylim;
  const sx = (x) => left + ((x - x0) / (x1 - x0)) * (right - left);
  const sy = (y) => bottom - ((y - y0) / (y1 - y0)) * (bottom - top);
  const rules = panel.yticks.map(([value]) => svg("path", { class: "rule", d: `M${left} ${sy(value)}H${right}` }));
  const y = panel.yticks.map(([value, text]) => label(left - 6, sy(value) + 4, minus(text), { "text-anchor": "end" }));
  const x = panel.xticks.map(([value, text]) => label(sx(value), bottom + 16, minus(text), { "text-anchor": "middle" }));
  const axis = svg("path", { class: "axis", d: `M${left} ${bottom}H${right}` });
  const name = label(right, height - 3, panel.xlabel, { "text-anchor": "end", class: "muted" });
  const box = [left - 5, top - 5, right - left + 10, bottom - top + 10]; // a mark may reach over the edge
  const inside = svg("svg", { x: box[0], y: box[1], width: box[2], height: box[3], viewBox: box.join(" ") });
  const drawing = picture(panel.alt ?? panel.title, width, height, ...rules, ...y, ...x, axis, name, inside);
  return { sx, sy, y0, y1, left, right, top, bottom, inside, drawing };
}

// One line of a plot: its path, its gaps, its mark, and its entry in the legend.
function curve(panel, line, k, { sx, sy, y0, y1, left, right, top }, numbers) {
  const style = `line line-${line.style ?? k}`;
  const path = svg("path", { class: style });
  const dots = svg("path", { class: `${style} dots` });
  const mark = svg("circle", { class: `${style} mark absent`, r: 4.5 });
  const gaps = svg("g", { class: `${style} gaps` });
  const value = html("output", { "aria-live": "off" });
  const sample = svg("svg", { "aria-hidden": "true", width: 30, height: 10 }, svg("path", { class: style, d: "M1 5H29" }));
  const entry = line.label ? html("li", {}, sample, html("span", {}, line.label), value) : null;
  const along = line.along === false ? null : panel.along;
  const look = (array) => numbers.slice(array, { fixed: line.fixed, along }).data;

  const moveMark = (y, px) => {
    const here = numbers.position(along);
    const there = Number.isFinite(y[here]);
    mark.classList.toggle("absent", !there);
    mark.setAttribute("cx", px(here));
    if (there) mark.setAttribute("cy", sy(Math.min(y1, Math.max(y0, y[here]))));
    if (panel.digits) value.textContent = written(y[here], panel.digits) + (there && y[here] > y1 ? " \u25b2" : "");
  };
  const update = () => {
    const y = look(line.array);
    const x = (line.x ?? panel.x) && look(line.x ?? panel.x);
    const px = (i) => sx(x ? x[i] : i + (panel.first ?? 0));
    if (line.path !== false) path.setAttribute("d", lineThrough(y, px, sy));
    if (panel.dots) dots.setAttribute("d", dotsAt(y, px, sy));
    gaps.replaceChildren(...gapsOf(y, px, top + 14 + 15 * k, left, right));
    if (along) moveMark(y, px);
    if (line.chosen) {
      const chosen = numbers.position(line.chosen[0]) === line.chosen[1];
      for (const part of [path, entry]) part.classList.toggle("chosen", chosen);
    }
  };
  return { elements: [path, dots, mark, gaps], entry, update };
}

function lineThrough(y, px, sy) {
  let d = "";
  let pen = "M";
  for (let i = 0; i < y.length; i++) {
    const there = Number.isFinite(y[i]);
    if (there) d += `${pen}${px(i).toFixed(1)} ${sy(y[i]).toFixed(1)}`;
    pen = there ? "L" : "M";
  }
  return d;
}

function dotsAt(y, px, sy) {
  let d = "";
  for (let i = 0; i < y.length; i++) {
    if (Number.isFinite(y[i])) d += `M${px(i) - 3.5} ${sy(y[i])}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0`;
  }
  return d;
}

// Where a line has no number: a bar over the gap that says what stands there instead.
function gapsOf(y, px, height, left, right) {
  const found = [];
  for (let i = 0; i < y.length; i++) {
    if (Number.isFinite(y[i])) continue;
    const [first, text] = [i, written(y[i])];
    while (i + 1 < y.length && !Number.isFinite(y[i + 1]) && written(y[i + 1]) === text) i++;
    const [from, to] = [Math.max(left, px(first) - 4), Math.min(right, px(i) + 4)];
    const middle = Math.min(right - 20, Math.max(left + 20, (from + to) / 2));
    found.push(svg("path", { d: `M${from} ${height}H${to}` }));
    found.push(label(middle, height - 4, text, { "text-anchor": "middle" }));
  }
  return found;
}

/* Controls */

// JupyterLab takes arrows and letters for its cells. Its shortcuts, Ctrl+S say, still reach it.
const keepKeys = (input) => input.addEventListener("keydown", (event) => {
  const shortcut = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === "Enter");
  if (!shortcut) event.stopPropagation();
});

let count = 0;
const CONTROLS = {
  slider(control, { move, words }) {
    const last = control.values.length - 1;
    const input = html("input", { type: "range", min: 0, max: last, step: 1, id: `dnn-live-${count++}` });
    const value = html("output", { for: input.id, "aria-live": "off" });
    input.addEventListener("input", () => move(control.name, +input.value));
    keepKeys(input);
    const show = (position, status) => {
      input.value = position;
      value.textContent = control.values[position];
      input.setAttribute("aria-valuetext", `${control.values[position]}. ${status}`);
    };
    const parts = [html("label", { for: input.id }, control.label), input, value];
    if (control.play && !matchMedia("(prefers-reduced-motion: reduce)").matches) parts.push(player(input, last, control, move, words));
    return { element: html("div", { class: control.play ? "control wide" : "control" }, ...parts), show };
  },

  choice(control, { move }) {
    const name = `dnn-live-${count++}`;
    const options = control.values.map((text, i) => {
      const input = html("input", { type: "radio", name, value: i });
      input.addEventListener("change", () => move(control.name, i));
      keepKeys(input);
      return { input, element: html("label", {}, input, html("span", {}, text)) };
    });
    const show = (position, _status, id) => options.forEach(({ input }, i) => {
      input.checked = i === position;
      input.setAttribute("aria-describedby", id);
    });
    const legend = html("legend", {}, control.label);
    return { element: html("fieldset", { class: options.length > 3 ? "control wide" : "control" }, legend, ...options.map(({ element }) => element)), show };
  },
};

// A button that moves a slider to its end by itself. It is not there where motion is not wanted.
function player(input, last, control, move, words) {
  const button = html("button", { type: "button" });
  let timer = null;
  const show = () => {
    button.textContent = timer ? words.pause : words.play;
    button.setAttribute("aria-label", `${button.textContent}: ${control.label}`);
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    show();
  };
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (+input.value === last) move(control.name, 0);
    timer = setInterval(() => {
      if (!input.isConnected || +input.value >= last) return stop();
      move(control.name, +input.value + 1);
    }, 120);
    show();
  });
  input.addEventListener("input", stop);
  show();
  return button;
}

/* The figure */

function render({ model, el }) {
  const figure = model.get("_figure");
  const position = (name) => model.get(name);
  const move = (name, value) => {
    model.set(name, value);
    model.save_changes();
  };
  const numbers = new Numbers(figure, model.get("_data"), position);
  const root = html("div", { class: "dnn-live", role: "group", "aria-label": figure.title });
  const inks = new Inks(root);
  const tools = { numbers, inks, move, words: figure.words };
  const controls = figure.controls.map((control) => ({ control, ...CONTROLS[control.kind](control, tools) }));
  const panels = figure.panels.map((panel) => PANELS[panel.kind](panel, tools));
  const status = html("p", { class: "status", id: `dnn-live-${count++}` });
  const gaps = html("p", { class: "note", hidden: "" }, figure.words.gap);
  root.append(
    html("div", { class: "controls" }, ...controls.map(({ element }) => element)),
    status,
    gaps,
    html("div", { class: "panels" }, ...panels.map(({ element }) => element)),
    html("p", { class: "caption" }, figure.caption),
  );
  el.append(root);
  const redraw = () => {
    const sentence = numbers.fill(figure.status);
    status.textContent = sentence;
    for (const { control, show } of controls) show(position(control.name), sentence, status.id);
    numbers.gaps = false;
    for (const { update } of panels) update();
    gaps.hidden = !numbers.gaps;
  };
  redraw();
  const unwatch = onTheme(root, () => {
    inks.forget();
    redraw();
  });
  const names = figure.controls.map(({ name }) => `change:${name}`);
  for (const name of names) model.on(name, redraw);
  return () => {
    unwatch();
    for (const name of names) model.off(name, redraw);
  };
}

export default { render };
