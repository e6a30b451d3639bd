/** What the forms of all our nodes share; the build puts it into the page as `ConnectCases`. */
export { label } from './label';
export { prepare } from './prepare';
export { save } from './rows';
export { validateNode, validateOutput, validateSecret, validateText, validateValue } from './validate';
