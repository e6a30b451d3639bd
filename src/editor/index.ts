import { translateStatuses } from './status';

/** What the forms of all our nodes share; the build puts it into the page as `ConnectCases`. */
export { label } from './form/label';
export { prepare } from './form/prepare';
export { validate, validateSecret, validateSecrets } from './form/validate';
export { save } from './rows/rows';

translateStatuses();
