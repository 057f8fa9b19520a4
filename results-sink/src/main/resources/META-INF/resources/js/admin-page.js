// The administrator's page: what was refused and why, which models serve, whether the feeds hear.
import { byId, el, fill } from './dom.js';
import { get } from './api.js';
import { calm, listen } from './live.js';
import { connection, feed, loadFailed } from './connection.js';
import { ago, dateTime } from './format.js';

const KINDS = { REFUSED_AT_DOOR: '✕ Refused at the door', QUARANTINED: '⚠ Quarantined', UNPROCESSABLE_RECORD: '⚠ Unprocessable record', POISON: '⚠ Not storable' };
const STATES = { SERVING: '● Serving', LOADED: '○ Loaded', REFUSED: '✕ Refused', UNREACHABLE: '✕ Unreachable', GONE: '– Gone', READING: '● Reading', RETRYING: '✕ Retrying', STARTING: '○ Starting', STOPPED: '– Stopped' };

let retry = null;

async function load() {
  try {
    const kind = byId('kind').value;
    const [counts, refused, models] = await Promise.all([get('/api/counts'),
      get(`/api/refused?size=200${kind ? `&kind=${encodeURIComponent(kind)}` : ''}`), get('/api/models')]);
    showTiles(counts);
    table('refused-rows', 'refused-empty', refused.refused.map(refusal));
    table('model-rows', 'models-empty', models.instances.map(instance));
    table('use-rows', 'use-empty', models.inUse.map(inUse));
    fill(byId('feed-rows'), counts.feed.feeds.map(feedRow));
    feed(counts.feed);
    loadFailed(null);
  } catch (failed) {
    loadFailed(failed.message);
    clearTimeout(retry);
    retry = setTimeout(refresh, 3000);
  }
}

const refresh = calm(load, 500);

function table(rows, empty, content) {
  fill(byId(rows), content);
  byId(empty).hidden = content.length > 0;
}

function showTiles(counts) {
  const tile = (name, value, trouble) => el('div', { 'data-trouble': trouble && value > 0 ? true : null }, el('dd', {}, value), el('dt', {}, name));
  fill(byId('tiles'), tile('Studies', counts.studies), tile('Scored', counts.scored), tile('Revisions', counts.revisions),
    tile('Refused at the door', counts.refused), tile('Quarantined', counts.quarantined, true),
    tile('Unprocessable', counts.unprocessable, true), tile('Not storable', counts.poison, true));
}

function when(instant) {
  return el('td', { class: 'small' }, el('time', { datetime: instant, title: dateTime(instant) }, dateTime(instant)),
    el('div', { class: 'soft' }, `${ago(instant)} ago`));
}

function refusal(one) {
  const origin = [one.originService, one.originTopic && `${one.originTopic}/${one.originPartition} at ${one.originOffset}`].filter(Boolean).join(' · ');
  return el('tr', { 'data-kind': one.kind },
    when(one.at),
    el('td', { class: 'small' }, KINDS[one.kind] || one.kind, el('div', { class: 'soft code' }, one.causeCode)),
    el('td', { class: 'reason' }, one.cause, one.detail ? el('details', {}, el('summary', {}, 'More'), el('p', { class: 'code' }, one.detail)) : null),
    el('td', { class: 'small' }, one.sender || '–', el('div', { class: 'soft' }, [one.site, origin].filter(Boolean).join(' · '))),
    el('td', { class: 'code' }, one.studyUid || '–', one.objectUri ? el('div', { class: 'soft' }, one.objectUri) : null));
}

function state(value) {
  return el('span', { class: 'state', 'data-state': value }, STATES[value] || value);
}

function instance(one) {
  return el('tr', {},
    el('td', {}, state(one.gone ? 'GONE' : one.state)),
    el('td', {}, `${one.line} ${one.version}`,
      el('div', { class: 'soft small' }, `${one.slot ? `${one.slot.toLowerCase()}, ` : ''}generation ${one.generation}`),
      one.reason ? el('div', { class: 'reason' }, one.reason) : null),
    el('td', { class: 'small' }, one.instance), el('td', { class: 'small' }, one.engine || '–'), when(one.at));
}

function inUse(one) {
  return el('tr', {},
    el('td', {}, `${one.line} ${one.version}`, el('div', { class: 'soft code' }, (one.bundleSha256 || '').slice(0, 16))),
    el('td', { class: one.notice ? 'notice' : 'soft' }, one.notice || '–'), el('td', { class: 'small' }, one.engine || '–'),
    el('td', { class: 'number' }, one.studies), when(one.lastScored));
}

function feedRow(one) {
  return el('tr', {}, el('td', {}, state(one.phase)), el('td', { class: 'code' }, one.topic),
    el('td', { class: 'number' }, one.behind === null ? '–' : one.behind), el('td', { class: 'small' }, one.heard ? `${ago(one.heard)} ago` : 'not yet'),
    el('td', { class: 'reason small' }, one.trouble || '–'));
}

byId('kind').addEventListener('change', load);
listen({ state: connection, changed: refresh });
setInterval(refresh, 10000);
