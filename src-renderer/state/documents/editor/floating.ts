import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import { EditorView, showTooltip, tooltips, type Tooltip } from '@codemirror/view';
import { isOpen, rewriteField } from './rewrite-field.ts';

/** Renders into `target`; the returned function removes it. */
export type Render = (target: HTMLElement) => () => void;

const pointerDown = StateEffect.define<boolean>();
/** Whether the pointer is selecting text, which nothing should cover. */
const selecting = StateField.define<boolean>({
  create: () => false,
  update(down, { effects }) {
    for (const effect of effects) if (effect.is(pointerDown)) return effect.value;
    return down;
  },
});

const watchPointer = EditorView.domEventHandlers({
  mousedown({ button }, view) {
    if (button !== 0) return;
    view.dispatch({ effects: pointerDown.of(true) });
    const up = () => view.dispatch({ effects: pointerDown.of(false) });
    window.addEventListener('mouseup', up, { once: true });
  },
});

/**
 * Tooltips over the text: actions at the selection, accept and reject at the current change.
 * @param parent of the tooltips: outside of the editor's shadow tree, where the window's styles apply
 */
export function floating(parent: HTMLElement, atSelection: Render, atChange: Render): Extension {
  const selectionBar = created(atSelection);
  const changeBar = created(atChange);
  const tooltip = (state: EditorState): Tooltip | null => {
    const shown = state.field(rewriteField);
    if (isOpen(shown)) {
      const change = shown.growing ? undefined : shown.changes[shown.current];
      return change ? { pos: change.to, above: false, create: changeBar } : null;
    }
    const { main } = state.selection;
    if (main.empty || state.field(selecting)) return null;
    return { pos: main.head, above: main.head === main.from, create: selectionBar };
  };
  return [
    selecting,
    watchPointer,
    tooltips({ parent, tooltipSpace: ({ scrollDOM }) => scrollDOM.getBoundingClientRect() }),
    showTooltip.compute(['selection', selecting, rewriteField], tooltip),
  ];
}

function created(render: Render): Tooltip['create'] {
  return () => {
    const dom = document.createElement('div');
    dom.className = 'cm-floating';
    // Clicks in here must not take the focus from the text.
    dom.addEventListener('mousedown', (event) => event.preventDefault());
    return { dom, offset: { x: 0, y: 4 }, destroy: render(dom) };
  };
}
