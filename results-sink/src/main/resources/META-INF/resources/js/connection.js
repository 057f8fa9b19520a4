// The state of the connection and of the feeds, in the header and as a banner.
import { byId } from './dom.js';

let live = 'connecting';
let feedSentence = null;
let failure = null;

export function connection(state) {
  live = state;
  show();
}

/** @param {{upToDate: boolean, sentence: string}} feed */
export function feed(feed) {
  feedSentence = feed.upToDate ? null : feed.sentence;
  show();
}

/** @param {string|null} sentence why the last load failed */
export function loadFailed(sentence) {
  failure = sentence;
  show();
}

function show() {
  const words = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };
  byId('connection').dataset.state = live;
  byId('connection-text').textContent = words[live];
  const sentences = [
    live === 'lost' ? 'Reconnecting. The page may not be up to date.' : null,
    failure,
    feedSentence,
  ].filter(Boolean);
  const banner = byId('banner');
  banner.hidden = sentences.length === 0;
  const text = sentences.join(' ');
  if (banner.textContent !== text) banner.textContent = text;
}
