// From the server's values to what people read. Times are shown in the browser's zone, 24 hours, the
// year first: no order of day and month to guess.

const two = (number, width = 2) => String(number).padStart(width, '0');
const day = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const minute = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`;

export const PRIORITIES = { STAT: ['▲▲', 'STAT'], URGENT: ['▲', 'Urgent'], ROUTINE: ['●', 'Routine'], NONE: ['–', 'None'] };

export const OUTCOMES = {
  WAITING: ['◌', 'Waiting for scores'],
  POSITIVE: ['●', 'Positive'],
  NO_FINDING: ['✓', 'No finding'],
  UNDECIDED: ['?', 'Not decided'],
  NOT_SCORED: ['⚠', 'Not scored'],
  OUT_OF_SCOPE: ['⊘', 'Out of scope'],
  WITHDRAWN: ['✕', 'Withdrawn'],
};

export const STATUSES = { RECEIVED: 'Received', PRELIMINARY: 'Preliminary', FINAL: 'Final', AMENDED: 'Amended', WITHDRAWN: 'Withdrawn' };

export function percent(probability) {
  const value = probability * 100;
  return (value > 0 && value < 1) ? '<1 %' : (value < 100 && value > 99) ? '>99 %' : `${Math.round(value)} %`;
}

export function time(instant) {
  return instant ? minute(new Date(instant)) : '–';
}

export function preciseTime(instant) {
  if (!instant) return '–';
  const at = new Date(instant);
  return `${minute(at)}:${two(at.getSeconds())}.${two(at.getMilliseconds(), 3)}`;
}

export function dateTime(instant) {
  if (!instant) return '–';
  const at = new Date(instant);
  return `${day(at)} ${minute(at)}:${two(at.getSeconds())}`;
}

/** How long ago, short: "12 s", "3 min", "5 h", "2 d". */
export function ago(instant, now = Date.now()) {
  if (!instant) return '–';
  const seconds = Math.max(0, Math.round((now - new Date(instant)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

export function duration(millis) {
  if (millis === null || millis === undefined) return null;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  if (millis < 60000) return `${(millis / 1000).toFixed(2)} s`;
  return `${Math.floor(millis / 60000)} min ${Math.round(millis / 1000) % 60} s`;
}

/** DICOM DA (YYYYMMDD) as YYYY-MM-DD; anything else as it is. */
export function dicomDate(date) {
  return /^\d{8}$/.test(date || '') ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
}

export function sexAndAge(patient) {
  const sex = { FEMALE: 'F', MALE: 'M', SEX_OTHER: 'O' }[patient.sex];
  const age = patient.ageYears === null ? null : patient.ageYears < 2 ? `${Math.round(patient.ageYears * 12)} months` : `${Math.floor(patient.ageYears)} y`;
  return [sex, age].filter(Boolean).join(' ');
}

export function patientName(patient) {
  return patient.displayName || 'Name not known';
}
