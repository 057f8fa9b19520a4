// The worklist page: loads, listens, and keeps list, film and address in step.
import { announce, byId, el, fill } from './dom.js';
import { get } from './api.js';
import { calm, listen } from './live.js';
import { connection, feed, loadFailed } from './connection.js';
import { markChosen, moveFocus, showEmpty, showStudies, tick } from './list.js';
import { showFailure, showHint, showStudy } from './study.js';
import { toggleHeat } from './viewer.js';
import { patientName, percent } from './format.js';

const SIZE = 100;
const form = byId('filters');
let page = 0;
let knownStat = new Set();
/** The next list is one that the reader asked for, not news. */
let quiet = true;
let loading = null;
let opening = null;
let retry = null;

function chosen() {
  const match = /^#study=(.+)$/.exec(location.hash);
  return match ? decodeURIComponent(match[1]) : null;
}

function filters() {
  return Object.fromEntries(new FormData(form));
}

async function loadList() {
  if (loading) loading.abort();
  loading = new AbortController();
  const wanted = filters();
  const query = new URLSearchParams({ page, size: SIZE });
  for (const [name, value] of Object.entries(wanted)) if (value && value !== '0') query.append(name, value);
  try {
    const answer = await get(`/api/worklist?${query}`, loading.signal);
    showStudies(answer.studies, chosen(), quiet);
    showEmpty(answer, wanted, clearFilters);
    showCounts(answer);
    showPager(answer);
    tellNewStat(answer.studies);
    quiet = false;
    feed(answer.feed);
    loadFailed(null);
    if (!answer.feed.upToDate) again();
  } catch (failed) {
    if (failed.name !== 'AbortError') {
      loadFailed(failed.message);
      again();
    }
  }
}

/** While something is wrong, the page asks soon again, so that a banner does not outlive its cause. */
function again() {
  clearTimeout(retry);
  retry = setTimeout(refreshList, 3000);
}

const refreshList = calm(loadList, 300);

async function loadStudy() {
  const uid = chosen();
  if (opening) opening.abort();
  markChosen(uid);
  if (!uid) {
    showHint();
    return;
  }
  opening = new AbortController();
  try {
    const view = await get(`/api/studies/${encodeURIComponent(uid)}`, opening.signal);
    if (byId('detail').dataset.study === uid && view.study.revision !== shownRevision) {
      announce('status', `The open study is now at revision ${view.study.revision}.`);
    }
    shownRevision = view.study.revision;
    showStudy(view);
  } catch (failed) {
    if (failed.name !== 'AbortError') {
      if (byId('detail').dataset.study !== uid) showFailure(failed.message);
      else loadFailed(failed.message);
    }
  }
}

let shownRevision = null;
const refreshStudy = calm(loadStudy, 500);

function showCounts(answer) {
  const counts = answer.byPriority;
  fill(byId('counts'),
    el('span', { class: counts.STAT ? 'has-stat' : null }, el('b', {}, counts.STAT), ' STAT'),
    el('span', {}, el('b', {}, counts.URGENT), ' urgent'),
    el('span', {}, el('b', {}, counts.ROUTINE), ' routine'),
    el('span', {}, el('b', {}, counts.NONE), ' without priority'));
  document.title = `${counts.STAT ? `(${counts.STAT} STAT) ` : ''}Worklist · Hilum`;
}

function showPager(answer) {
  const first = page * SIZE + 1;
  byId('pager').hidden = answer.total <= SIZE;
  byId('place').textContent = `${first}–${Math.min(answer.total, first + SIZE - 1)} of ${answer.total}`;
  byId('previous').disabled = page === 0;
  byId('next').disabled = first + SIZE > answer.total;
}

/** New STAT studies are said aloud; those of a list that the reader asked for are not new. */
function tellNewStat(studies) {
  const stat = new Set(studies.filter((study) => study.priority === 'STAT').map((study) => study.studyUid));
  if (!quiet) {
    const fresh = studies.filter((study) => stat.has(study.studyUid) && !knownStat.has(study.studyUid));
    if (fresh.length > 0) {
      announce('alert', `New STAT ${fresh.length === 1 ? 'study' : 'studies'}: ${fresh.map((study) => [patientName(study.patient),
        ...study.findings.filter((finding) => finding.decision === 'POSITIVE').map((finding) => `${finding.label} ${percent(finding.probability)}`)].join(', ')).join('; ')}.`);
    }
  }
  knownStat = new Set([...knownStat, ...stat]);
}

function clearFilters() {
  form.q.value = '';
  form.priority.value = '';
  form.status.value = '';
  form.hours.value = '0';
  turnTo(0);
}

function turnTo(wanted) {
  page = wanted;
  quiet = true;
  loadList();
}

form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', () => turnTo(0));
byId('previous').addEventListener('click', () => turnTo(page - 1));
byId('next').addEventListener('click', () => turnTo(page + 1));
window.addEventListener('hashchange', loadStudy);

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input:not([type="checkbox"]), select, textarea');
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (typing) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  const action = {
    ArrowDown: () => moveFocus(1), ArrowUp: () => moveFocus(-1), Home: () => moveFocus(-Infinity), End: () => moveFocus(Infinity),
    '/': () => form.q.focus(), h: toggleHeat, H: toggleHeat,
  }[event.key];
  if (action) {
    event.preventDefault();
    action();
  }
});

showHint();
loadStudy();
listen({
  state: connection,
  changed(name, data) {
    if (name === 'dead-letter' || name === 'model') return;
    refreshList();
    if (name !== 'study' || data.studyUid === chosen()) refreshStudy();
  },
});
setInterval(tick, 5000);
// The feeds' state, and what a filter by time lets fall out.
setInterval(refreshList, 30000);
