// Priority and outcome: always a shape and a word, never colour alone.
import { el } from './dom.js';
import { OUTCOMES, PRIORITIES } from './format.js';

export function priorityBadge(priority) {
  const [shape, word] = PRIORITIES[priority] || PRIORITIES.NONE;
  return el('span', { class: 'badge', 'data-priority': priority }, el('span', { 'aria-hidden': 'true' }, shape), word);
}

export function outcomeBadge(outcome, reason) {
  const [shape, word] = OUTCOMES[outcome] || ['?', outcome];
  return el('span', { class: 'badge', 'data-outcome': outcome, title: reason || null },
    el('span', { 'aria-hidden': 'true' }, shape), word);
}
