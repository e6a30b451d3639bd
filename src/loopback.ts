/** Whether an address is one of this machine alone; false for what is no address. */
export const isLoopbackUrl = (url: string): boolean =>
  URL.canParse(url) && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
