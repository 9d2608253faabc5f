const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const two = (value: number) => String(value).padStart(2, '0');
const hour12 = (date: Date) => date.getHours() % 12 || 12;

function dayOfYear(date: Date): number {
  const utc = (month: number, day: number) => Date.UTC(date.getFullYear(), month, day);
  return (utc(date.getMonth(), date.getDate()) - utc(0, 0)) / 86_400_000;
}

/** By directive, what Python's strftime writes in the C locale. */
const directives: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => days[date.getDay()]!.slice(0, 3),
  A: (date) => days[date.getDay()]!,
  b: (date) => months[date.getMonth()]!.slice(0, 3),
  B: (date) => months[date.getMonth()]!,
  c: (date) => strftime(date, '%a %b %e %H:%M:%S %Y'),
  d: (date) => two(date.getDate()),
  D: (date) => strftime(date, '%m/%d/%y'),
  e: (date) => String(date.getDate()).padStart(2),
  F: (date) => strftime(date, '%Y-%m-%d'),
  f: (date) => `${String(date.getMilliseconds()).padStart(3, '0')}000`,
  H: (date) => two(date.getHours()),
  I: (date) => two(hour12(date)),
  j: (date) => String(dayOfYear(date)).padStart(3, '0'),
  m: (date) => two(date.getMonth() + 1),
  M: (date) => two(date.getMinutes()),
  p: (date) => (date.getHours() < 12 ? 'AM' : 'PM'),
  R: (date) => strftime(date, '%H:%M'),
  S: (date) => two(date.getSeconds()),
  T: (date) => strftime(date, '%H:%M:%S'),
  u: (date) => String(date.getDay() || 7),
  w: (date) => String(date.getDay()),
  x: (date) => strftime(date, '%m/%d/%y'),
  X: (date) => strftime(date, '%H:%M:%S'),
  y: (date) => two(date.getFullYear() % 100),
  Y: (date) => String(date.getFullYear()),
  // As for Python's datetime without a time zone.
  z: () => '',
  Z: () => '',
  '%': () => '%',
};

/** A local date as Python's `datetime.strftime` writes it; `%-d` is without padding. Unknown directives stay. */
export function strftime(date: Date, format: string): string {
  return format.replace(/%(-?)([A-Za-z%])/g, (whole, bare: string, letter: string) => {
    const write = Object.hasOwn(directives, letter) ? directives[letter] : undefined;
    if (!write) return whole;
    return bare === '' ? write(date) : write(date).replace(/^[0 ]+(?=.)/, '');
  });
}
