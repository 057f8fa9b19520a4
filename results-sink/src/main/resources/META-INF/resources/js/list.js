// The worklist's table. Rows are kept by study, so that focus and scroll place survive a live update.
import { byId, el, fill } from './dom.js';
import { ago, dateTime, patientName, percent, sexAndAge, time } from './format.js';
import { outcomeBadge, priorityBadge } from './badges.js';

const rows = new Map();

/**
 * @param {Array} studies in the server's order
 * @param {string|null} chosen study UID
 * @param {boolean} quiet the reader asked for this list: nothing in it is news
 */
export function showStudies(studies, chosen, quiet) {
  const body = byId('studies');
  const focused = document.activeElement && document.activeElement.closest('tr[data-study]');
  const focusedStudy = focused ? focused.dataset.study : null;
  const wanted = new Set(studies.map((study) => study.studyUid));
  for (const [uid, row] of rows) {
    if (!wanted.has(uid)) {
      row.remove();
      rows.delete(uid);
    }
  }
  studies.forEach((study, place) => {
    let row = rows.get(study.studyUid);
    const mark = JSON.stringify(study);
    if (!row || row.mark !== mark) {
      const fresh = studyRow(study);
      fresh.mark = mark;
      if (!quiet) fresh.classList.add('arrived');
      if (row) row.replaceWith(fresh);
      rows.set(study.studyUid, fresh);
      row = fresh;
    }
    if (body.children[place] !== row) body.insertBefore(row, body.children[place] || null);
  });
  markChosen(chosen);
  if (focusedStudy && rows.has(focusedStudy)) {
    const link = rows.get(focusedStudy).querySelector('a');
    if (document.activeElement !== link) link.focus({ preventScroll: true });
  }
}

export function markChosen(uid) {
  for (const [study, row] of rows) {
    row.toggleAttribute('data-chosen', study === uid);
    const link = row.querySelector('a');
    if (study === uid) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}

/** Moves the focus among rows. @param {number} step -1, 1, or an infinity for the first and last */
export function moveFocus(step) {
  const links = [...byId('studies').querySelectorAll('tr a')];
  if (links.length === 0) return;
  const here = links.indexOf(document.activeElement);
  const chosen = links.findIndex((link) => link.hasAttribute('aria-current'));
  const from = here >= 0 ? here : chosen;
  const to = step === Infinity ? links.length - 1 : step === -Infinity || from < 0 ? 0
    : Math.min(links.length - 1, Math.max(0, from + step));
  links[to].focus();
}

/** Brings "3 min" up to date. */
export function tick() {
  for (const cell of document.querySelectorAll('time[data-ago]')) {
    cell.textContent = ago(cell.dateTime);
  }
}

function studyRow(study) {
  const link = el('a', { href: `#study=${encodeURIComponent(study.studyUid)}` }, patientName(study.patient));
  const row = el('tr', { 'data-study': study.studyUid, 'data-priority': study.priority, 'data-outcome': study.outcome },
    el('td', {}, priorityBadge(study.priority)),
    el('td', { class: 'who' }, link,
      el('div', { class: 'soft small' }, facts(study))),
    el('td', {}, findings(study)),
    el('td', { class: 'number' },
      el('time', { datetime: study.received, 'data-ago': true, title: dateTime(study.received) }, ago(study.received)),
      el('div', { class: 'soft small' }, time(study.received))));
  row.addEventListener('click', (event) => {
    if (!event.target.closest('a')) link.click();
  });
  return row;
}

/** What tells two patients apart at a glance; the rest stands beside the film. */
function facts(study) {
  return [sexAndAge(study.patient), study.patient.id && `ID ${study.patient.id}`, study.synthetic && 'phantom'].filter(Boolean).join(' · ');
}

function findings(study) {
  const positive = study.findings.filter((finding) => finding.decision === 'POSITIVE');
  return [
    positive.length === 0 ? outcomeBadge(study.outcome, study.outcomeReason)
      : el('div', { class: 'chips' }, positive.map((finding) => el('span', { class: 'chip' },
        el('b', {}, finding.label), ' ', percent(finding.probability)))),
    study.outcome !== 'POSITIVE' && study.outcome !== 'NO_FINDING' && study.outcomeReason
      ? el('div', { class: 'soft small' }, study.outcomeReason) : null,
    study.outcome === 'POSITIVE' && study.outcomeReason ? el('div', { class: 'notice' }, '⚠ ', study.outcomeReason) : null,
    study.notice ? el('div', { class: 'notice' }, study.notice) : null,
  ];
}

/** Tells what is on the list, and what to do when nothing is. */
export function showEmpty(answer, filters, clear) {
  const empty = byId('empty');
  empty.hidden = answer.studies.length > 0;
  if (!empty.hidden) {
    const narrowed = filters.q || filters.priority || filters.status;
    const period = { 24: ' in the last 24 hours', 168: ' in the last 7 days', 0: '' }[filters.hours];
    fill(empty, narrowed ? `No study${period} passes the filter.` : `No study has arrived${period}. `,
      narrowed ? null : 'New ones appear here by themselves.',
      narrowed || period ? el('div', {}, el('button', { type: 'button', onclick: clear }, 'Show all studies')) : null);
  }
}
