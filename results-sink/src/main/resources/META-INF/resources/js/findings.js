// What each model says, with its operating point; and what stands behind the merged figures.
import { el } from './dom.js';
import { percent } from './format.js';

const WORDS = { POSITIVE: '● Positive', NEGATIVE: '○ Negative', UNDECIDED: '◌ Not decided' };
const RANK = { POSITIVE: 0, NEGATIVE: 1, UNDECIDED: 2 };

export function lines(view) {
  if (view.lines.length === 0) {
    return el('p', { class: 'soft' }, view.study.outcomeReason || 'There are no scores yet.');
  }
  return el('div', {}, view.lines.map(line));
}

function line(model) {
  const sorted = [...model.findings].sort((a, b) => RANK[a.decision] - RANK[b.decision] || b.probability - a.probability);
  return el('section', { 'aria-label': `Findings of ${model.line}` },
    el('ul', { class: 'findings' }, sorted.map(finding)),
    el('p', { class: 'model' }, `Model ${model.line} ${model.version}`, model.engine ? ` · ${model.engine}` : null),
    model.notice ? el('p', { class: 'notice' }, '⚠ ', model.notice) : null);
}

function finding(one) {
  const fillBar = el('div', { class: 'fill' });
  fillBar.style.width = `${Math.min(1, Math.max(0, one.probability)) * 100}%`;
  const tick = one.operatingPoint === null ? null : el('div', { class: 'tick' });
  if (tick) tick.style.left = `calc(${Math.min(1, Math.max(0, one.operatingPoint)) * 100}% - 1px)`;
  const limit = one.operatingPoint === null ? 'no operating point: the evidence does not support one' : `operating point ${percent(one.operatingPoint)}`;
  return el('li', { class: 'finding', 'data-decision': one.decision, 'data-label': one.label },
    el('div', { class: 'finding-line' }, el('span', { class: 'label' }, one.label),
      el('span', { class: 'value' }, `${WORDS[one.decision]} ${percent(one.probability)}`)),
    el('div', { class: 'bar', role: 'img', 'aria-label': `Probability ${percent(one.probability)}, ${limit}` }, fillBar, tick),
    el('div', { class: 'soft small' }, limit));
}

/** Scores of each film before merging, or null where there is one film only. */
export function perImage(view) {
  const scored = view.images.filter((image) => image.scores.length > 0);
  if (view.images.length < 2 || scored.length === 0) return null;
  const labels = [...new Set(scored.flatMap((image) => image.scores.map((score) => score.label)))];
  return el('details', {}, el('summary', {}, `Scores of each film (${view.images.length})`),
    el('table', { class: 'plain' },
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, 'Finding'),
        view.images.map((image, place) => el('th', { scope: 'col', class: 'number' }, `${place + 1} ${image.view === 'LATERAL' ? 'Lat' : image.view}`)))),
      el('tbody', {}, labels.map((label) => el('tr', {}, el('th', { scope: 'row' }, label),
        view.images.map((image) => {
          const score = image.scores.find((each) => each.label === label);
          return el('td', { class: 'number', title: score ? `logit ${score.logit.toFixed(3)}` : image.scopeReason }, score ? percent(score.probability) : '–');
        }))))));
}
