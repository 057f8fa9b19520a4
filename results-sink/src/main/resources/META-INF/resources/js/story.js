// When things happened, and what each revision said.
import { el } from './dom.js';
import { dateTime, duration, percent, preciseTime, STATUSES } from './format.js';
import { outcomeBadge, priorityBadge } from './badges.js';

export function times(view) {
  const all = view.times;
  const took = duration(all.receivedToScoredMillis);
  return el('section', { 'aria-label': 'Times' },
    el('h3', {}, 'Received → scored'),
    el('p', {}, `${dateTime(all.lastReceived || all.firstReceived)} → ${all.scored ? preciseTime(all.scored) : 'not yet'}`,
      took ? el('b', {}, ` (${took})`) : null),
    view.images.length === 0 ? null : el('details', {}, el('summary', {}, 'Each stage'), view.images.map(stages)));
}

function stages(image, place) {
  const t = image.times;
  const micros = (value) => (value === null ? null : duration(value / 1000));
  const steps = [['Last byte received', t.received], ['Durable', t.stored], ['Rendered', t.rendered],
    ['Sent to scoring', t.published], ['Taken by scoring', t.consumed], ['Findings sent', t.forwarded]];
  let before = null;
  return el('table', { class: 'plain' },
    el('caption', { class: 'soft small' }, `Film ${place + 1}`),
    el('tbody', {}, steps.filter(([, instant]) => instant).map(([name, instant]) => {
      const step = before === null ? '' : `+${duration(new Date(instant) - new Date(before))}`;
      before = instant;
      return el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, preciseTime(instant)), el('td', { class: 'number soft' }, step));
    }), t.computeMicros ? el('tr', {}, el('th', { scope: 'row' }, 'Engine'),
      el('td', { colspan: 2 }, `queue ${micros(t.queueMicros)}, compute ${micros(t.computeMicros)}, output ${micros(t.outputMicros)}, batch of ${t.batch}`)) : null));
}

export function history(view) {
  if (view.history.length === 0) return null;
  return el('details', { open: view.history.length > 1 },
    el('summary', {}, `Revisions (${view.history.length})`),
    el('ol', { class: 'history', reversed: true }, view.history.map(revision)));
}

function revision(one) {
  const positive = one.findings.filter((finding) => finding.decision === 'POSITIVE');
  return el('li', {},
    el('div', {}, el('b', {}, `${one.revision} ${STATUSES[one.status] || one.status} `), priorityBadge(one.priority), ' ',
      positive.length === 0 ? outcomeBadge(one.outcome) : positive.map((finding) => `${finding.label} ${percent(finding.probability)}`).join(', ')),
    el('div', { class: 'soft' }, dateTime(one.emitted), one.statusReason ? ` · ${one.statusReason}` : ''));
}
