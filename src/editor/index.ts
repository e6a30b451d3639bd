/** What the forms of all our nodes share; the build puts it into the page before the first of them. */
import { giveBehaviour } from './behaviour';

giveBehaviour();
