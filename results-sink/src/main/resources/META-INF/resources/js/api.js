// The REST interface. Errors carry the server's sentence.

export class ApiError extends Error {
  constructor(status, sentence) {
    super(sentence);
    this.status = status;
  }
}

export async function get(path, signal) {
  let answer;
  try {
    answer = await fetch(path, { headers: { Accept: 'application/json' }, signal });
  } catch (failed) {
    if (failed.name === 'AbortError') throw failed;
    throw new ApiError(0, 'The server does not answer.');
  }
  if (!answer.ok) {
    const problem = await answer.json().catch(() => null);
    throw new ApiError(answer.status, problem && problem.error ? problem.error : `The server answered ${answer.status}.`);
  }
  return answer.json();
}
