/** The editor's language, where the browser knows it. */
export function currentLanguage(): string | undefined {
  const chosen = RED.i18n.lang?.();
  return chosen && Intl.NumberFormat.supportedLocalesOf([chosen])[0];
}
