/** How long ago `time` was, in a few words. Times are in milliseconds since 1970. */
export function ago(time: number): string {
  const seconds = Math.max(0, Math.round((Date.now() - time) / 1000));
  if (seconds < 5) return 'now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return new Date(time).toLocaleString();
}

/** How long it is until `time`, or was since. */
export function until(time: number): string {
  const minutes = Math.round(Math.abs(time - Date.now()) / 60_000);
  return time < Date.now() ? `overdue by ${span(minutes)}` : `due in ${span(minutes)}`;
}

function span(minutes: number): string {
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}
