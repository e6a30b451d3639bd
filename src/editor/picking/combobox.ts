import { idIn, type Offered, showNamed } from './named';

/** What a combobox asks of its surroundings. */
export interface ComboboxOptions {
  /**
   * What goes with a text that was just typed, or that stands there as the list is opened. It tells itself why
   * there is nothing; the signal says that nobody waits any more.
   */
  search(text: string, typed: boolean, signal: AbortSignal): Promise<readonly Offered[]>;
  /** Milliseconds without a key before what is typed is searched. */
  readonly pauseMs: number;
  /** Whether names are offered just now. */
  isActive?(): boolean;
}

let made = 0;

/**
 * Offers choices below an input while something is typed, as the ARIA practices describe a combobox with a list.
 * Node-RED's own autoComplete loses clicks on a list that a late answer redraws, opens again after a pick,
 * and tells screen readers nothing.
 */
export function combobox(input: JQuery, { search, pauseMs, isActive = () => true }: ComboboxOptions): void {
  made += 1;
  const id = `connect-cases-list-${made}`;
  const list = $('<div role="listbox" class="connect-cases-list">').attr('id', id).hide();
  let offered: readonly Offered[] = [];
  let active = -1;
  let pending = new AbortController();

  const isOpen = () => offered.length > 0;
  const render = () => {
    list.toggle(isOpen());
    input.attr({
      role: isActive() ? 'combobox' : null,
      autocomplete: 'off',
      'aria-autocomplete': isActive() ? 'list' : null,
      'aria-controls': isActive() ? id : null,
      'aria-expanded': isActive() ? String(isOpen()) : null,
      'aria-activedescendant': isOpen() && active >= 0 ? `${id}-${active}` : null,
    });
    list.children().each((index, option) => {
      $(option).attr('aria-selected', String(index === active));
      if (index === active) option.scrollIntoView({ block: 'nearest' });
    });
  };
  const close = () => {
    pending.abort();
    offered = [];
    render();
  };
  const open = (found: readonly Offered[]) => {
    offered = found;
    active = Math.max(
      0,
      found.findIndex((choice) => choice.id === idIn(input)),
    );
    list
      .attr('aria-label', input.attr('aria-label') ?? $(`label[for="${input.attr('id')}"]`).text())
      .empty()
      .append(found.map((choice, index) => option(choice).attr('id', `${id}-${index}`)));
    if (isOpen()) place(list.appendTo(input.closest('.form-row')).show(), input);
    render();
  };
  const look = (typed: boolean) => {
    pending.abort();
    pending = new AbortController();
    const { signal } = pending;
    // What is offered goes with an older text: it can still be taken, but not by Enter without a look.
    active = -1;
    render();
    const run = async () => {
      const found = signal.aborted ? [] : await search(String(input.val()), typed, signal);
      if (!signal.aborted) open(found);
    };
    setTimeout(run, typed ? pauseMs : 0);
  };
  const choose = (index: number) => {
    const chosen = offered[index];
    close();
    if (!chosen) return;
    showNamed(input, chosen);
    input.trigger('change');
  };

  render();
  input.on('change', render);
  input.on('input', () => isActive() && look(true));
  input.on('click', () => isActive() && !isOpen() && input.val() === '' && look(false));
  input.on('connect-cases-chosen', () => isActive() && look(false));
  input.on('blur', close);
  input.on('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!isActive() || event.originalEvent?.isComposing || (!isOpen() && !step)) return;
    if (step && !isOpen()) look(false);
    else if (step) active = (Math.max(active, step < 0 ? 0 : -1) + step + offered.length) % offered.length;
    else if (event.key === 'Enter' && active >= 0) choose(active);
    else if (event.key === 'Escape') close();
    else return;
    render();
    event.preventDefault();
    event.stopPropagation();
  });
  // Taken when the button goes down: until it goes up, an answer may have put other choices there.
  list.on('mousedown', (event) => {
    event.preventDefault();
    const chosen = $(event.target).closest('[role="option"]');
    if (event.button === 0 && chosen.length > 0) choose(chosen.index());
  });
}

/** Puts the list below its input, or above where there is more room; it lies over the form, and within its sides. */
function place(list: JQuery, input: JQuery): void {
  const frame = input.closest('.red-ui-typedInput-container');
  const box = (frame[0] ?? input[0])?.getBoundingClientRect();
  if (!box) return;
  const form = input.closest('.connect-cases')[0]?.getBoundingClientRect() ?? box;
  const below = window.innerHeight - box.bottom;
  const above = below < 200 && box.top > below;
  const left = Math.max(form.left, Math.min(box.left, form.right - minWidth));
  list.css({
    left,
    minWidth: Math.min(Math.max(minWidth, box.width), form.width),
    maxWidth: form.right - left,
    maxHeight: Math.min(200, (above ? box.top : below) - 8),
    ...(above ? { top: 'auto', bottom: window.innerHeight - box.top } : { top: box.bottom, bottom: 'auto' }),
  });
}

/** Pixels that a name and an id take. */
const minWidth = 300;

/** A line of the list: the name, and beside it what kind of field it is, or the id. */
const option = ({ id, name, type }: Offered): JQuery =>
  $('<div role="option" class="connect-cases-choice">').append(
    $('<span>').text(name),
    $('<small>').text(type ?? (name === id ? '' : id)),
  );
