// The film with its heat map on top. Settings are kept per browser; they say nothing about a patient.
import { byId, el, fill } from './dom.js';
import { percent } from './format.js';

const KEPT = 'hilum.viewer';
const settings = Object.assign({ heat: true, opacity: 60 }, JSON.parse(localStorage.getItem(KEPT) || '{}'));
const VIEWS = { PA: 'PA', AP: 'AP', LATERAL: 'Lateral', VIEW_UNKNOWN: 'View not known' };

/** What is shown now; survives a revision of the same study. */
let shown = { study: null, image: 0, label: null };

function keep() {
  localStorage.setItem(KEPT, JSON.stringify(settings));
}

/** @returns {HTMLElement} */
export function viewer(view) {
  if (shown.study !== view.study.studyUid) shown = { study: view.study.studyUid, image: bestImage(view), label: null };
  shown.image = Math.min(shown.image, Math.max(0, view.images.length - 1));
  const box = el('figure', { class: 'viewer', 'aria-label': 'Film' });
  draw(box, view);
  return box;
}

/** Switches the heat map; the H key. */
export function toggleHeat() {
  const box = byId('heat-toggle');
  if (box && !box.disabled) box.click();
}

/** Where the strongest positive finding was seen; otherwise the first. */
function bestImage(view) {
  const strongest = view.study.findings.filter((finding) => finding.decision === 'POSITIVE')
    .sort((a, b) => b.probability - a.probability)[0];
  const place = strongest ? view.images.findIndex((image) => image.sopInstanceUid === strongest.sopInstanceUid) : 0;
  return Math.max(0, place);
}

function draw(box, view) {
  const image = view.images[shown.image];
  if (!image) {
    fill(box, el('div', { class: 'stage' }, el('p', { class: 'missing' }, 'The film is shown when its first scores are there.')));
    return;
  }
  const maps = ordered(image, view.study.findings);
  const map = maps.find((each) => each.label === shown.label) || maps[0] || null;
  const stage = el('div', { class: 'stage' });
  const film = image.canvas ? el('img', { class: 'film', src: image.canvas, alt: `Chest film, ${VIEWS[image.view]} view` }) : null;
  if (film) {
    film.addEventListener('error', () => fill(stage, el('p', { class: 'missing' }, 'The film cannot be read from the object store. Ask the administrator.')));
    stage.append(film);
  } else {
    stage.append(el('p', { class: 'missing' }, 'This film was not rendered.'));
  }
  stage.append(el('p', { class: 'side' }, `${VIEWS[image.view]} · ${image.canvasWidth} × ${image.canvasHeight}`));
  const overlay = map && film ? heat(map) : null;
  const legend = overlay ? legendOf(map) : null;
  if (overlay) stage.append(overlay);
  fill(box, stage, tools(box, view, image, maps, map, overlay, legend));
}

/** Positive findings' maps first. */
function ordered(image, findings) {
  const rank = (heatMap) => {
    const finding = findings.find((each) => each.label === heatMap.label && each.line === heatMap.line);
    return finding ? (finding.decision === 'POSITIVE' ? 2 : 0) + finding.probability : -1;
  };
  return [...image.heatMaps].sort((a, b) => rank(b) - rank(a));
}

function heat(map) {
  const overlay = el('img', { class: 'heat', id: 'heat', src: map.overlay, alt: `Heat map of ${map.label}`, hidden: !settings.heat });
  overlay.style.opacity = settings.opacity / 100;
  return overlay;
}

function legendOf(map) {
  return el('div', { class: 'legend', hidden: !settings.heat },
    el('span', { class: 'ramp', 'aria-hidden': 'true' }),
    el('span', {}, 'Raw maximum ', el('b', { id: 'raw-maximum' }, map.rawMaximum.toPrecision(3)),
      '. Colours are scaled per map: a weak map looks as hot as a strong one. Hatched: not seen by the model.'));
}

function tools(box, view, image, maps, map, overlay, legend) {
  const none = !overlay;
  const toggle = el('input', { type: 'checkbox', id: 'heat-toggle', checked: settings.heat && !none, disabled: none });
  toggle.addEventListener('change', () => {
    settings.heat = toggle.checked;
    overlay.hidden = legend.hidden = !toggle.checked;
    keep();
  });
  const opacity = el('input', { type: 'range', id: 'heat-opacity', min: 10, max: 100, step: 5, value: settings.opacity, disabled: none });
  opacity.addEventListener('input', () => {
    settings.opacity = Number(opacity.value);
    overlay.style.opacity = settings.opacity / 100;
    keep();
  });
  const choice = el('select', { 'aria-label': 'Heat map of', disabled: none }, maps.map((each) =>
    el('option', { value: each.label, selected: each === map }, labelled(each, view.study.findings))));
  choice.addEventListener('change', () => { shown.label = choice.value; draw(box, view); byId('heat-toggle').focus(); });
  return el('figcaption', { class: 'tools' },
    view.images.length > 1 ? films(box, view) : null,
    el('label', {}, toggle, 'Heat map'), none ? el('span', { class: 'soft' }, noMap(image)) : choice,
    none ? null : el('label', {}, 'Opacity', opacity), legend);
}

function noMap(image) {
  if (image.scope === 'OUT_OF_SCOPE') return image.scopeReason || 'Out of scope.';
  if (image.scope === 'NOT_SCORED') return image.scopeReason || 'Not scored.';
  return 'This film has no heat map.';
}

function labelled(map, findings) {
  const finding = findings.find((each) => each.label === map.label && each.line === map.line);
  return finding ? `${map.label} ${percent(finding.probability)}` : map.label;
}

function films(box, view) {
  return el('div', { class: 'films', role: 'group', 'aria-label': 'Films of this study' }, view.images.map((image, place) => {
    const button = el('button', { type: 'button', 'aria-pressed': String(place === shown.image) },
      `${place + 1} ${VIEWS[image.view]}`, image.scope === 'IN_SCOPE' ? null : image.scope === 'NOT_SCORED' ? ' ⚠' : ' ⊘');
    button.addEventListener('click', () => {
      shown.image = place;
      shown.label = null;
      draw(box, view);
      box.querySelectorAll('.films button')[place].focus();
    });
    return button;
  }));
}
