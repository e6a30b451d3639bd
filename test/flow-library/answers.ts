/** Loaded before the checker: it gets its answers from ANSWERS (address → body) and asks nobody else. */
const axios: { get(url: string): Promise<{ data: unknown }> } = require('axios');
const answers: Readonly<Record<string, unknown>> = JSON.parse(process.env.ANSWERS ?? '{}');

axios.get = async (url) => {
  if (url in answers) return { data: answers[url] };
  throw new Error(`There is no answer for ${url}`);
};
