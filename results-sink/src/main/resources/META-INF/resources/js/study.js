// The whole of one study, beside the list.
import { byId, el, fill } from './dom.js';
import { dicomDate, patientName, sexAndAge, STATUSES } from './format.js';
import { outcomeBadge, priorityBadge } from './badges.js';
import { viewer } from './viewer.js';
import { lines, perImage } from './findings.js';
import { history, times } from './story.js';

export function showStudy(view) {
  const opened = [...byId('detail').querySelectorAll('details')].map((each) => [each.firstChild.textContent.split(' (')[0], each.open]);
  const scrolled = byId('detail').querySelector('.side-panel');
  const place = scrolled && byId('detail').dataset.study === view.study.studyUid ? scrolled.scrollTop : 0;
  const panel = el('div', { class: 'side-panel' },
    el('section', { 'aria-labelledby': 'findings-title' }, el('h3', { id: 'findings-title' }, 'Findings'), lines(view)),
    perImage(view), times(view), history(view), identity(view));
  fill(byId('detail'), head(view), el('div', { class: 'study-body' }, viewer(view), panel));
  if (byId('detail').dataset.study === view.study.studyUid) {
    for (const details of panel.querySelectorAll('details')) {
      const before = opened.find(([name]) => name === details.firstChild.textContent.split(' (')[0]);
      if (before) details.open = before[1];
    }
  }
  byId('detail').dataset.study = view.study.studyUid;
  panel.scrollTop = place;
}

export function showHint() {
  delete byId('detail').dataset.study;
  fill(byId('detail'), el('div', { class: 'hint' }, el('h2', {}, 'No study is open'),
    el('p', {}, 'Choose one from the list.'),
    el('p', {}, el('kbd', {}, '↓'), ' goes to the first, ', el('kbd', {}, 'Enter'), ' opens it.')));
}

export function showFailure(sentence) {
  delete byId('detail').dataset.study;
  fill(byId('detail'), el('div', { class: 'hint' }, el('h2', {}, 'This study cannot be shown'), el('p', {}, sentence)));
}

function head(view) {
  const study = view.study;
  return el('header', { class: 'study-head' },
    el('h2', {}, patientName(study.patient)),
    el('div', { class: 'marks' }, outcomeBadge(study.outcome, study.outcomeReason), priorityBadge(study.priority)),
    el('p', { class: 'facts' }, [sexAndAge(study.patient), study.patient.birthDate && `born ${dicomDate(study.patient.birthDate)}`,
      study.patient.id && `ID ${study.patient.id}`, study.accessionNumber && `Accession ${study.accessionNumber}`,
      study.description, study.studyDate && dicomDate(study.studyDate), study.site].filter(Boolean).map((fact) => el('span', {}, fact))),
    el('p', { class: 'facts marks' }, el('span', {}, `${STATUSES[study.status] || study.status}${study.revision ? `, revision ${study.revision}` : ''}`)),
    view.priorityRule ? el('p', { class: 'rule' }, view.priorityRule,
      view.priorityInputs.length ? el('span', { class: 'inputs' }, ` (${view.priorityInputs.join('; ')})`) : null) : null,
    study.outcomeReason ? el('p', { class: 'rule' }, study.outcomeReason) : null,
    study.notice || study.synthetic ? el('p', { class: 'head-notice', id: 'study-notice' }, '⚠ ',
      [study.synthetic && 'This is a phantom, not a person.', study.notice && `The model: ${study.notice}`].filter(Boolean).join(' ')) : null);
}

function identity(view) {
  const rows = [['Study UID', view.study.studyUid], ['Issuer of ID', view.study.patient.issuer],
    ['Referring', view.referringPhysician], ['Requested procedure', view.requestedProcedureId], ['Placer order', view.placerOrderNumber],
    ...view.images.map((image, place) => [`Film ${place + 1} SOP UID`, image.sopInstanceUid]),
    ...view.lines.map((line) => [`Bundle of ${line.line}`, line.bundleSha256 && line.bundleSha256.slice(0, 16)])];
  return el('details', {}, el('summary', {}, 'Numbers'), el('table', { class: 'plain' }, el('tbody', {},
    rows.filter(([, value]) => value).map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', { class: 'code' }, value))))));
}
