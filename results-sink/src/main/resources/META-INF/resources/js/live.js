// Server-sent events with a state that people see. The browser reconnects by itself after a network
// fault; after an HTTP error it gives up, and this goes on by hand from the last event.

/** What the server may send; "hello" and "refresh" mean: load everything. */
const EVENTS = ['hello', 'refresh', 'study', 'dead-letter', 'model'];

/**
 * @param {{changed: function(string, Object), state: function(string)}} listener
 *   changed(name, data) for each event; state('live' | 'lost')
 */
export function listen(listener) {
  let last = null;
  let wait = 500;
  let source;

  function open() {
    source = new EventSource(last === null ? '/api/events' : `/api/events?after=${encodeURIComponent(last)}`);
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        last = event.lastEventId || last;
        wait = 500;
        listener.state('live');
        const data = JSON.parse(event.data || '{}');
        // A connection that resumed lost nothing, but the page may have failed to load meanwhile.
        listener.changed(name, data);
      });
    }
    source.onerror = () => {
      listener.state('lost');
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(open, wait);
        wait = Math.min(wait * 2, 10000);
      }
    };
  }

  open();
  window.addEventListener('pagehide', () => source.close());
  window.addEventListener('pageshow', (event) => { if (event.persisted) open(); });
}

/** Calls at once, then at most every `millis`, and always once more after the last request. */
export function calm(task, millis) {
  let waiting = false;
  let again = false;
  return function run() {
    if (waiting) {
      again = true;
      return;
    }
    waiting = true;
    Promise.resolve(task()).finally(() => setTimeout(() => {
      waiting = false;
      if (again) {
        again = false;
        run();
      }
    }, millis));
  };
}
