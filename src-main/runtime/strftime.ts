const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const two = (value: number) => String(value).padStart(2, '0');
const hour12 = (date: Date) => date.getUTCHours() % 12 || 12;

function dayOfYear(date: Date): number {
  const utc = (month: number, day: number) => Date.UTC(date.getUTCFullYear(), month, day);
  return (utc(date.getUTCMonth(), date.getUTCDate()) - utc(0, 0)) / 86_400_000;
}

/** By directive, what Python's strftime writes in the C locale. */
const directives: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => days[date.getUTCDay()]!.slice(0, 3),
  A: (date) => days[date.getUTCDay()]!,
  b: (date) => months[date.getUTCMonth()]!.slice(0, 3),
  B: (date) => months[date.getUTCMonth()]!,
  c: (date) => strftime(date, '%a %b %e %H:%M:%S %Y'),
  d: (date) => two(date.getUTCDate()),
  D: (date) => strftime(date, '%m/%d/%y'),
  e: (date) => String(date.getUTCDate()).padStart(2),
  F: (date) => strftime(date, '%Y-%m-%d'),
  f: (date) => `${String(date.getUTCMilliseconds()).padStart(3, '0')}000`,
  H: (date) => two(date.getUTCHours()),
  I: (date) => two(hour12(date)),
  j: (date) => String(dayOfYear(date)).padStart(3, '0'),
  m: (date) => two(date.getUTCMonth() + 1),
  M: (date) => two(date.getUTCMinutes()),
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  R: (date) => strftime(date, '%H:%M'),
  S: (date) => two(date.getUTCSeconds()),
  T: (date) => strftime(date, '%H:%M:%S'),
  u: (date) => String(date.getUTCDay() || 7),
  w: (date) => String(date.getUTCDay()),
  x: (date) => strftime(date, '%m/%d/%y'),
  X: (date) => strftime(date, '%H:%M:%S'),
  y: (date) => two(date.getUTCFullYear() % 100),
  Y: (date) => String(date.getUTCFullYear()),
  // As for Python's datetime without a time zone.
  z: () => '',
  Z: () => '',
  '%': () => '%',
};

/**
 * Local time, as a date whose UTC fields have it.
 * @param utcOffset how many minutes it is ahead of UTC; default: as the machine's time zone has it
 */
export function localTime(time: Date, utcOffset = -time.getTimezoneOffset()): Date {
  return new Date(time.getTime() + 60_000 * utcOffset);
}

/**
 * A date as Python's `datetime.strftime` writes it; `%-d` is without padding. Unknown directives stay.
 * @param date as `localTime` gives it
 */
export function strftime(date: Date, format: string): string {
  return format.replace(/%(-?)([A-Za-z%])/g, (whole, bare: string, letter: string) => {
    const write = Object.hasOwn(directives, letter) ? directives[letter] : undefined;
    if (!write) return whole;
    return bare === '' ? write(date) : write(date).replace(/^[0 ]+(?=.)/, '');
  });
}
