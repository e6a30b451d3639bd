import type { Sources } from './sources';

/** Lets a form with several usual values show only these, until somebody wants to choose a source for each. */
export function prepareUsual(all: readonly Sources[], isNew: boolean): void {
  const usual = all.filter(({ field }) => field.usual);
  if (isNew) for (const sources of usual) takeUsual(sources);
  const select = $('#connect-cases-mode');
  if (select.length === 0) return;
  const follow = () => {
    const onlyUsual = select.val() === 'usual';
    for (const { field, input, allow } of usual) {
      allow(!onlyUsual);
      if (field.usual?.hidden) input.closest('.form-row').toggle(!onlyUsual);
    }
  };
  select.val(usual.every(isUsual) ? 'usual' : 'sources').on('change', () => {
    const onlyUsual = select.val() === 'usual';
    for (const sources of usual) {
      if (onlyUsual) takeUsual(sources);
      else sources.take(sources.field.defaultType);
    }
    follow();
  });
  follow();
}

const isUsual = ({ field: { usual }, type, input }: Sources): boolean =>
  type() === usual?.type && (!usual.hidden || ['', usual.value].includes(input.typedInput('value')));

/** What was typed there before stays. */
function takeUsual({ field: { usual }, take, type }: Sources): void {
  if (usual && type() !== usual.type) take(usual.type);
}
