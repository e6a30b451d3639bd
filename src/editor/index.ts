/** What the forms of all our nodes share; the build puts it into the page as `ConnectCases`. */
export { prepare } from './prepare';
export { save } from './rows';
export { validateText, validateValue } from './validate';
