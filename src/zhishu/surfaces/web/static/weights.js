// The scores of an index under the weights of the sliders, by the same steps as the server, to the last shown digit.

const root = document.getElementById("moving");
const study = JSON.parse(root.dataset.study);
const words = root.dataset;
const sliders = [...document.querySelectorAll("input[type=range][data-id]")];
const rows = [...document.querySelectorAll("tr[data-unit]")];
const units = rows.length;
const first = new Map(rows.map((row) => [row, row.dataset.rank]));

// Each heading's mean of its children: missing ones are left out and the other weights stand for all.
const MEANS = {
  arithmetic: (row, weights) => mean(row, weights),
  geometric(row, weights) {
    if (row.some((x) => x !== null && x <= 0)) return null;
    const found = mean(row.map((x) => (x === null ? null : Math.log(x))), weights);
    return found === null ? null : Math.exp(found);
  },
  harmonic(row, weights) {
    if (row.some((x) => x === 0)) return null;
    const found = mean(row.map((x) => (x === null ? null : 1 / x)), weights);
    return found === null ? null : 1 / found;
  },
};

function mean(row, weights) {
  let sum = 0;
  let total = 0;
  row.forEach((x, n) => {
    if (x === null) return;
    sum += weights[n] * x;
    total += weights[n];
  });
  return total > 0 ? sum / total : null;
}

// Wins less losses in pairs by the weight of the children, as in score/steps/aggregate.py.
function copeland(table, weights) {
  return table.map((own, unit) => {
    if (own.every((x) => x === null)) return null;
    let score = 0;
    table.forEach((other, against) => {
      if (against === unit) return;
      let ahead = 0;
      let shared = 0;
      own.forEach((x, n) => {
        if (x === null || other[n] === null) return;
        shared += weights[n];
        if (x > other[n]) ahead += weights[n];
        else if (x === other[n]) ahead += weights[n] / 2;
      });
      const part = ahead / shared;
      if (shared > 0 && Math.abs(part - 0.5) > 1e-8 + 1e-5 * 0.5) score += Math.sign(part - 0.5);
    });
    return score;
  });
}

function scores(weightOf) {
  const found = new Map(Object.entries(study.columns));
  for (const node of study.nodes) {
    const weights = node.children.map((child) => weightOf.get(child) ?? 1);
    const table = Array.from({ length: units }, (_, unit) => node.children.map((child) => found.get(child)[unit]));
    const made = study.mean === "copeland" ? copeland(table, weights) : table.map((row) => MEANS[study.mean](row, weights));
    const enough = made.map((score, unit) => {
      const known = table[unit].filter((x) => x !== null).length / node.children.length;
      return known < study.least ? null : score;
    });
    found.set(node.id, enough);
  }
  return found.get(study.nodes.at(-1).id);
}

// Sums that differ by rounding only are equal; halves go up.
const even = (x) => Number(x.toFixed(9));

function show(sort) {
  const weightOf = new Map(sliders.map((slider) => [slider.dataset.id, Number(slider.value)]));
  const found = scores(weightOf).map((x) => (x === null ? null : even(x)));
  let moved = 0;
  let best = null;
  for (const row of rows) {
    const score = found[Number(row.dataset.unit)];
    const rank = score === null ? null : 1 + found.filter((other) => other !== null && other > score).length;
    row.dataset.rank = rank ?? "";
    row.querySelector("[data-score]").textContent = score === null ? "–" : score.toFixed(2).replace(/^-0\.00$/, "0.00");
    row.querySelector("[data-place]").textContent = rank ?? "–";
    const before = first.get(row);
    const change = rank !== null && before ? Number(before) - rank : 0;
    row.querySelector("[data-change]").textContent = change > 0 ? `▲ ${change}` : change < 0 ? `▼ ${-change}` : "–";
    if (String(rank ?? "") !== before) moved += 1;
    if (rank === 1 && (best === null || row.dataset.name < best)) best = row.dataset.name;
  }
  for (const slider of sliders) document.getElementById(`${slider.id}-value`).textContent = slider.value;
  const told = best === null ? words.none : words.told.replace("{best}", () => best).replace("{moved}", () => moved);
  document.getElementById("moved").textContent = told;
  if (best !== null) document.querySelector("h1").textContent = words.title.replace("{best}", () => best);
  if (!sort) return;
  // rows change places once a slider is let go, so that nothing jumps under the eye
  const ranked = (row) => (row.dataset.rank ? Number(row.dataset.rank) : Number.MAX_SAFE_INTEGER);
  const order = (a, b) => ranked(a) - ranked(b) || (a.dataset.name < b.dataset.name ? -1 : 1);
  rows[0].parentNode.append(...[...rows].sort(order));
}

for (const slider of sliders) {
  slider.addEventListener("input", () => show(false));
  slider.addEventListener("change", () => show(true));
}
