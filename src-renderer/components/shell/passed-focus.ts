/** Keeps the focus in a row when the focused field or question is removed. */
export interface PassedFocus {
  /** The focused element is about to be removed. */
  readonly pass: () => void;
  /** An attachment of its replacement, which takes the focus. */
  readonly take: (element: HTMLElement) => void;
}

export function passedFocus(): PassedFocus {
  let passed = false;
  return {
    pass: () => {
      passed = true;
    },
    take: (element) => {
      if (passed) element.focus();
      passed = false;
    },
  };
}
